import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { missedRules, type MissedRule, type ScheduleRule, type Timing } from '../../../shared/model/schedule';
import { dueFirings, graceMs, mostMadeUp } from './due';
import { countFirings } from './timings';
import { dayMs } from './zones';

const hourMs = 3_600_000;
const start = Date.parse('2026-03-01T00:00Z');
const rule = (
  missed: MissedRule,
  timing: Timing = { kind: 'every', from: start, milliseconds: hourMs },
): ScheduleRule => ({
  timing,
  missed,
  overlap: 'skip',
});

test.each(missedRules)('%s: a time that is just due fires, and only once', (missed) => {
  const now = start + hourMs + 20;
  expect(dueFirings(rule(missed), start, now)).toEqual({ fire: [start + hourMs], skipped: 0, upTo: now });
  expect(dueFirings(rule(missed), now, now + 20)).toEqual({ fire: [], skipped: 0, upTo: now + 20 });
});

test.each(missedRules)('%s: the grace has an end', (missed) => {
  const due = start + hourMs;
  expect(dueFirings(rule(missed), start, due + graceMs).fire).toEqual([due]);
  expect(dueFirings(rule(missed), start, due + graceMs + 1)).toMatchObject(
    missed === 'skip' ? { fire: [], skipped: 1 } : { fire: [due], skipped: 0 },
  );
});

test('after three hours without Drover', () => {
  const now = start + 3 * hourMs + 5 * graceMs;
  expect(dueFirings(rule('skip'), start, now)).toEqual({ fire: [], skipped: 3, upTo: now });
  expect(dueFirings(rule('once'), start, now)).toEqual({ fire: [start + 3 * hourMs], skipped: 2, upTo: now });
  expect(dueFirings(rule('all'), start, now)).toEqual({
    fire: [start + hourMs, start + 2 * hourMs, start + 3 * hourMs],
    skipped: 0,
    upTo: now,
  });
});

test('a time that is just due makes up for the missed ones', () => {
  expect(dueFirings(rule('once'), start, start + 3 * hourMs)).toMatchObject({
    fire: [start + 3 * hourMs],
    skipped: 2,
  });
});

test('making up for all has a limit, and what is just due fires all the same', () => {
  const everyMinute = rule('all', { kind: 'cron', expression: '* * * * *', timeZone: 'Europe/Berlin' });
  const now = start + 365 * dayMs;
  const { fire, skipped } = dueFirings(everyMinute, start, now);
  expect(fire.slice(0, 2)).toEqual([start + 60_000, start + 120_000]);
  expect(fire.slice(mostMadeUp)).toEqual([now - 60_000, now]);
  expect(fire.length + skipped).toBe(365 * 24 * 60);
});

test('a clock that is set back fires nothing until it has caught up', () => {
  const now = start + 2 * hourMs;
  expect(dueFirings(rule('all'), now, start)).toEqual({ fire: [], skipped: 0, upTo: now });
  expect(dueFirings(rule('all'), now, now)).toEqual({ fire: [], skipped: 0, upTo: now });
  expect(dueFirings(rule('all'), now, now + hourMs).fire).toEqual([now + hourMs]);
});

test('whatever the clock does, no time fires twice and none is lost', () => {
  const timings: fc.Arbitrary<Timing> = fc.oneof(
    fc.record({
      kind: fc.constant('every'),
      from: fc.constant(start),
      milliseconds: fc.integer({ min: 1000, max: dayMs }),
    }),
    fc.record({
      kind: fc.constant('cron'),
      expression: fc.constantFrom('*/7 * * * *', '30 2 * * *', '15,45 1-3 * * *'),
      timeZone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe'),
    }),
    fc.record({ kind: fc.constant('once'), at: fc.integer({ min: start - dayMs, max: start + 40 * dayMs }) }),
  );
  const steps = fc.array(
    fc.oneof(fc.nat(2 * graceMs), fc.integer({ min: -3 * dayMs, max: 0 }), fc.nat(20 * dayMs)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(timings, fc.constantFrom(...missedRules), steps, (timing, missed, steps) => {
      let now = start;
      let upTo = start;
      let last = -Infinity;
      let accounted = 0;
      for (const step of steps) {
        now += step;
        const due = dueFirings(rule(missed, timing), upTo, now);
        for (const at of due.fire) {
          expect(at).toBeGreaterThan(last);
          expect(at).toBeLessThanOrEqual(now);
          last = at;
        }
        expect(due.skipped).toBeGreaterThanOrEqual(0);
        expect(due.upTo).toBe(Math.max(upTo, now));
        accounted += due.fire.length + due.skipped;
        ({ upTo } = due);
      }
      expect(accounted).toBe(countFirings(timing, start, upTo).count);
    }),
    { numRuns: 300 },
  );
});
