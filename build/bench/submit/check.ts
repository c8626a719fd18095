/** From the text of a recipe to a Batch. */
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { resolveRecipe } from '../../../electron/submit/recipe/recipe';
import { taskCount } from '../../../shared/model/space';
import { workedMilliseconds, type BenchCase, type Measurement } from '../measure';

const mebibyte = 2 ** 20;

/** A million tasks: frames, frames in chunks, sweeps, samples, and what goes with them. */
const millionTasks = `drover: 1
batch: A million
parameters: { Last: 400000, Quality: 9 }
variables: { Scene: "shots/{{Quality}}.blend" }
retry: { times: 3, wait: 30 s, growth: exponential }
resources: { cpu: 2, memory: 4 GiB }
environment: { THREADS: 4, SCENE: "{{Scene}}" }
jobs:
  frames: { kind: render, frames: "1-{{Last}}", run: "render {{Scene}} {{Frame}}", order: every 100th }
  chunks: { kind: render, frames: 1-1000000, chunk: 10, run: "render -s {{FirstFrame}} -e {{LastFrame}}", after: frames }
  study:
    kind: simulation
    sweep: { Mass: { from: 0, to: 1, count: 100 }, Angle: 0-99, Look: [day, dusk, night] }
    except: [{ Mass: 0, Look: night }, { Angle: [13, "90-99"], Look: dusk }]
    frames: 1-10
    run: solve {{Mass}} {{Angle}} {{Look}} {{Frame}}
  sample:
    sweep: { X: { from: 0.001, to: 1000, scale: log }, Y: { from: -1, to: 1 }, Seed: 1-1000000 }
    sample: { count: 212000, method: latin, seed: 7 }
    run: try {{X}} {{Y}} {{Seed}}
    after: { job: study, when: ended }
`;

/** A thousand jobs, with a thousand tasks each. */
const thousandJobs = `drover: 1
jobs:
${Array.from({ length: 1000 }, (_, index) => `  shot${index}: { kind: render, frames: 1-1000, run: "render ${index} {{Frame}}", resources: { cpu: 2, memory: 4 GiB }${index === 0 ? '' : `, after: shot${index - 1}`} }\n`).join('')}`;

function measured(name: string, text: string, targetMs: number): readonly Measurement[] {
  if (globalThis.gc === undefined) throw new Error('this needs node --expose-gc');
  // What the program has read and compiled before anybody asks for anything.
  const warmUp = resolveRecipe(
    { text: 'drover: 1\njobs: { a: { run: x } }', file: 'x.yaml', folder: resolve('/w'), recipe: null },
    {},
    [],
  );
  if (!warmUp.ok) throw new Error('the smallest recipe is refused');
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const start = workedMilliseconds();
  const checked = resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
  const milliseconds = workedMilliseconds() - start;
  const used = (process.memoryUsage().heapUsed - before) / mebibyte;
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const tasks = checked.batch.jobs
    .flatMap(({ steps }) => steps)
    .reduce((sum, { space }) => sum + taskCount(space), 0);
  if (tasks !== 1_000_000) throw new Error(`the recipe has ${tasks} tasks`);

  globalThis.gc();
  const bareBefore = process.memoryUsage().heapUsed;
  const bareStart = workedMilliseconds();
  parse(text);
  const bareMilliseconds = workedMilliseconds() - bareStart;
  const bareUsed = (process.memoryUsage().heapUsed - bareBefore) / mebibyte;
  const against = 'reading the same text as plain YAML';
  return [
    {
      case: name,
      value: milliseconds,
      unit: 'ms',
      reference: bareMilliseconds,
      against,
      target: { of: 'value', is: 'most', amount: targetMs },
    },
    {
      case: 'memory for that, garbage as well',
      value: used,
      unit: 'MiB',
      reference: bareUsed,
      against,
      target: { of: 'value', is: 'most', amount: 50 },
    },
  ];
}

export const check: BenchCase = {
  name: 'check',
  about: 'the first check of a recipe of a million tasks: frames, chunks, sweeps, samples',
  runs: 5,
  nodeOptions: ['--expose-gc'],
  run: () => measured('check of a million tasks', millionTasks, 100),
};

export const manyJobs: BenchCase = {
  name: 'jobs',
  about: 'the first check of a recipe of a thousand jobs with a thousand tasks each',
  runs: 5,
  nodeOptions: ['--expose-gc'],
  run: () => measured('check of a thousand jobs', thousandJobs, 500),
};
