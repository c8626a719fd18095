import { beforeEach, describe, expect, test } from 'vitest';
import type { RetryRule } from '../../shared/model/retry';
import { noRetry } from '../../shared/model/retry';
import { defaultSettings } from '../../shared/model/settings';
import { batch, done, failed, Farm, lost, stopped } from './farm-for-tests';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 4, memoryMiB: 4000 });
});

const retry = (rule: Partial<RetryRule>): RetryRule => ({ ...noRetry, attempts: 3, ...rule });

describe('retries', () => {
  test('as often as the rule says, then it has failed', async () => {
    await farm.submit(batch({ a: { retry: retry({}) } }));
    await farm.runAll(() => failed);
    expect(farm.started()).toEqual(['a 0', 'a 0', 'a 0']);
    expect(farm.state('b1.a')).toBe('FAILED');
  });

  test('later each time; a batch whose tasks wait has not ended', async () => {
    const backoff = {
      kind: 'exponential',
      firstMs: 60_000,
      mostMs: 600_000,
      jitter: 0,
      totalMs: 10 ** 9,
    } as const;
    await farm.submit(batch({ a: { retry: retry({ backoff }) } }));
    await farm.endTask('a 0', failed);
    expect(farm.tasks('b1.a')).toEqual(['PENDING']);
    expect(farm.state('b1.a')).toBe('RUNNING');
    expect(farm.why('b1.a')).toEqual([expect.stringMatching(/^1 task will be tried again, the first at /)]);
    await farm.pass(57_000);
    expect(farm.running()).toEqual([]);
    await farm.pass(2_000);
    expect(farm.running()).toEqual(['a 0']);
    await farm.endTask('a 0', failed);
    await farm.pass(110_000);
    expect(farm.running()).toEqual([]);
    await farm.pass(10_000);
    expect(farm.running()).toEqual(['a 0']);
    expect(farm.facts.some(({ kind }) => kind === 'batchEnded')).toBe(false);
  });

  test('by exit code', async () => {
    const codes = [{ codes: [3], verdict: 'fail' }] as const;
    await farm.submit(batch({ a: { retry: retry({ codes }) } }));
    await farm.runAll(() => failed);
    expect(farm.started()).toHaveLength(1);
    const only = [{ codes: [7], verdict: 'retry' }] as const;
    await farm.submit(batch({ b: { retry: retry({ codes: only }) } }));
    await farm.runAll(() => failed);
    expect(farm.started()).toHaveLength(2);
  });

  test('out of memory: with more of it, up to what a node has', async () => {
    await farm.submit(batch({ a: { request: { memoryMiB: 1500 }, retry: retry({ memoryStep: 2 }) } }));
    const memory = (): readonly number[] =>
      farm.effects.flatMap((effect) =>
        effect.kind === 'startAttempt' ? [effect.live.requestClass.request.memoryMiB] : [],
      );
    await farm.endTask('a 0', { kind: 'outOfMemory' });
    await farm.endTask('a 0', { kind: 'outOfMemory' });
    expect(memory()).toEqual([1500, 3000, 4000]);
    await farm.endTask('a 0');
    expect(farm.state('b1.a')).toBe('COMPLETED');
    expect(farm.engine.state.room.freeOf(0)[1]).toBe(4000);
  });

  test('a task that takes too long is stopped, and that counts as its failure', async () => {
    await farm.submit(batch({ a: { timeoutMs: 10_000, retry: retry({ attempts: 2, onTimeout: 'retry' }) } }));
    await farm.pass(11_000);
    const stops = farm.effects.filter((effect) => effect.kind === 'stopAttempt');
    expect(stops).toEqual([{ kind: 'stopAttempt', node: 'local', attempt: 'a-1', reason: 'timeout' }]);
    await farm.end('a-1', stopped);
    expect(farm.running()).toEqual(['a 0']);
    await farm.pass(11_000);
    await farm.end('a-2', stopped);
    expect(farm.state('b1.a')).toBe('FAILED');
  });

  test('a lost attempt does not count against the task', async () => {
    await farm.submit(batch({ a: { retry: retry({ attempts: 2 }) } }));
    await farm.end('a-1', lost);
    await farm.end('a-2', failed);
    await farm.end('a-3', done);
    expect(farm.state('b1.a')).toBe('COMPLETED');
  });
});

describe('health', () => {
  test('a node that fails different jobs is set aside, until it is taken back', async () => {
    await farm.nodeUp({ cpu: 0.1 }, 'small');
    await farm.submit(batch({ a: {}, b: {}, c: {}, d: { tasks: 8 } }));
    for (const name of ['a 0', 'b 0', 'c 0']) await farm.endTask(name, failed);
    expect(farm.engine.state.nodes.get('local')).toMatchObject({ state: 'MAINTENANCE' });
    await farm.endTask('d 0');
    expect(farm.running()).toEqual(['d 1', 'd 2']);
    await farm.runAll();
    expect(farm.why('b1.d')).toContain(
      'local: MAINTENANCE, set aside: tasks of 3 different jobs failed on it in a row',
    );
    await farm.nodeDown();
    await farm.nodeUp({ cpu: 4 });
    expect(farm.running()).toEqual([]);
    await farm.command({ kind: 'takeBack', by: 'ann', node: 'local' });
    expect(farm.running()).toHaveLength(4);
  });

  test('the last node goes on, whatever fails on it', async () => {
    await farm.submit(batch({ a: {}, b: {}, c: {}, d: {} }));
    for (const name of ['a 0', 'b 0', 'c 0']) await farm.endTask(name, failed);
    expect(farm.engine.state.nodes.get('local')).toMatchObject({ state: 'ONLINE' });
    expect(farm.running()).toEqual(['d 0']);
  });

  test('a job that fails on different nodes is held, until it is released', async () => {
    await farm.nodeUp({ cpu: 1 }, 'two');
    await farm.nodeUp({ cpu: 1 }, 'three');
    await farm.configure({ rules: { ...defaultSettings.rules, nodeAfterJobs: null } });
    await farm.submit(batch({ a: { tasks: 12 } }));
    for (const [node, [name = '']] of Object.entries(farm.where())) {
      expect(farm.state('b1.a'), node).toBe('RUNNING');
      await farm.endTask(name, failed);
    }
    expect(farm.state('b1.a')).toBe('PAUSED');
    expect(farm.why('b1.a')).toEqual([
      'held by Drover: its tasks failed on 3 different nodes in a row; release the job to go on',
    ]);
    await farm.command({ kind: 'release', by: 'ann', jobs: ['b1.a'] });
    await farm.runAll();
    expect(farm.state('b1.a')).toBe('FAILED');
  });
});
