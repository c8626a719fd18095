import { describe, expect, it } from 'vitest';
import {
  cellAfterKey,
  cellAt,
  cellsInSight,
  elementHeight,
  gridShape,
  highestElement,
  placeOf,
  scrollOfTop,
  topOfScroll,
} from './geometry';

describe('the shape of the grid', () => {
  it('makes few cells large and many small', () => {
    expect(gridShape(24, 600, 400).pitch).toBe(64);
    expect(gridShape(200, 600, 400).pitch).toBe(30);
    expect(gridShape(1_000_000, 600, 400).pitch).toBe(11);
  });

  it('has larger cells when it is zoomed, up to the largest', () => {
    expect(gridShape(1_000_000, 600, 400, 1).pitch).toBe(15);
    expect(gridShape(1_000_000, 600, 400, 50).pitch).toBe(64);
    expect(gridShape(24, 600, 400, 1).pitch).toBe(64);
  });

  it('always has a column', () => {
    expect(gridShape(10, 0, 0).columns).toBe(1);
  });

  it.each([24, 1000, 1_000_000])('finds each of %d cells where it puts it', (count) => {
    const shape = gridShape(count, 640, 480);
    for (const index of [0, 1, shape.columns, count >> 1, count - 1]) {
      const { x, y } = placeOf(shape, index);
      expect(cellAt(shape, x, y)).toBe(index);
      expect(cellAt(shape, x + shape.pitch - shape.gap - 1, y + shape.pitch - shape.gap - 1)).toBe(index);
    }
  });

  it('has nothing beside the cells', () => {
    const shape = gridShape(5, 640, 480);
    expect(cellAt(shape, -10, 5)).toBeNull();
    expect(cellAt(shape, 5, 479)).toBeNull();
    expect(cellAt(shape, 5 + 5 * shape.pitch, 5)).toBeNull();
  });

  it('draws only what is in sight', () => {
    const shape = gridShape(1_000_000, 640, 480);
    const top = 110 * shape.pitch;
    const { first, end } = cellsInSight(shape, top, 480);
    expect(placeOf(shape, first).y).toBeLessThanOrEqual(top);
    expect(placeOf(shape, end).y).toBeGreaterThanOrEqual(top + 480);
    expect(end - first).toBeLessThan(4000);
    expect(cellsInSight(shape, shape.height - 480, 480).end).toBe(1_000_000);
  });
});

describe('keys', () => {
  const shape = gridShape(100, 400, 400);
  const after = (index: number, key: string): number | null => cellAfterKey(shape, index, key, 5);

  it('stay in the grid', () => {
    expect(after(0, 'ArrowLeft')).toBe(0);
    expect(after(3, 'ArrowUp')).toBe(3);
    expect(after(99, 'ArrowDown')).toBe(99);
    expect(after(99, 'PageDown')).toBe(99);
    expect(after(50, 'End')).toBe(99);
    expect(after(3, 'ArrowDown')).toBe(3 + shape.columns);
    expect(after(3, 'x')).toBeNull();
  });
});

describe('a grid higher than an element may be', () => {
  const shape = gridShape(100_000_000, 400, 800);

  it('is scrolled over a shorter height, end to end', () => {
    expect(elementHeight(shape)).toBe(highestElement);
    expect(topOfScroll(shape, 0, 800)).toBe(0);
    expect(topOfScroll(shape, highestElement - 800, 800)).toBeCloseTo(shape.height - 800);
    expect(scrollOfTop(shape, topOfScroll(shape, 1234, 800), 800)).toBeCloseTo(1234);
  });
});
