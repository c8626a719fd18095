import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, type Ran } from './fold';

const second = 1000;
const window = { from: 0, to: 100 * second, grain: second, lanes: 4, focus: null };
const ran = (from: number, to: number | null, more: Partial<Ran> = {}): Ran => ({
  from,
  to,
  job: 'b1.melt',
  step: 0,
  task: 0,
  end: to === null ? 'running' : 'completed',
  ...more,
});
const times = (attempts: readonly Ran[]): readonly string[] =>
  fold(attempts, window, 100 * second).bars.map(
    ({ lane, from, to, attempts: count }) => `${lane}: ${from}-${to ?? 'now'} x${count}`,
  );

describe('attempts as bars', () => {
  test('what runs at once lies in lanes, what follows goes on in the first that is free', () => {
    expect(times([ran(0, 5000), ran(2000, 9000), ran(5000, 8000), ran(8500, null)])).toEqual([
      '0: 0-5000 x1',
      '1: 2000-9000 x1',
      '0: 5000-8000 x1',
      '0: 8500-now x1',
    ]);
  });

  test('short ones of a job, one after the other, are one bar, however long it gets', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ran(index * 100, index * 100 + 90));
    expect(times(many)).toEqual(['0: 0-99990 x1000']);
  });

  test('one that failed among short ones is seen', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      ran(index * 500, index * 500 + 500, index === 15 ? { end: 'failed' } : {}),
    );
    const { bars } = fold(many, window, 0);
    expect(bars.map(({ attempts, ends }) => [attempts, ends.failed])).toEqual([
      [15, 0],
      [1, 1],
      [14, 0],
    ]);
  });

  test('several jobs within a point are told as mixed, by the one that is looked for', () => {
    const several = [ran(0, 100), ran(100, 200, { job: 'b2.bake' }), ran(200, 300, { job: 'b3.look' })];
    expect(fold(several, { ...window, focus: 'b2.bake' }, 0).bars).toMatchObject([
      { job: 'b2.bake', isMixed: true, attempts: 3, task: null },
    ]);
  });

  test('more at once than there are lanes is told as how much it was', () => {
    const five = Array.from({ length: 5 }, (_, task) => ran(0, 8000, { task }));
    expect(fold(five, window, 0)).toMatchObject({
      lanes: 5,
      isDense: true,
      bars: [
        { from: 0, to: 4000, load: 5, attempts: 5 },
        { from: 4000, to: 8000, load: 5 },
        { from: 8000, load: 0, ends: { completed: 5 } },
      ],
    });
  });
});

const attempt = fc
  .record({
    from: fc.integer({ min: 0, max: 90_000 }),
    length: fc.option(fc.integer({ min: 0, max: 20_000 }), { freq: 20 }),
    job: fc.constantFrom('b1.a', 'b1.b', 'b2.c'),
    end: fc.constantFrom('completed', 'failed', 'stopped'),
  })
  .map(({ from, length, job, end }) =>
    length === null ? ran(from, null, { job }) : ran(from, from + length, { job, end }),
  );

test('no attempt is lost, no two bars of a lane overlap, and there are never more than can be seen', () => {
  fc.assert(
    fc.property(
      fc.array(attempt, { maxLength: 300 }),
      fc.integer({ min: 1, max: 300 }),
      (attempts, lanes) => {
        const { bars, isDense, lanes: used } = fold(attempts, { ...window, lanes }, 100 * second);
        if (isDense) {
          expect(bars.length).toBeLessThanOrEqual(26);
          const busy = bars.reduce((sum, { load }) => sum + load * 4 * second, 0);
          const ranFor = attempts.reduce((sum, { from, to }) => sum + (to ?? 100 * second) - from, 0);
          const cut = attempts.reduce((sum, { to }) => sum + Math.max(0, (to ?? 0) - 100 * second), 0);
          expect(Math.abs(busy - (ranFor - cut))).toBeLessThan(1);
          return;
        }
        expect(used).toBeLessThanOrEqual(lanes);
        expect(bars.reduce((sum, bar) => sum + bar.attempts, 0)).toBe(attempts.length);
        const freeFrom = new Map<number, number>();
        for (const { lane, from, to } of bars) {
          expect(from).toBeGreaterThanOrEqual(freeFrom.get(lane) ?? 0);
          freeFrom.set(lane, to ?? Infinity);
        }
        for (let lane = 0; lane < used; lane++)
          expect(bars.filter((bar) => bar.lane === lane).length).toBeLessThanOrEqual(2 * 110 + 2);
      },
    ),
  );
});
