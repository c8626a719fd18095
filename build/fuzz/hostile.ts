/** Recipes made to cost much: each must be refused, quickly and in little memory. */
import { resolve } from 'node:path';
import { resolveRecipe } from '../../electron/submit/recipe/recipe';
import { workedMilliseconds } from './parser';

const mebibytes = 1024 * 1024;
const job = (fields: string): string => `drover: 1\njobs: { a: { run: x, ${fields} } }`;
const repeated = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join('');
const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
const bomb = letters
  .map((letter, index) =>
    index === 0
      ? 'a: &a x\n'
      : `${letter}: &${letter} [${Array(9)
          .fill(`*${letters[index - 1] ?? ''}`)
          .join(', ')}]\n`,
  )
  .join('');
/** A text of about so many bytes, once as it is and then by its name. */
const aliased = (text: string, count: number): string =>
  `drover: 1\nenvironment: { T: &t ${JSON.stringify(text)} }\njobs: {${repeated(count, (index) => ` j${index}: { run: *t, frames: *t },`)} }`;

/** Reading millions of signs takes its time; what comes of them must not. */
const mostMs = 3000;
const mostMebibytes = 512;

/** What each costs; the number of those that are not refused, or cost too much. */
export function tryHostileRecipes(): number {
  let failures = 0;
  for (const [name, make] of Object.entries(hostileRecipes)) {
    const text = make();
    const cost = costOf(text);
    const isFine = cost.isRefused && cost.milliseconds <= mostMs && cost.mebibytes <= mostMebibytes;
    if (!isFine) failures++;
    console.log(
      `${name.padEnd(26)} ${text.length.toLocaleString('en').padStart(11)} letters ${cost.isRefused ? 'refused' : 'ACCEPTED'} in ${cost.milliseconds.toFixed(0).padStart(5)} ms and ${cost.mebibytes.toFixed(0)} MiB${isFine ? '' : ': NOT AS IT SHOULD BE'}`,
    );
  }
  return failures;
}

function costOf(text: string): { isRefused: boolean; milliseconds: number; mebibytes: number } {
  const memory = process.memoryUsage().heapUsed;
  const before = workedMilliseconds();
  const resolved = resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
  return {
    isRefused: !resolved.ok,
    milliseconds: workedMilliseconds() - before,
    mebibytes: Math.max(0, process.memoryUsage().heapUsed - memory) / mebibytes,
  };
}

export const hostileRecipes: Readonly<Record<string, () => string>> = {
  'aliases of aliases': () => bomb,
  'an alias in itself': () => 'a: &a [*a]',
  'deep lists': () => '['.repeat(4 * mebibytes),
  'deep blocks': () => '- '.repeat(2 * mebibytes),
  'deep maps': () => repeated(5000, (index) => `${' '.repeat(index)}a:\n`),
  'only braces': () => '}'.repeat(4 * mebibytes),
  'only quotes': () => '"'.repeat(4 * mebibytes),
  'only tabs': () => '\t'.repeat(4 * mebibytes),
  'only line ends': () => '\n'.repeat(4 * mebibytes),
  'only anchors': () => '&a '.repeat(2 * mebibytes),
  'one long word': () => 'x'.repeat(8 * mebibytes),
  'many documents': () => '--- 1\n'.repeat(mebibytes),
  'many names': () => `drover: 1\n${repeated(100_000, (index) => `n${index}: 1\n`)}`,
  'the same name again': () => `drover: 1\n${'jobs: 1\n'.repeat(100_000)}`,
  'many jobs': () => `drover: 1\njobs:\n${repeated(40_000, (index) => `  j${index}: { run: x }\n`)}`,
  'many wrong jobs': () => `drover: 1\njobs:\n${repeated(50_000, (index) => `  j${index}: { rnu: x }\n`)}`,
  'many parameters': () =>
    `drover: 1\nparameters: {${repeated(50_000, (index) => ` p${index}: 1,`)} }\njobs: {}`,
  'many placeholders': () => job(`folder: "${'{{'.repeat(3 * mebibytes)}"`),
  'a value in many places': () =>
    `drover: 1\nparameters: { P: ${'x'.repeat(mebibytes)} }\noutput: "${'{{P}}'.repeat(mebibytes)}"\njobs: { a: { run: x } }`,
  'variables of variables': () =>
    `drover: 1\nvariables: { v0: xxxxxxxxxx,${repeated(200, (index) => ` v${index + 1}: "{{v${index}}}{{v${index}}}",`)} }\njobs: { a: { run: x } }`,
  'a long text by many names': () => aliased('x'.repeat(mebibytes), 1000),
  'many frames by many names': () => aliased(repeated(90_000, (index) => `${index * 2},`).slice(0, -1), 1000),
  'a trillion frames': () => job('frames: 1-1000000000000'),
  'frames of commas': () => job(`frames: "${','.repeat(7 * mebibytes)}"`),
  'frames one by one': () => job(`frames: "${repeated(1_000_000, (index) => `${index},`)}"`),
  'frames that mesh': () =>
    job(`frames: "${repeated(2000, (index) => `${index}-1000000x9973,`).slice(0, -1)}"`),
  'a sweep of sweeps': () => job(`sweep: {${repeated(1000, (index) => ` P${index}: 1-1000,`)} }`),
  'steps without end': () => job('sweep: { X: { from: 0, to: 1e99, step: 1e-99 } }'),
  'exceptions of everything': () =>
    job(
      `sweep: { A: 1-20000, B: 1-20000 }, except: [${repeated(100, (index) => `{ A: 1-20000x2, B: ${index + 1}-20000x3 },`)}]`,
    ),
  'a sample of too much': () => job('sweep: { A: 1-9000000 }, sample: 9999999'),
  'rows that differ': () => job(`rows: [${repeated(40_000, (index) => `{ A${index}: 1 },`)}]`),
  'waiting for all': () =>
    `drover: 1\njobs:\n${repeated(500, (index) => `  j${index}: { run: x, after: [${repeated(500, (other) => `j${other},`)}] }\n`)}`,
};
