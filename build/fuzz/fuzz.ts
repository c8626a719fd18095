/** `npm run fuzz [-- --runs N] [--seed N] [PARSER ...]`: any input is accepted or refused, and quickly. */
import { tryHostileRecipes } from './hostile';
import { parsers } from './parsers';

const [runs = 0, seed = 0] = process.argv.slice(2, 4).map(Number);
const names = process.argv.slice(4);
const chosen = parsers.filter(({ name }) => names.length === 0 || names.includes(name));
const unknown = names.find((name) => !parsers.some((parser) => parser.name === name));

if (unknown === undefined) {
  const hostile = names.length === 0 ? tryHostileRecipes() : 0;
  process.exitCode = fuzzAll() + hostile === 0 ? 0 : 1;
} else {
  console.error(
    `There is no parser "${unknown}": choose from ${parsers.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 2;
}

function fuzzAll(): number {
  console.log(`Seed ${seed}: with it (--seed ${seed}) the same inputs come again.`);
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  let [inputs, failures] = [0, 0];
  const started = Date.now();
  for (const parser of chosen) {
    const found = parser.run({ runs: Math.ceil((runs * parser.share) / shares), seed });
    inputs += found.inputs;
    const accepted = `${found.accepted.toLocaleString('en')} accepted`;
    console.log(
      `${parser.name.padEnd(22)} ${found.inputs.toLocaleString('en').padStart(9)} inputs, ${accepted.padStart(16)}, slowest ${found.slowestMs.toFixed(1)} ms`,
    );
    if (found.failure === null) continue;
    failures++;
    console.error(found.failure);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `${inputs.toLocaleString('en')} inputs in ${seconds} s: ${failures === 0 ? 'none failed' : `${failures} parsers failed`}.`,
  );
  return failures;
}
