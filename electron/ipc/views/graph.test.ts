import { expect, test } from 'vitest';
import { allToAll } from '../../../shared/model/dependency';
import type { NewEdge } from '../../../shared/model/edge';
import type { JobId } from '../../../shared/model/ids';
import { batch, done, Farm, step } from '../../engine/farm-for-tests';
import { noChanges } from '../../engine/reduce/changes';
import { shownFarm } from '../shown-for-tests';
import { GraphView } from './graph';

const link = (from: JobId, to: JobId): NewEdge => ({
  from: { job: from, step: null },
  to: { job: to, step: null },
  relation: { type: 'SEQUENTIAL', mapping: allToAll },
  onFailure: 'hold',
});

async function setUp() {
  const farm = new Farm();
  await farm.nodeUp();
  await farm.submit(
    batch({ sim: {}, film: { after: ['sim'], steps: [step({ name: 'draw' }), step({ name: 'grade' })] } }),
  );
  await farm.submit(batch({ other: {} }));
  const shown = shownFarm(farm);
  const { state } = shown;
  const record = state.batches.get('b1');
  if (record === undefined) throw new Error('there is no such batch');
  const view = new GraphView(shown, record);
  /** As the engine tells of what has happened since. */
  let told = farm.facts.length;
  const note = (): boolean => {
    const changes = noChanges();
    for (const id of state.jobs.keys()) changes.jobs.add(id);
    const facts = farm.facts.slice(told);
    told = farm.facts.length;
    return view.note(facts, changes);
  };
  return { farm, view, note };
}

test('the graph of a batch tells its jobs, steps and edges, then what changes of them', async () => {
  const { farm, view, note } = await setUp();
  const picture = view.picture();
  expect(picture.jobs.map(({ id, steps }) => [id, steps.map(({ name }) => name)])).toEqual([
    ['b1.sim', ['main']],
    ['b1.film', ['draw', 'grade']],
  ]);
  expect(picture.edges).toMatchObject([
    { id: 1, state: 'PENDING', from: { job: 'b1.sim' }, to: { job: 'b1.film' } },
  ]);

  farm.engine.report({ kind: 'attemptEnded', attempt: 'a-1', end: done, usage: null });
  await farm.settle();
  expect(note()).toBe(true);
  expect(view.delta()).toMatchObject({
    jobs: [{ id: 'b1.sim', state: 'COMPLETED' }, { id: 'b1.film' }],
    edges: [],
    states: [{ id: 1, state: 'SATISFIED' }],
    removed: [],
  });
});

test('a job of another batch is there as long as an edge leads to it', async () => {
  const { farm, view, note } = await setUp();
  view.picture();
  await farm.command({ kind: 'link', by: 'ann', add: [link('b2.other', 'b1.sim')], remove: [1] });
  note();
  expect(view.delta()).toMatchObject({
    jobs: expect.arrayContaining([expect.objectContaining({ id: 'b2.other', isOutside: true })]),
    edges: [{ id: 2, from: { job: 'b2.other' } }],
    removed: [1],
  });
  expect(view.picture().jobs).toHaveLength(3);
});
