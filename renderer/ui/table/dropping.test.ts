import { expect, test } from 'vitest';
import { dropAt } from './dropping';

/** The depth is how far in the name stands. */
const rows = ['a', '.a1', '.a2', 'b', '.b1', 'c'];
const placeOf = (row: string) => ({ level: row.startsWith('.') ? 2 : 1, isExpanded: null });
const at = (dragged: string, y: number): string => {
  const drop = dropAt(rows, dragged, y, placeOf);
  return drop === null ? 'nowhere' : `${drop.side} ${drop.to}, line ${drop.line}`;
};

test('a row goes before or after one that is as deep, with all that is under it', () => {
  expect(at('c', 0.2)).toBe('before a, line 0');
  expect(at('c', 0.8)).toBe('after a, line 3');
  expect(at('c', 2.1)).toBe('after a, line 3');
  expect(at('a', 5.9)).toBe('after c, line 6');
  expect(at('a', 99)).toBe('after c, line 6');
  expect(at('a', 1.5), 'over itself').toBe('nowhere');
  expect(at('.a1', 2.7)).toBe('after .a2, line 3');
  expect(at('.b1', 1.2)).toBe('before .a1, line 1');
});
