import { beforeEach, describe, expect, test } from 'vitest';
import type { TaskRanges } from '../../shared/model/task-ranges';
import { noRetry } from '../../shared/model/retry';
import { batch, done, failed, Farm, stopped } from './farm-for-tests';
import type { CommandResult } from './engine';
import { decodeState, encodeState } from './snapshot';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 2 });
});

const some = (kind: 'cancelTasks' | 'retryTasks' | 'skipTasks', tasks: TaskRanges): Promise<CommandResult> =>
  farm.command({ kind, by: 'ann', job: 'b1.a', step: 0, tasks });
const refusal = (result: CommandResult): string =>
  result.kind === 'refused' ? `${result.refusal.code}: ${result.refusal.message}` : 'done';

describe('some tasks', () => {
  test('are cancelled: those that wait at once, those that run when they have ended', async () => {
    await farm.submit(batch({ a: { tasks: 5 } }));
    expect(farm.running()).toEqual(['a 0', 'a 1']);
    const result = await some('cancelTasks', [
      [1, 2],
      [4, 4],
    ]);
    expect(result).toMatchObject({ kind: 'done', outcome: { jobs: ['b1.a'], tasks: 3, change: null } });
    expect(farm.tasks('b1.a')).toEqual(['RUNNING', 'RUNNING', 'CANCELLED', 'QUEUED', 'CANCELLED']);
    await farm.endTask('a 1', stopped);
    await farm.endTask('a 0', done);
    await farm.runAll();
    expect(farm.tasks('b1.a')).toEqual(['COMPLETED', 'CANCELLED', 'CANCELLED', 'COMPLETED', 'CANCELLED']);
    expect(farm.state('b1.a')).toBe('CANCELLED');
    expect(farm.started()).toEqual(['a 0', 'a 1', 'a 3']);
  });

  test('that run are not tried again, but what is done stays done', async () => {
    await farm.submit(batch({ a: { tasks: 2, retry: { ...noRetry, attempts: 3 } } }));
    await some('cancelTasks', [[0, 1]]);
    await farm.endTask('a 0', failed);
    await farm.endTask('a 1', done);
    expect(farm.tasks('b1.a')).toEqual(['CANCELLED', 'COMPLETED']);
  });

  test('are retried, and the others of a cancelled job stay cancelled', async () => {
    await farm.submit(batch({ a: { tasks: 4 } }));
    await farm.cancel('b1.a');
    expect(refusal(await some('retryTasks', [[0, 3]]))).toMatch(/^conflict: .*being stopped/);
    await farm.endTask('a 0', stopped);
    await farm.endTask('a 1', stopped);
    expect(farm.facts.filter(({ kind }) => kind === 'batchEnded')).toHaveLength(1);
    await some('retryTasks', [[3, 3]]);
    expect(farm.state('b1.a')).toBe('RUNNING');
    await farm.runAll();
    expect(farm.tasks('b1.a')).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED', 'COMPLETED']);
    expect(farm.facts.filter(({ kind }) => kind === 'batchEnded')).toHaveLength(2);
  });

  test('hold up what waits for them until they are retried', async () => {
    await farm.submit(batch({ a: { tasks: 2 }, b: { after: ['a'] } }));
    await some('cancelTasks', [[1, 1]]);
    await farm.endTask('a 0');
    await farm.endTask('a 1', stopped);
    expect(farm.state('b1.b')).toBe('PENDING');
    await some('retryTasks', [[0, 1]]);
    await farm.runAll();
    expect([farm.state('b1.a'), farm.state('b1.b')]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('that are skipped count as completed, and what waits for them goes on', async () => {
    await farm.submit(batch({ a: { tasks: 3 }, b: { after: ['a'] } }));
    await farm.endTask('a 0', done);
    await farm.endTask('a 1', failed);
    await farm.endTask('a 2', done);
    expect([farm.state('b1.a'), farm.state('b1.b')]).toEqual(['FAILED', 'PENDING']);
    expect(await some('skipTasks', [[0, 2]])).toMatchObject({ kind: 'done', outcome: { tasks: 1 } });
    expect(farm.tasks('b1.a')).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    expect(farm.running()).toEqual(['b 0']);
    await farm.runAll();
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'batchEnded', state: 'COMPLETED' });
  });

  test('that run are not skipped, and those that wait need not begin', async () => {
    await farm.submit(batch({ a: { tasks: 4 } }));
    await some('skipTasks', [[0, 3]]);
    expect(farm.tasks('b1.a')).toEqual(['RUNNING', 'RUNNING', 'COMPLETED', 'COMPLETED']);
    expect(refusal(await some('skipTasks', [[0, 3]]))).toMatch(/^conflict: None of these .*nothing to skip/);
    await farm.runAll();
    expect(farm.started()).toEqual(['a 0', 'a 1']);
    expect(farm.state('b1.a')).toBe('COMPLETED');
  });

  test('a failed batch whose only failure is skipped has completed; with another one it has failed still', async () => {
    await farm.submit(batch({ a: { tasks: 2 } }));
    await farm.endTask('a 0', failed);
    await farm.endTask('a 1', failed);
    const ends = (): readonly unknown[] =>
      farm.facts.flatMap((fact) => (fact.kind === 'batchEnded' ? [fact.state] : []));
    await some('skipTasks', [[0, 0]]);
    expect(ends()).toEqual(['FAILED']);
    await some('skipTasks', [[1, 1]]);
    expect(ends()).toEqual(['FAILED', 'COMPLETED']);
    expect(farm.started()).toEqual(['a 0', 'a 1']);
  });

  test('must be there, and something must be to be done', async () => {
    await farm.submit(batch({ a: { tasks: 2 } }));
    for (const tasks of [
      [[0, 2]],
      [[1, 0]],
      [
        [1, 1],
        [0, 0],
      ],
      [[0.5, 1]],
    ] as const)
      expect(refusal(await some('cancelTasks', tasks))).toMatch(/^refused/);
    expect(refusal(await some('retryTasks', [[0, 1]]))).toMatch(/^conflict: None of these/);
    const elsewhere = await farm.command({
      kind: 'cancelTasks',
      by: 'ann',
      job: 'b1.a',
      step: 7,
      tasks: [[0, 0]],
    });
    expect(refusal(elsewhere)).toMatch(/^notFound/);
    await farm.runAll();
    expect(refusal(await some('cancelTasks', [[0, 1]]))).toMatch(/^conflict: None of these/);
  });
});

describe('tasks that are sent elsewhere', () => {
  const elsewhere = (tasks: TaskRanges): Promise<CommandResult> =>
    farm.command({ kind: 'retryTasks', by: 'ann', job: 'b1.a', step: 0, tasks, elsewhere: true });
  const stops = (): readonly unknown[] => farm.facts.filter(({ kind }) => kind === 'attemptStopping');

  beforeEach(async () => {
    await farm.nodeUp({ cpu: 2 }, 'other');
    await farm.nodeDown('other');
  });

  test('keep off the node that had them: the failed run again there, the running are stopped and begin there', async () => {
    await farm.submit(batch({ a: { tasks: 3 } }));
    await farm.endTask('a 0', failed);
    expect(farm.where()).toEqual({ local: ['a 1', 'a 2'] });
    await farm.nodeUp({ cpu: 2 }, 'other');
    expect(await elsewhere([[0, 1]])).toMatchObject({ kind: 'done', outcome: { tasks: 2 } });
    expect(stops()).toMatchObject([{ reason: 'preempted' }]);
    expect(farm.where()).toEqual({ local: ['a 1', 'a 2'], other: ['a 0'] });
    await farm.endTask('a 1', stopped);
    expect(farm.where()).toEqual({ local: ['a 2'], other: ['a 0', 'a 1'] });
    expect(farm.engine.state.jobs.get('b1.a')?.steps[0]?.trouble.size, 'counts for nothing').toBe(0);
    await farm.runAll();
    expect(farm.state('b1.a')).toBe('COMPLETED');
  });

  test('wait for another node that is busy, let others pass, and say so', async () => {
    await farm.submit(batch({ a: { tasks: 2 } }));
    await farm.nodeUp({ cpu: 2 }, 'other');
    await farm.submit(batch({ busy: { tasks: 3 }, later: {} }));
    expect(farm.where()).toEqual({ local: ['a 0', 'a 1'], other: ['busy 0', 'busy 1'] });
    await elsewhere([[0, 0]]);
    await farm.endTask('a 0', stopped);
    expect(farm.where()).toEqual({ local: ['a 1', 'busy 2'], other: ['busy 0', 'busy 1'] });
    await farm.endTask('a 1', done);
    expect(farm.running()).toContain('later 0');
    expect(farm.running()).not.toContain('a 0');
    expect(farm.why('b1.a')).toContainEqual('local: these tasks were sent elsewhere from there');
    await farm.endTask('busy 0', done);
    expect(farm.where()['other']).toContain('a 0');
  });

  test('come back to it when there is no other any more', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await farm.nodeUp({ cpu: 1 }, 'other');
    await farm.submit(batch({ busy: { tasks: 2 } }));
    await elsewhere([[0, 0]]);
    await farm.endTask('a 0', stopped);
    expect(farm.running()).not.toContain('a 0');
    await farm.command({ kind: 'setAside', by: 'ann', node: 'other' });
    expect(farm.where()['local']).toContain('a 0');
  });

  test('are refused where no other could take them, and forget it when they are just retried', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    expect(refusal(await elsewhere([[0, 0]]))).toMatch(/^conflict: No other node than local could/);
    await farm.nodeUp({ cpu: 2 }, 'other');
    await farm.nodeUp({ cpu: 0.5 }, 'tiny');
    await elsewhere([[0, 0]]);
    await farm.endTask('a 0', stopped);
    await farm.endTask('a 0', failed);
    const { state } = farm.engine;
    expect(decodeState(encodeState(state)).jobs.get('b1.a')?.steps[0]?.larger.get(0)?.avoids).toBe('local');
    await farm.command({ kind: 'setAside', by: 'ann', node: 'other' });
    await some('retryTasks', [[0, 0]]);
    expect(state.jobs.get('b1.a')?.steps[0]?.larger.size).toBe(0);
    expect(farm.where()).toEqual({ local: ['a 0'] });
  });
});
