import { describe, expect, it } from 'vitest';
import { columnsThatFit, movedTo, nextSort, templateOf, widthOf } from './columns';
import { clicked, moved, noMarks } from './marks';

const columns = [
  { id: 'name', width: 'minmax(200px, 1fr)' },
  { id: 'owner', width: '100px', isMinor: true },
  { id: 'state', width: '150px' },
  { id: 'age', width: '90px', isMinor: true },
];
const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

describe('the columns of a table', () => {
  it('leave out minor ones, the last first, until there is room', () => {
    expect(widthOf(columns, {})).toBe(580);
    expect(ids(columnsThatFit(columns, {}, 580))).toEqual(['name', 'owner', 'state', 'age']);
    expect(ids(columnsThatFit(columns, {}, 579))).toEqual(['name', 'owner', 'state']);
    expect(ids(columnsThatFit(columns, { name: 300 }, 560))).toEqual(['name', 'state']);
    expect(ids(columnsThatFit(columns, {}, 1))).toEqual(['name', 'state']);
  });

  it('are as wide as they were made, and fill the table', () => {
    expect(templateOf(columns, { owner: 120 })).toBe('minmax(200px, 1fr) 120px 150px 90px');
    expect(templateOf(columns, { name: 240 })).toBe('240px 100px 150px minmax(90px, 1fr)');
  });

  it('are moved before one another, and sorted up, down, and not', () => {
    expect(movedTo(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
    expect(movedTo(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a']);
    expect(movedTo(['a', 'b', 'c'], 'a', 'x')).toEqual(['a', 'b', 'c']);
    const once = nextSort(null, 'a');
    expect(once).toEqual({ column: 'a', direction: 'ascending' });
    expect(nextSort(once, 'b')).toEqual({ column: 'b', direction: 'ascending' });
    expect(nextSort(nextSort(once, 'a'), 'a')).toBeNull();
  });
});

describe('selecting rows', () => {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const plain = { shift: false, command: false };
  const shift = { shift: true, command: false };
  const command = { shift: false, command: true };
  const marked = ({ marked: set }: typeof noMarks): string => [...set].toSorted().join('');

  it('with the mouse', () => {
    const one = clicked(noMarks, keys, 'b', plain);
    expect(marked(one)).toBe('b');
    const range = clicked(one, keys, 'd', shift);
    expect(marked(range)).toBe('bcd');
    expect(marked(clicked(range, keys, 'a', shift))).toBe('ab');
    const without = clicked(range, keys, 'c', command);
    expect(marked(without)).toBe('bd');
    expect(marked(clicked(without, keys, 'e', { shift: true, command: true }))).toBe('bcde');
    expect(marked(clicked(range, keys, 'e', plain))).toBe('e');
  });

  it('with the keyboard, also when the row where it began is gone', () => {
    const one = moved(noMarks, keys, 'c', plain);
    expect(marked(moved(one, keys, 'a', shift))).toBe('abc');
    expect(marked(moved(one, keys, 'e', command))).toBe('c');
    expect(marked(moved(one, ['a', 'b', 'd'], 'd', shift))).toBe('d');
  });
});
