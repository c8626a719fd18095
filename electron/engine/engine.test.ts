import { beforeEach, describe, expect, test } from 'vitest';
import type { Step } from '../../shared/model/batch';
import { sharedFiles } from '../../shared/model/files';
import { recognised } from '../../shared/model/progress';
import type { CommandOf } from './commands';
import { batch, done, failed, Farm, lost } from './farm-for-tests';
import { noChanges } from './reduce/changes';
import { Reducer } from './reduce/reduce';
import { decodeState, encodeState } from './snapshot';
import { FarmState } from './state';

let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

describe('scheduling', () => {
  test('starts as many tasks as the node has cores, in order, and the next as one ends', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ render: { tasks: 4 } }));
    expect(farm.started()).toEqual(['render 0', 'render 1']);
    await farm.end('a-1', done);
    expect(farm.started()).toEqual(['render 0', 'render 1', 'render 2']);
  });

  test('never gives out more cores or memory than a node has', async () => {
    await farm.nodeUp({ cpu: 8, memoryMiB: 1000 });
    await farm.submit(batch({ big: { tasks: 5, request: { cpu: 3, memoryMiB: 450 } } }));
    expect(farm.started()).toHaveLength(2);
    expect([...farm.engine.state.room.freeOf(0)].slice(0, 2)).toEqual([200, 100]);
  });

  test('a small task goes ahead of a large one for which there is no room', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ large: { tasks: 1, request: { cpu: 4 } }, small: { tasks: 1 } }));
    expect(farm.started()).toEqual(['small 0']);
    expect(farm.why('b1.large')).toEqual([
      'a task needs 4 cores, which no node could give; local: needs 4 cores, the largest has 2 cores',
    ]);
  });

  test('a higher priority goes first, then what came first', async () => {
    await farm.submit(batch({ first: { tasks: 1 }, low: { tasks: 1, priority: 'LOW' } }));
    await farm.submit(batch({ second: { tasks: 1 }, urgent: { tasks: 1, priority: 'CRITICAL' } }));
    await farm.nodeUp({ cpu: 4 });
    expect(farm.started()).toEqual(['urgent 0', 'first 0', 'second 0', 'low 0']);
  });

  test('two nodes share the work', async () => {
    await farm.nodeUp({ cpu: 1, memoryMiB: 1000 }, 'one');
    await farm.nodeUp({ cpu: 1, memoryMiB: 1000 }, 'two');
    await farm.submit(batch({ render: { tasks: 3 } }));
    const nodes = farm.effects.flatMap((effect) =>
      effect.kind === 'startAttempt' ? [effect.live.node.id] : [],
    );
    expect(nodes).toEqual(['one', 'two']);
  });
});

describe('dependencies', () => {
  const chain = batch({ melt: { tasks: 2 }, beauty: { tasks: 2, after: ['melt'] } });

  test('a dependent starts only when all before it has completed', async () => {
    await farm.nodeUp({ cpu: 8 });
    await farm.submit(chain);
    await farm.end('a-1', done);
    expect(farm.started()).toEqual(['melt 0', 'melt 1']);
    expect(farm.why('b1.beauty')).toEqual(['waits for melt: 1 task to go']);
    await farm.end('a-2', done);
    expect(farm.started()).toEqual(['melt 0', 'melt 1', 'beauty 0', 'beauty 1']);
  });

  test('a failure holds what depends on it; its retry lets that go on', async () => {
    await farm.nodeUp({ cpu: 8 });
    await farm.submit(chain);
    await farm.runAll(({ task }) => (task === 1 ? failed : done));
    expect([farm.state('b1.melt'), farm.state('b1.beauty')]).toEqual(['FAILED', 'PENDING']);
    expect(farm.why('b1.beauty')).toEqual(['held: 1 task of melt did not complete; retry melt to go on']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'FAILED' });

    await farm.retry('b1.melt');
    await farm.runAll();
    expect([farm.state('b1.melt'), farm.state('b1.beauty')]).toEqual(['COMPLETED', 'COMPLETED']);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'COMPLETED' });
  });
});

describe('cancel and retry', () => {
  test('cancel stops what runs, never starts what waits, and ends the batch when the last has stopped', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { tasks: 3 } }));
    await farm.cancel('b1.render');
    expect(farm.effects).toContainEqual({
      kind: 'stopAttempt',
      node: 'local',
      attempt: 'a-1',
      reason: 'cancelled',
    });
    expect(farm.facts.some(({ kind }) => kind === 'batchEnded')).toBe(false);
    await farm.end('a-1', { kind: 'stopped' });
    expect(farm.started()).toHaveLength(1);
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'CANCELLED' });
  });

  test('a job that is still being stopped cannot be retried yet; afterwards it can', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { tasks: 2 } }));
    await farm.cancel('b1.render');
    expect(await farm.retry('b1.render')).toMatchObject({ kind: 'refused', refusal: { code: 'conflict' } });
    await farm.end('a-1', { kind: 'stopped' });
    await farm.retry('b1.render');
    await farm.runAll();
    expect(farm.state('b1.render')).toBe('COMPLETED');
  });

  test('what has ended cannot be cancelled, what is not there cannot be changed', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { tasks: 1 } }));
    await farm.runAll();
    expect(await farm.cancel('b1.render')).toMatchObject({ kind: 'refused', refusal: { code: 'conflict' } });
    expect(await farm.retry('b9.none')).toMatchObject({ kind: 'refused', refusal: { code: 'notFound' } });
  });
});

describe('lost attempts', () => {
  test('are run again, with another id, but not for ever', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { tasks: 1 } }));
    await farm.runAll(() => lost);
    expect(farm.started()).toHaveLength(4);
    expect(
      new Set(farm.facts.flatMap((fact) => (fact.kind === 'taskAssigned' ? [fact.attempt] : []))).size,
    ).toBe(4);
    expect(farm.state('b1.render')).toBe('FAILED');
  });

  test('a report that comes twice, or of an unknown attempt, changes nothing', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { tasks: 2 } }));
    await farm.end('a-1', done);
    const before = farm.facts.length;
    await farm.end('a-1', failed);
    await farm.end('a-unknown', failed);
    expect(farm.facts).toHaveLength(before);
  });
});

describe('durability', () => {
  test('nothing is started or answered before its facts are on disk', async () => {
    await farm.nodeUp({ cpu: 1 });
    let letGo = (): void => {};
    farm.hold = new Promise((resolve) => (letGo = resolve));
    let answered = false;
    const submitted = farm.submit(batch({ render: { tasks: 1 } })).then(() => (answered = true));
    await farm.settle();
    expect([answered, farm.started()]).toEqual([false, []]);
    letGo();
    await submitted;
    expect([answered, farm.started()]).toEqual([true, ['render 0']]);
  });

  test('a full disk is told, nothing starts, and all goes on when there is room again', async () => {
    await farm.nodeUp({ cpu: 1 });
    farm.storeError = new Error('database or disk is full');
    expect(await farm.submit(batch({ render: { tasks: 1 } }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'failed' },
    });
    expect([farm.trouble, farm.started()]).toEqual(['database or disk is full', []]);
    // It does not wait behind what goes on being tried, and nothing comes of it later.
    expect(await farm.submit(batch({ late: { tasks: 1 } }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'failed', message: expect.stringContaining('Nothing of it was done') },
    });
    farm.storeError = null;
    await farm.settle();
    expect([farm.trouble, farm.started()]).toEqual([null, ['render 0']]);
    expect([...farm.engine.state.jobs.keys()]).toEqual(['b1.render']);
  });

  test('the facts alone rebuild the state', async () => {
    await farm.nodeUp({ cpu: 3 });
    await farm.submit(
      batch({ melt: { tasks: 4 }, beauty: { tasks: 3, request: { cpu: 2 }, after: ['melt'] } }),
    );
    let turn = 0;
    await farm.runAll(() => [done, lost, failed, done, done][turn++ % 5] ?? done);
    await farm.retry('b1.melt', 'b1.beauty');
    await farm.end('a-9', done);

    const reducer = new Reducer(new FarmState());
    for (const fact of JSON.parse(JSON.stringify(farm.facts))) reducer.apply(fact, noChanges());
    expect(encodeState(reducer.state)).toEqual(encodeState(farm.engine.state));
  });

  test('a batch of the first versions, which tells neither how its progress is read nor of files or environments, is loaded as well', async () => {
    const old = batch({ render: {} });
    for (const { steps } of old.jobs)
      for (const step of steps)
        Object.assign(step, { progress: undefined, files: undefined, environments: undefined });
    await farm.submit(old);
    const rules = ({ jobs }: FarmState) => [...jobs.values()].flatMap(({ steps }) => steps.map(ruleOf));
    const ruleOf = ({ step }: { readonly step: Step }) => [step.progress, step.files, step.environments];
    expect(rules(farm.engine.state)).toEqual([[recognised, sharedFiles, []]]);
    expect(rules(decodeState(encodeState(farm.engine.state)))).toEqual([[recognised, sharedFiles, []]]);
  });
});

describe('changes of many jobs', () => {
  type Wish = Omit<CommandOf<'hold' | 'cancel'>, 'by'> | Omit<CommandOf<'undo'>, 'by'>;
  const command = (wish: Wish) => farm.command({ ...wish, by: 'ann' });
  const held = () =>
    [...farm.engine.state.jobs.values()].filter((job) => job.held !== null).map(({ id }) => id);

  test('are one change, which says by what it is taken back', async () => {
    await farm.submit(batch({ one: {}, two: {}, three: {} }));
    const first = await command({ kind: 'hold', jobs: ['b1.one', 'b1.two', 'b1.none'] });
    expect(first).toMatchObject({ kind: 'done', outcome: { jobs: ['b1.one', 'b1.two'], change: 1 } });
    expect(await command({ kind: 'hold', jobs: ['b1.three'] })).toMatchObject({ outcome: { change: 2 } });
    expect(await command({ kind: 'undo', change: 1 })).toMatchObject({ kind: 'refused' });
    expect(await command({ kind: 'undo', change: 2 })).toMatchObject({ outcome: { change: null } });
    expect(held()).toEqual(['b1.one', 'b1.two']);
    await command({ kind: 'undo', change: 1 });
    expect(held()).toEqual([]);
    expect(await command({ kind: 'cancel', jobs: ['b1.one'] })).toMatchObject({ outcome: { change: null } });
  });
});
