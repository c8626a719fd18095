import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { anyFile, usualKeep, type CheckpointRule } from '../../shared/model/checkpoint';
import type { MadeRule } from '../../shared/model/making';
import { noRetry } from '../../shared/model/retry';
import { batch, done, Farm, lost, stopped, type JobWish } from './farm-for-tests';
import { savingLead } from './saving';
import { decodeState, encodeState } from './snapshot';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 1 });
});

const bySignal: MadeRule = { kind: 'signal', signal: 'USR1', everyMs: null };
const ruleFor = (made: MadeRule, graceMs?: number): CheckpointRule => ({
  ...{ files: ['x'], folder: null, together: false, type: 'FULL', whole: anyFile, at: null, resumed: null },
  ...{ keep: usualKeep, made, ...(graceMs === undefined ? {} : { graceMs }) },
});
const saver = (more: JobWish = {}, rule = ruleFor(bySignal)): JobWish => ({
  ...{ preemptible: true, checkpoints: rule, ...more },
});

async function saves(madeAt = farm.time, job = 'a', attempt: `a-${string}` = 'a-1'): Promise<void> {
  await farm.report({
    kind: 'checkpointFound',
    checkpoint: {
      ...{
        job: `b1.${job}`,
        step: 0,
        task: 0,
        attempt,
        node: 'local',
        type: 'FULL',
        name: 's',
        folder: '/out',
      },
      ...{ files: [], madeAt, at: null, parent: null },
    },
  });
}

/** What attempts were asked for, in order. */
const asked = (from = farm): readonly string[] =>
  from.effects.flatMap((effect) =>
    effect.kind === 'saveAttempt' || effect.kind === 'stopAttempt'
      ? [`${effect.kind === 'saveAttempt' ? 'save' : 'stop'} ${effect.attempt}`]
      : [],
  );
const urgent = batch({ urgent: { priority: 'CRITICAL' } });
const losses = (): readonly unknown[] =>
  farm.facts.flatMap((fact) => (fact.kind === 'attemptFinished' ? [fact.lost?.milliseconds ?? null] : []));

describe('one that makes way', () => {
  test('is asked to save its work, stopped when it has, and goes on from there', async () => {
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    await farm.submit(urgent);
    expect(asked()).toEqual(['save a-1']);
    // What lay there already is not what it was asked for.
    await saves(farm.time - 30_000);
    expect(asked()).toEqual(['save a-1']);
    await saves();
    expect(asked()).toEqual(['save a-1', 'stop a-1']);
    await farm.endTask('a 0', stopped);
    expect(farm.running()).toEqual(['urgent 0']);
    await farm.endTask('urgent 0', done);
    expect(farm.running()).toEqual(['a 0']);
    expect(losses()).toEqual([2000, null]);
    expect(farm.facts.find(({ kind }) => kind === 'attemptFinished')).toMatchObject({
      lost: { job: 'b1.a', from: 'c2', reason: 'preempted' },
    });
  });

  test('is stopped at the end of its grace, and what that has cost is told', async () => {
    await farm.submit(batch({ a: saver({}, ruleFor(bySignal, 20_000)) }));
    await farm.pass(60_000);
    await farm.submit(urgent);
    await farm.pass(15_000);
    expect(asked()).toEqual(['save a-1']);
    await farm.pass(10_000);
    expect(asked()).toEqual(['save a-1', 'stop a-1']);
    await farm.endTask('a 0', stopped);
    const [cost] = losses();
    expect(cost).toBeGreaterThan(80_000);
    expect(farm.running()).toEqual(['urgent 0']);
  });

  test('is not asked when it cannot be, or has hardly anything to lose', async () => {
    await farm.submit(batch({ a: saver({}, ruleFor({ kind: 'itself' })) }));
    await farm.pass(60_000);
    await farm.submit(urgent);
    expect(asked()).toEqual(['stop a-1']);

    farm = new Farm();
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    await saves(farm.time);
    await farm.submit(urgent);
    expect(asked()).toEqual(['stop a-1']);
  });

  test('completes, if it can before it has saved', async () => {
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    await farm.submit(urgent);
    await farm.endTask('a 0', done);
    expect(asked()).toEqual(['save a-1']);
    expect(farm.state('b1.a')).toBe('COMPLETED');
    expect(losses()).toEqual([null]);
  });

  test('is stopped at once when it is cancelled meanwhile', async () => {
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    await farm.submit(urgent);
    await farm.cancel('b1.a');
    expect(asked()).toEqual(['save a-1', 'stop a-1']);
  });

  test('is asked when its node is vacated, and when it is to go on elsewhere', async () => {
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    await farm.command({ kind: 'vacate', by: 'ann', node: 'local' });
    expect(asked()).toEqual(['save a-1']);

    farm = new Farm();
    await farm.nodeUp({ cpu: 1 });
    await farm.nodeUp({ cpu: 1 }, 'other');
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    const tasks = [[0, 0]] as const;
    await farm.command({ kind: 'retryTasks', by: 'ann', job: 'b1.a', step: 0, tasks, elsewhere: true });
    expect(asked()).toEqual(['save a-1']);
  });

  test('is asked again by the next Host, and stopped by it when its grace is over', async () => {
    await farm.submit(batch({ a: saver() }));
    await farm.pass(60_000);
    await farm.submit(urgent);
    const again = decodeState(encodeState(farm.engine.state));
    expect([...again.attempts.values()].map(({ saving }) => saving)).toEqual([
      { since: farm.time - 2000, until: farm.time + 28_000 },
    ]);
    await farm.nodeDown();
    await farm.nodeUp({ cpu: 1 });
    expect(asked()).toEqual(['save a-1', 'save a-1']);
    await farm.nodeDown();
    await farm.pass(60_000);
    await farm.nodeUp({ cpu: 1 });
    expect(asked().at(-1)).toBe('stop a-1');
  });

  test('is the one that loses least, counting what it saves first', async () => {
    farm = new Farm();
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ a: saver({ priority: 'LOW' }) }));
    await farm.pass(600_000);
    await farm.submit(batch({ b: { preemptible: true, priority: 'LOW' } }));
    await farm.pass(60_000);
    await farm.command({ kind: 'vacate', by: 'ann', node: 'local' });
    await saves();
    expect(farm.engine.state.jobs.get('b1.a')?.steps[0]?.savingMs).toBe(2000);
    await farm.endTask('a 0', stopped);
    await farm.endTask('b 0', stopped);
    await farm.pass(600_000);
    // Both have ten minutes to lose now, but one of them is known to save its work within seconds.
    await farm.submit(urgent);
    expect(asked().slice(-1)).toEqual(['save a-3']);
  });

  test('tells nothing of what was lost when nobody knows when it ended', async () => {
    await farm.submit(batch({ a: saver() }));
    await farm.endTask('a 0', lost);
    expect(losses()).toEqual([null]);
  });
});

test('how early it is asked before its time limit is never before half of its time', () => {
  const span = fc.integer({ min: 1, max: 30 * 86_400_000 });
  fc.assert(
    fc.property(span, fc.option(span), span, (graceMs, savingMs, timeoutMs) => {
      const lead = savingLead(ruleFor(bySignal, graceMs), savingMs, timeoutMs);
      expect(lead).toBeGreaterThanOrEqual(0);
      expect(lead).toBeLessThanOrEqual(Math.round(timeoutMs / 2));
      // There is time enough for what it took until now, if half of its time is.
      if (savingMs !== null && savingMs < timeoutMs / 4) expect(lead).toBeGreaterThan(savingMs);
    }),
  );
});

describe('before a time limit', () => {
  const retry = { ...noRetry, attempts: 5, onTimeout: 'retry' } as const;

  test('a last checkpoint is asked for, and what was saved loses nothing', async () => {
    await farm.submit(batch({ a: saver({ timeoutMs: 600_000, retry }) }));
    await farm.pass(560_000);
    expect(asked()).toEqual([]);
    await farm.pass(10_000);
    expect(asked()).toEqual(['save a-1']);
    await farm.pass(4000);
    await saves();
    expect(asked()).toEqual(['save a-1', 'stop a-1']);
    await farm.endTask('a 0', stopped);
    expect(losses()).toEqual([2000]);
    expect(farm.running()).toEqual(['a 0']);
    // It is known by now that it takes less than ten seconds.
    await farm.pass(580_000);
    expect(asked()).toHaveLength(2);
    await farm.pass(10_000);
    expect(asked()).toEqual(['save a-1', 'stop a-1', 'save a-2']);
  });

  test('it is stopped there when it has not saved anything', async () => {
    await farm.submit(batch({ a: saver({ timeoutMs: 600_000, retry }) }));
    await farm.pass(590_000);
    expect(asked()).toEqual(['save a-1']);
    await farm.pass(20_000);
    expect(asked()).toEqual(['save a-1', 'stop a-1']);
    await farm.endTask('a 0', stopped);
    expect(farm.state('b1.a')).toBe('RUNNING');
  });
});
