import { describe, expect, it } from 'vitest';
import { scrollToRow, virtualRange } from './virtualRange';

describe('virtualRange', () => {
  it('covers what is in sight and a few rows more', () => {
    expect(virtualRange(3600, 360, 36, 10_000, 2)).toEqual({ first: 98, end: 112 });
  });

  it('stays within the rows', () => {
    expect(virtualRange(0, 360, 36, 4, 6)).toEqual({ first: 0, end: 4 });
    expect(virtualRange(99_999, 360, 36, 4, 6)).toEqual({ first: 4, end: 4 });
    expect(virtualRange(0, 0, 36, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe('scrollToRow', () => {
  it('moves no further than needed', () => {
    expect(scrollToRow(5, 0, 360, 36)).toBe(0);
    expect(scrollToRow(10, 0, 360, 36)).toBe(36);
    expect(scrollToRow(2, 360, 360, 36)).toBe(72);
  });
});
