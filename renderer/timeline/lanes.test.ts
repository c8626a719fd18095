import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedBar, RanBar, RanRow } from '../../shared/ipc/timeline';
import { placed, runningAt } from './lanes';

const now = 1000;
const ran = (lane: number, from: number, to: number | null, job: RanBar['job'] = 'b1.melt'): RanBar => ({
  lane,
  from,
  to,
  job,
  step: 0,
  task: 0,
  isMixed: false,
  attempts: 1,
  ends: { running: to === null ? 1 : 0, completed: to === null ? 0 : 1, failed: 0, stopped: 0 },
  load: 1,
});
const row = (...bars: readonly RanBar[]): RanRow => ({ node: 'local', lanes: 2, isDense: false, bars });
const planned = (from: number, to: number, job: PlannedBar['job'] = 'b1.melt'): PlannedBar => ({
  from,
  to,
  job,
  step: 0,
  tasks: 1,
  runs: false,
});

test('what runs goes on in its lane, and what comes lies in the first that is free', () => {
  const there = row(ran(0, 0, null), ran(1, 0, null, 'b2.bake'));
  const coming = [planned(900, 2000, 'b2.bake'), planned(900, 1500), planned(1500, 1800, 'b3.look')];
  const found = placed(there, coming, now);
  expect(found.planned.map(({ job, lane, from, to }) => [job, lane, from, to])).toEqual([
    ['b2.bake', 1, now, 2000],
    ['b1.melt', 0, now, 1500],
    ['b3.look', 0, 1500, 1800],
  ]);
  expect(found.lanes).toBe(2);
});

test('what was expected before now is not', () => {
  expect(placed(undefined, [planned(0, now)], now).planned).toEqual([]);
});

test('counts what ran at a moment', () => {
  const found = placed(row(ran(0, 0, 500), ran(1, 100, null)), [], now);
  expect([runningAt(found, 50), runningAt(found, 200), runningAt(found, 600)]).toEqual([1, 2, 1]);
});

test('no two of what is expected lie on each other', () => {
  const bar = fc
    .record({ from: fc.integer({ min: 0, max: 5000 }), length: fc.integer({ min: 1, max: 3000 }) })
    .map(({ from, length }) => planned(from, from + length));
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 100 }), fc.nat(3), (bars, running) => {
      const there = row(...Array.from({ length: running }, (_, lane) => ran(lane, 0, null)));
      const found = placed(there, bars, now);
      const freeFrom = new Map<number, number>();
      for (const { lane, from, to } of found.planned.toSorted((a, b) => a.from - b.from)) {
        expect(from).toBeGreaterThanOrEqual(freeFrom.get(lane) ?? now);
        expect(lane).toBeLessThan(found.lanes);
        freeFrom.set(lane, to);
      }
      expect(found.planned).toHaveLength(bars.filter(({ to }) => to > now).length);
    }),
  );
});
