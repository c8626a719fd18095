import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsAround, isWithin, sameCells } from './cells';

const sight = fc.record({
  x: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  y: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  zoom: fc.double({ min: 0.02, max: 2, noNaN: true }),
  width: fc.integer({ min: 1, max: 4000 }),
  height: fc.integer({ min: 1, max: 4000 }),
});

test('all that is in sight is within the cells, and little of what is not', () => {
  fc.assert(
    fc.property(sight, fc.double({ min: 0, max: 1, noNaN: true }), (seen, part) => {
      const { x, y, zoom, width, height } = seen;
      const cells = cellsAround(seen);
      const at = { x: (width * part - x) / zoom, y: (height * part - y) / zoom };
      expect(isWithin(cells, { id: 'a', ...at, width: 1e-3, height: 1e-3 })).toBe(true);
      const slack = 1.001;
      expect((cells.right - cells.left) * zoom).toBeLessThanOrEqual(2.5 * width * slack);
      expect((cells.bottom - cells.top) * zoom).toBeLessThanOrEqual(2.5 * height * slack);
    }),
  );
});

test('they stay the same while little moves', () => {
  const seen = { x: -1000, y: -1000, zoom: 1, width: 1000, height: 800 };
  expect(sameCells(cellsAround(seen), cellsAround({ ...seen, x: -1100, y: -1100, zoom: 1.1 }))).toBe(false);
  const within = { ...seen, x: -1010, y: -810 };
  expect(sameCells(cellsAround(within), cellsAround({ ...within, x: -1200, y: -1000 }))).toBe(true);
});
