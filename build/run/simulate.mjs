// npm run simulate -- [--seeds N] [--from FIRST]: the engine among simulated nodes, stores and faults.
import { parseArgs } from 'node:util';
import { Refusal } from '../runtime/project.mjs';
import { loadBundled } from './bundle.mjs';
import { runCommand } from './prepare.mjs';

const progressEvery = 250;

await runCommand(async () => {
  const { seeds, from } = numbersAskedFor();
  const { simulate } = await loadBundled('simulation', 'electron/engine/simulation/simulate.ts');
  const started = Date.now();
  let last;
  // A fault inside of the engine leaves a promise that nobody hears of.
  const thrown = [];
  process.on('unhandledRejection', (error) => thrown.push(error));
  const failure = await simulate(from, seeds, async (seed, totals) => {
    last = totals;
    if (totals.seeds % progressEvery === 0) console.log(summary(totals, started));
    await new Promise((resolve) => setImmediate(resolve));
    if (thrown.length > 0) console.error(`seed ${seed}:`, thrown.splice(0)[0]);
  });
  if (last !== undefined) {
    console.log(`\n${summary(last, started)}`);
    console.log(
      [...last.happened]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([what, times]) => `  ${what.padEnd(20)} ${times}`)
        .join('\n'),
    );
  }
  if (failure === null) return 0;
  console.error(`\n${failure}`);
  return 1;
});

function numbersAskedFor() {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
  });
  const read = (name) => {
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < 0)
      throw new Refusal(`--${name} takes a whole number, not "${values[name]}".`);
    return number;
  };
  return { seeds: read('seeds'), from: read('from') };
}

function summary({ seeds, events, facts, attempts, hosts }, started) {
  const took = (Date.now() - started) / 1000;
  return (
    `${seeds} seeds in ${took.toFixed(1)} s (${((took * 1000) / seeds).toFixed(1)} ms each): ` +
    `${events} events, ${facts} facts, ${attempts} attempts, ${hosts} Hosts`
  );
}
