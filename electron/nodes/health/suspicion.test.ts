import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwakeTime } from './awake-time';
import { Suspicion } from './suspicion';

/** A link that is heard after each of these intervals. */
function heardAfter(intervals: readonly number[], expected = 5000): { time: number; suspicion: Suspicion } {
  const link = { time: 0, now: () => link.time };
  const suspicion = new Suspicion(link, expected);
  for (const interval of intervals) {
    link.time += interval;
    suspicion.heard();
  }
  return Object.assign(link, { suspicion });
}

/** How long a link is silent until it is under suspicion, to a tenth of a second. */
function patience(intervals: readonly number[], is: 'isSuspect' | 'isGone' = 'isSuspect'): number {
  const link = heardAfter(intervals);
  const from = link.time;
  while (!link.suspicion[is]()) link.time += 100;
  return link.time - from;
}

test('with a steady answer each 5 s, 11.5 s of silence are suspect, and 23 s are the end', () => {
  const steady = Array.from({ length: 50 }, () => 5000);
  expect(patience(steady)).toBeCloseTo(11_500, -3);
  expect(patience(steady, 'isGone')).toBeCloseTo(23_000, -3);
});

test('a regular rhythm is never suspected', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 60_000 }),
      fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 1, maxLength: 120 }),
      (rhythm, lateness) => {
        const link = heardAfter([], rhythm);
        for (const share of lateness) {
          link.time += rhythm * share;
          expect(link.suspicion.isSuspect()).toBe(false);
          link.suspicion.heard();
        }
      },
    ),
  );
});

test('silence is always suspected in the end, then final, and an answer ends both', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 120 }), (intervals) => {
      const link = heardAfter(intervals);
      let level = link.suspicion.level();
      for (let hours = 0; hours < 24; hours++) {
        link.time += 3_600_000;
        expect(link.suspicion.level()).toBeGreaterThanOrEqual(level);
        level = link.suspicion.level();
      }
      expect(link.suspicion.isSuspect() && link.suspicion.isGone()).toBe(true);
      link.suspicion.heard();
      expect(link.suspicion.isSuspect() || link.suspicion.isGone()).toBe(false);
    }),
  );
});

test('a jittery link is given more time than a steady one of the same mean', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2500, max: 4900 }), (jitter) => {
      const steady = Array.from({ length: 50 }, () => 5000);
      const jittery = steady.map((interval, index) => interval + (index % 2 === 0 ? jitter : -jitter));
      expect(patience(jittery)).toBeGreaterThan(patience(steady));
      expect(patience(jittery, 'isGone')).toBeGreaterThan(patience(steady, 'isGone'));
    }),
  );
});

test('one long outage does not teach a link to be slow, nor a burst of late answers to be quick', () => {
  const steady = Array.from({ length: 49 }, () => 5000);
  expect(patience([...steady, 3_600_000])).toBeLessThan(30_000);
  const link = heardAfter(Array.from({ length: 50 }, () => 0));
  for (let beat = 0; beat < 50; beat++) {
    link.time += 5000;
    link.suspicion.heard();
  }
  link.time += 5000;
  expect(link.suspicion.isSuspect()).toBe(false);
});

describe('a Host that has slept', () => {
  test('does not suspect its nodes for that, but still notices those that are silent after it', () => {
    const host = { time: 1_000_000, now: () => host.time };
    const awake = new AwakeTime(host);
    const links = Array.from({ length: 20 }, () => new Suspicion(awake, 5000));
    const pass = (seconds: number, answering: readonly Suspicion[]): void => {
      for (let second = 1; second <= seconds; second++) {
        host.time += 1000;
        awake.now();
        if (second % 5 === 0) answering.forEach((link) => link.heard());
      }
    };
    pass(300, links);
    host.time += 8 * 3_600_000;
    expect(links.some((link) => link.isSuspect())).toBe(false);
    const [silent, ...others] = links;
    pass(30, others);
    expect(others.some((link) => link.isSuspect())).toBe(false);
    expect(silent?.isGone()).toBe(true);
  });

  test('its clock may be set back', () => {
    const host = { time: 1_000_000, now: () => host.time };
    const awake = new AwakeTime(host);
    const before = awake.now();
    host.time -= 3_600_000;
    expect(awake.now()).toBe(before);
    host.time += 1000;
    expect(awake.now()).toBe(before + 1000);
  });
});
