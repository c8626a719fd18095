import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backoff } from './backoff';

test('waits up to twice as long each time, from half a second to a minute', () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 10 }, () => backoff.next(0));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(backoff.next(29_999)).toBe(60_000);
  expect(backoff.next(30_000)).toBe(500);
  expect(backoff.next(0)).toBe(1000);
});

test('any chance gives a wait within its bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat())), (turns) => {
      let chance = 0;
      const backoff = new Backoff(() => chance);
      for (const [drawn, connectedFor] of turns) {
        chance = drawn;
        const wait = backoff.next(connectedFor);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(60_000);
        expect(Number.isInteger(wait)).toBe(true);
      }
    }),
  );
});
