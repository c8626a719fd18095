import { expect, test } from 'vitest';
import { aligned } from './align';
import { walk } from './walk';

const box = (id: string, x: number, y: number, height = 60) => ({ id, x, y, width: 200, height });

test('boxes are set in a line, in a row, or apart by the same space', () => {
  const boxes = [box('a', 10, 0), box('b', 50, 100, 40), box('c', 30, 300)];
  expect([...aligned(boxes, 'left').values()].map(({ x }) => x)).toEqual([10, 10, 10]);
  const row = aligned(boxes, 'middle');
  expect(row.get('a')?.y).toBe((row.get('b')?.y ?? 0) - 10);
  expect([...aligned(boxes, 'spread').values()].map(({ y }) => y)).toEqual([0, 160, 300]);
  expect(aligned([], 'spread').size).toBe(0);
});

test('arrow keys lead along edges, and up and down a column', () => {
  const boxes = [
    box('a', 0, 100),
    box('b', 300, 0),
    box('c', 300, 100),
    box('d', 300, 200),
    box('e', 0, 300),
  ];
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'd' },
    { from: 'e', to: 'd' },
  ];
  expect(walk(boxes, edges, 'a', 'right')).toBe('b');
  expect(walk(boxes, edges, 'd', 'left')).toBe('a');
  expect(walk(boxes, edges, 'b', 'down')).toBe('c');
  expect(walk(boxes, edges, 'b', 'up')).toBeNull();
  expect(walk(boxes, edges, 'c', 'left')).toBeNull();
  expect(walk(boxes, edges, 'gone', 'left')).toBe('a');
});
