import { describe, expect, it } from 'vitest';
import { asAtFirst, inOrder, readArrangement } from './arrangement';

describe('the columns as a person arranged them', () => {
  it('are read from whatever lies there', () => {
    for (const raw of [null, 7, 'x', [], { widths: 3, order: 'a', chosen: [], sort: { column: 1 } }])
      expect(readArrangement(raw)).toEqual(asAtFirst);
    const arranged = {
      widths: { name: 240 },
      chosen: { kind: true },
      order: ['state', 'owner'],
      sort: { column: 'name', direction: 'descending' },
    };
    expect(readArrangement(JSON.parse(JSON.stringify(arranged)))).toEqual(arranged);
    expect(readArrangement({ ...arranged, widths: { name: 240, owner: -1, state: 'x' } })).toEqual(arranged);
  });

  it('have new ones behind their neighbours, and forget those that are gone', () => {
    expect(inOrder(['a', 'b', 'c', 'd'], [])).toEqual(['a', 'b', 'c', 'd']);
    expect(inOrder(['a', 'b', 'c', 'd'], ['d', 'x', 'a'])).toEqual(['d', 'a', 'b', 'c']);
    expect(inOrder(['new', 'a', 'b'], ['b', 'a'])).toEqual(['new', 'b', 'a']);
  });
});
