/** What a task's parameters cost, each time that a task starts or is shown. */
import { taskCount, taskLabel, taskParameters, type Space } from '../../../shared/model/space';
import { seededRandom, workedMilliseconds, type BenchCase, type Measurement } from '../measure';

const tasks = 200_000;

const range = (name: string, count: number): Space => ({
  kind: 'range',
  name,
  ranges: [{ first: 1, step: 1, count }],
});
const product: Space = {
  kind: 'ordered',
  order: { kind: 'every', stride: 10 },
  of: {
    kind: 'product',
    of: [
      range('Mass', 100),
      range('Angle', 100),
      { kind: 'frames', ranges: [{ first: 1, step: 1, count: 100 }] },
    ],
  },
};
const latin: Space = {
  kind: 'sampled',
  method: 'latin',
  seed: 7,
  count: 1_000_000,
  of: [
    { kind: 'span', name: 'X', from: 0.001, to: 1000, scale: 'log' },
    { kind: 'span', name: 'Y', from: -1, to: 1, scale: 'linear' },
    range('Seed', 1_000_000),
  ],
};
const drawn: Space = {
  kind: 'drawn',
  of: { kind: 'product', of: [range('A', 1e6), range('B', 1e6)] },
  seed: 1,
  count: 1_000_000,
};

/** Microseconds each, of tasks in any order. */
function each(space: Space, ask: (space: Space, index: number) => unknown): number {
  const random = seededRandom(5);
  const count = taskCount(space);
  const start = workedMilliseconds();
  for (let task = 0; task < tasks; task++) ask(space, Math.floor(random() * count));
  return ((workedMilliseconds() - start) * 1000) / tasks;
}

function bare(): number {
  const random = seededRandom(5);
  let kept: Readonly<Record<string, string>> = {};
  const start = workedMilliseconds();
  for (let task = 0; task < tasks; task++) {
    const index = Math.floor(random() * 1_000_000);
    kept = Object.fromEntries([
      ['Mass', String(index % 100)],
      ['Angle', String(index % 1000)],
      ['Frame', String(index)],
    ]);
  }
  const spent = workedMilliseconds() - start;
  if (Object.keys(kept).length !== 3) throw new Error('nothing was made');
  return (spent * 1000) / tasks;
}

export const parameters: BenchCase = {
  name: 'parameters',
  about: 'the parameters of tasks of large sweeps, in any order',
  runs: 3,
  run(): readonly Measurement[] {
    const reference = bare();
    const measured = (name: string, value: number): Measurement => ({
      case: name,
      value,
      unit: 'µs a task',
      reference,
      against: 'three numbers as texts in an object',
      target: { of: 'value', is: 'most', amount: 10 },
    });
    return [
      measured('all combinations, every tenth first', each(product, taskParameters)),
      measured('a sample of a hypercube', each(latin, taskParameters)),
      measured('a sample of a trillion combinations', each(drawn, taskParameters)),
      measured('how people name a task', each(product, taskLabel)),
    ];
  },
};
