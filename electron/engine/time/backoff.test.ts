import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { noRetry, type Backoff } from '../../../shared/model/retry';
import { retryDelay } from './backoff';

const backoff = (changes: Partial<Backoff>): Backoff => ({
  kind: 'fixed',
  firstMs: 1000,
  mostMs: 60_000,
  jitter: 0,
  totalMs: 3_600_000,
  ...changes,
});
const delays = (changes: Partial<Backoff>, failures: readonly number[]): (number | null)[] =>
  failures.map((failure) => retryDelay(backoff(changes), failure, 0, 0.5));

test('fixed, linear and exponential, up to the ceiling', () => {
  expect(delays({ kind: 'fixed' }, [1, 2, 3, 1e9])).toEqual([1000, 1000, 1000, 1000]);
  expect(delays({ kind: 'linear' }, [1, 2, 3, 61, 1e308])).toEqual([1000, 2000, 3000, 60_000, 60_000]);
  expect(delays({ kind: 'exponential' }, [1, 2, 3, 7, 1e9])).toEqual([1000, 2000, 4000, 60_000, 60_000]);
});

test('chance takes up to the jittered part off', () => {
  const jittered = backoff({ jitter: 0.25 });
  expect([0, 0.5, 1].map((chance) => retryDelay(jittered, 1, 0, chance))).toEqual([1000, 875, 750]);
});

test('the last delay is cut to what is left, and then no time is left', () => {
  const short = backoff({ totalMs: 2500 });
  expect([0, 1000, 2000, 2500, 9000].map((waited) => retryDelay(short, 1, waited, 0))).toEqual([
    1000,
    1000,
    500,
    null,
    null,
  ]);
});

test('without a delay nothing is ever used up', () => {
  expect(retryDelay(noRetry.backoff, 1, 0, 0.5)).toBe(0);
  expect(retryDelay(backoff({ kind: 'exponential', firstMs: 0, totalMs: 0 }), 1e9, 5000, 0.5)).toBe(0);
});

test('never negative, never above the ceiling, and together never above the total', () => {
  const milliseconds = fc.integer({ min: 0, max: 1e7 });
  const backoffs = fc.record({
    kind: fc.constantFrom('fixed', 'linear', 'exponential'),
    firstMs: milliseconds,
    mostMs: milliseconds,
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    totalMs: milliseconds,
  });
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(backoffs, fc.array(chance, { maxLength: 50 }), fc.nat(), (backoff, chances, skipped) => {
      let waited = 0;
      for (const [index, chance] of chances.entries()) {
        const delay = retryDelay(backoff, skipped + index + 1, waited, chance);
        if (delay === null) {
          expect(waited).toBeGreaterThanOrEqual(backoff.totalMs);
          break;
        }
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(backoff.mostMs);
        waited += delay;
      }
      expect(waited).toBeLessThanOrEqual(backoff.totalMs);
    }),
  );
});
