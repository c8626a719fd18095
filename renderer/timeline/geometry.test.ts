import { expect, test } from 'vitest';
import type { RanBar } from '../../shared/ipc/timeline';
import { barAt, laneBox } from './geometry';
import { placed } from './lanes';

const view = { span: { from: 0, to: 1000 }, width: 1000, rowHeight: 40, now: 900 };
const bar = (lane: number, from: number, to: number | null): RanBar => ({
  lane,
  from,
  to,
  job: 'b1.melt',
  step: 0,
  task: 0,
  isMixed: false,
  attempts: 1,
  ends: { running: 0, completed: 1, failed: 0, stopped: 0 },
  load: 1,
});
const row = placed(
  { node: 'local', lanes: 2, isDense: false, bars: [bar(0, 100, 200), bar(1, 150, null)] },
  [{ from: 900, to: 950, job: 'b1.melt', step: 0, tasks: 3, runs: false }],
  900,
);

test('lanes share the height of a row, and a single one does not fill it', () => {
  expect(laneBox(1, 0, 84).height).toBe(22);
  const [upper, lower] = [laneBox(2, 0, 40), laneBox(2, 1, 40)];
  expect(upper.y + upper.height).toBeLessThanOrEqual(lower.y);
  expect(lower.y + lower.height).toBeLessThanOrEqual(40);
});

test('the pointer finds the bar under it, what still runs until now, and what is expected', () => {
  const upper = laneBox(2, 0, 40).y + 5;
  const lower = laneBox(2, 1, 40).y + 5;
  expect(barAt(row, 120, upper, view)?.bar.from).toBe(100);
  expect(barAt(row, 800, lower, view)?.bar.from).toBe(150);
  expect(barAt(row, 920, lower, view)).toMatchObject({ kind: 'planned', bar: { tasks: 3 } });
  expect(barAt(row, 500, upper, view)).toBeNull();
  expect(barAt(row, 98.5, upper, view)?.bar.from).toBe(100);
});
