import { expect, it } from 'vitest';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { lanesOf, spanOf, stepFrom } from './marks';

const row = (
  id: `c${number}`,
  task: number,
  madeAt: number,
  parent: `c${number}` | null = null,
): CheckpointRow => ({
  ...{ id, task, madeAt, parent, job: 'b1.melt', step: 0, attempt: 'a-1', node: 'local', type: 'FULL' },
  ...{ name: id, folder: '/out', files: [{ path: id, bytes: task * 100, hash: 'ab' }], at: null },
  ...{ foundAt: madeAt, broken: null, tag: null, dropped: false, jobName: 'melt', stepName: 'main' },
  ...{ label: `frame ${task}`, nodeName: 'local', isNext: false, usedBy: [], branches: [] },
});

const rows = [row('c4', 9, 50_000), row('c3', 2, 90_000, 'c1'), row('c2', 9, 70_000), row('c1', 2, 10_000)];
const lanes = lanesOf(rows, spanOf(rows), 500);

it('each task has its lane, and each checkpoint its place by the clock', () => {
  expect(lanes.map(({ label, marks }) => [label, marks.map((mark) => mark.row.id)])).toEqual([
    ['frame 2', ['c1', 'c3']],
    ['frame 9', ['c4', 'c2']],
  ]);
  const [first, last] = lanes[0]?.marks ?? [];
  expect(last?.after).toEqual({ x: first?.x, y: first?.y });
  expect(first?.x).toBeGreaterThan(14);
  expect(last?.x).toBeLessThan(486);
});

it('keys lead from one to the next, also to the nearest of another task', () => {
  const to = (...asked: [`c${number}` | null, Parameters<typeof stepFrom>[2]]): string | undefined =>
    stepFrom(lanes, ...asked)?.id;
  expect(to(null, 'left')).toBe('c3');
  expect(to('c3', 'left')).toBe('c1');
  expect(to('c1', 'left')).toBe('c1');
  expect(to('c1', 'down')).toBe('c4');
  expect(to('c2', 'up')).toBe('c3');
  expect(to('c2', 'first')).toBe('c4');
  expect(stepFrom([], null, 'last')).toBeNull();
});
