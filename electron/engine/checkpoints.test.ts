import { beforeEach, describe, expect, test } from 'vitest';
import type { CheckpointId } from '../../shared/model/checkpoint';
import type { CommandResult } from './engine';
import { batch, done, failed, Farm, stopped } from './farm-for-tests';
import { branchesIn } from './forks';
import { decodeState, encodeState } from './snapshot';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 2 });
});

const task = { job: 'b1.a', step: 0, task: 0 } as const;

async function found(madeAt: number, attempt: `a-${string}` = 'a-1'): Promise<void> {
  await farm.report({
    kind: 'checkpointFound',
    checkpoint: {
      ...{ ...task, attempt, node: 'n1', type: 'FULL', name: 's', folder: '/out', files: [] },
      ...{ madeAt, at: null, parent: null },
    },
  });
}

const saved = (state = farm.engine.state) => state.jobs.get('b1.a')?.steps[0]?.saved.get(0) ?? null;
const resume = (checkpoint: CheckpointId, madeAt = 10): Promise<CommandResult> =>
  farm.command({ kind: 'resume', by: 'ann', ...task, checkpoint, madeAt });
const refusal = (result: CommandResult): string =>
  result.kind === 'refused' ? `${result.refusal.code}: ${result.refusal.message}` : 'done';

describe('what a task goes on from', () => {
  test('is the newest that was found, and is in every snapshot', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await found(10);
    await found(20);
    expect(saved()).toEqual({ checkpoint: 'c2', madeAt: 20 });
    const again = decodeState(encodeState(farm.engine.state));
    expect(saved(again)).toEqual({ checkpoint: 'c2', madeAt: 20 });
    expect(again.nextCheckpoint).toBe(3);
  });

  test('is the one before when that cannot be used, and nothing when there is no other', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await found(10);
    await found(20);
    const broken = { kind: 'checkpointBroken', reason: 'cut short' } as const;
    await farm.report({
      ...broken,
      checkpoint: { id: 'c2', ...task },
      newest: { checkpoint: 'c1', madeAt: 10 },
    });
    expect(saved()).toEqual({ checkpoint: 'c1', madeAt: 10 });
    await farm.report({ ...broken, checkpoint: { id: 'c1', ...task }, newest: null });
    expect(saved()).toBeNull();
  });

  test('is forgotten when the task has completed; what is found then is too late', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await found(10);
    await farm.endTask('a 0', done);
    expect(saved()).toBeNull();
    await found(20);
    expect(saved()).toBeNull();
    expect(refusal(await resume('c1'))).toMatch(/^conflict: The task has completed/);
  });

  test('can be chosen when the task does not run, which runs it again', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await found(10);
    await found(20);
    expect(refusal(await resume('c1'))).toMatch(/^conflict: The task runs/);
    await farm.endTask('a 0', failed);
    expect(refusal(await resume('c1'))).toBe('done');
    expect(saved()).toEqual({ checkpoint: 'c1', madeAt: 10, chosen: true });
    expect(farm.running()).toEqual(['a 0']);
    await found(30, 'a-2');
    expect(saved()).toEqual({ checkpoint: 'c3', madeAt: 30 });
  });

  test('cannot be deleted', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await found(10);
    await found(20);
    const drop = (checkpoint: CheckpointId): Promise<CommandResult> =>
      farm.command({ kind: 'dropCheckpoints', by: 'ann', job: 'b1.a', checkpoints: [checkpoint] });
    expect(refusal(await drop('c2'))).toMatch(/would go on from c2/);
    expect(refusal(await drop('c1'))).toBe('done');
  });

  test('is that of another job where the batch is a branch, which is kept for it', async () => {
    await farm.submit(batch({ a: { tasks: 1 } }));
    await found(10);
    await found(20);
    await farm.endTask('a 0', done);
    const from = { job: 'b1.a', step: 0, task: 0 } as const;
    const to = { job: 'a', step: 0 };
    const fork = { checkpoint: 'c1', madeAt: 10, at: 7, from, to, needs: ['c1'] } as const;
    await farm.submit({ ...batch({ a: { tasks: 1 } }), fork });
    const branch = () => farm.engine.state.jobs.get('b2.a')?.steps[0]?.saved.get(0);
    expect(branch()).toEqual({ checkpoint: 'c1', madeAt: 10 });
    await farm.report({ kind: 'checkpointsDropped', job: 'b1.a', checkpoints: ['c1', 'c2'] });
    expect(farm.facts.at(-1)).toMatchObject({ kind: 'checkpointsDropped', checkpoints: ['c2'] });
    const drop = (): Promise<CommandResult> =>
      farm.command({ kind: 'dropCheckpoints', by: 'ann', job: 'b1.a', checkpoints: ['c1'] });
    expect(refusal(await drop())).toMatch(/b2 is a branch from c1/);
    expect([...branchesIn(farm.engine.state)]).toEqual([['c1', ['b2.a']]]);
    await farm.endTask('a 0', done);
    expect(decodeState(encodeState(farm.engine.state)).jobs.get('b2.a')?.steps[0]?.saved.size).toBe(0);
    expect(refusal(await drop())).toBe('done');
  });

  test('decides who makes way: whose last saved work is newest loses least', async () => {
    const less = { preemptible: true, request: { cpu: 1 } };
    await farm.submit(batch({ a: less }));
    await farm.pass(60_000);
    await farm.submit(batch({ b: less }));
    await farm.pass(60_000);
    await found(farm.time);
    await farm.submit(batch({ urgent: { priority: 'CRITICAL' } }));
    expect(farm.effects.at(-1)).toMatchObject({ kind: 'stopAttempt', attempt: 'a-1', reason: 'preempted' });
    await farm.endTask('a 0', stopped);
    expect(farm.running()).toContain('urgent 0');
  });
});
