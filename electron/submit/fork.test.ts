import { describe, expect, test } from 'vitest';
import type { Batch } from '../../shared/model/batch';
import { taskCount, taskParameters } from '../../shared/model/space';
import { readRecipeText } from './recipe/recipe-file';
import { forkedBatch, type ForkedTask } from './fork';

async function batchOf(text: string): Promise<Batch> {
  const place = { file: 'r.yaml', folder: '/', recipe: '/r.yaml', givenFrom: undefined };
  const read = await readRecipeText({ text: `drover: 1\n${text}`, ...place }, {}, [], []);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.batch;
}

const task = (job: string, step = 'main', more: Partial<ForkedTask> = {}): ForkedTask => ({
  ...{ job, step, task: 0, parameters: {} },
  ...more,
});

const shapeOf = ({ jobs, dependencies }: Batch): readonly string[] => [
  ...jobs.map(
    ({ name, steps }) =>
      `${name}: ${steps.map((step) => `${step.name} ${taskCount(step.space)}`).join(', ')}`,
  ),
  ...dependencies.map(({ from, to }) => `${from?.job ?? '-'} > ${to.job}`),
];

const saves = 'checkpoints: { files: [x] }';

describe('a branch', () => {
  test('has the task and what comes after it, over others too; what came before is there', async () => {
    const batch = await batchOf(`
jobs:
  mesh: { run: a }
  run: { run: b, after: mesh, ${saves}, lock: solver }
  film: { run: c, frames: 1-9, after: [run, mesh] }
  note: { run: d, after: film }
  other: { run: e, after: mesh }
`);
    const forked = forkedBatch(batch, task('run'));
    expect(forked.ok && shapeOf(forked.value.batch)).toEqual([
      'run: main 1',
      'film: main 9',
      'note: main 1',
      'run > film',
      'film > note',
      '- > run',
    ]);
    expect(forked).toMatchObject({ ok: true, value: { to: { job: 'run', step: 0 } } });
    expect(forked.ok && forked.value.before.map(({ job }) => job)).toEqual(['mesh']);
  });

  test('of one of many tasks is that one alone', async () => {
    const batch = await batchOf(`
jobs:
  run: { run: b, sweep: { Mass: [1, 2, 3] }, ${saves} }
  film: { run: c, after: run }
`);
    const forked = forkedBatch(batch, task('run', 'main', { task: 0, parameters: { Mass: '3' } }));
    if (!forked.ok) throw new Error(forked.message);
    expect(shapeOf(forked.value.batch)).toEqual(['run: main 1']);
    expect(taskParameters(forked.value.step.space, 0)).toEqual({ Mass: '3' });
  });

  test('of a step of a job leaves out the steps before it', async () => {
    const batch = await batchOf(`
jobs:
  run:
    steps:
      warm: { run: a }
      main: { run: b, after: warm, ${saves} }
      last: { run: c, after: main }
`);
    const forked = forkedBatch(batch, task('run'));
    expect(forked.ok && shapeOf(forked.value.batch)).toEqual(['run: main 1, last 1', 'run > run']);
    expect(forked).toMatchObject({ value: { to: { job: 'run', step: 0 } } });
  });

  test.each([
    [task('melt'), 'no step main in a job melt'],
    [task('plain'), 'says nothing of checkpoints'],
    [task('run', 'main', { parameters: { Frame: '7' } }), 'no task Frame=7'],
  ])('that cannot be is told why (%#)', async (wanted, message) => {
    const batch = await batchOf(`
jobs: { run: { run: a, frames: 1-3, ${saves} }, plain: { run: b } }
`);
    expect(forkedBatch(batch, wanted)).toMatchObject({
      ok: false,
      message: expect.stringContaining(message),
    });
  });
});
