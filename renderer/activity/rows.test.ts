import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../shared/model/history';
import { activityRows, kindOf, noFilter, piecesOf, withFailures, wordsOf } from './rows';
import type { ActivityFilter } from './rows';

const noon = new Date('2026-11-20T12:00:00').getTime();
const entry = (number: number, what: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  number,
  at: noon + number * 1000,
  by: 'ada',
  why: null,
  what,
  about: [],
  ...more,
});
const entries: readonly HistoryEntry[] = [
  entry(5, 'b1 ended: FAILED', { by: null, about: ['b1'] }),
  entry(4, 'lost node box', { by: null, why: 'no route', about: ['node/box'] }),
  entry(3, 'changed the settings of the farm', { by: 'bob' }),
  entry(1, 'submitted b1 Shot 042: 5 tasks', { at: noon - 86_400_000, about: ['b1'] }),
];
const names = (id: string): string | null => (id === 'b1' ? 'Shot 042' : null);
const shown = (filter: Partial<ActivityFilter>): readonly string[] =>
  activityRows(entries, { ...noFilter, ...filter }, names).map((row) =>
    row.kind === 'day' ? 'day' : row.key,
  );

describe('what happened', () => {
  it('has a heading for each day', () => {
    expect(shown({})).toEqual(['day', '5', '4', '3', 'day', '1']);
  });

  it('is filtered by words, kind and person; what a batch is called counts', () => {
    expect(shown({ text: 'shot 042' })).toEqual(['day', '5', 'day', '1']);
    expect(shown({ text: 'ROUTE lost' })).toEqual(['day', '4']);
    expect(shown({ kinds: new Set(['nodes', 'farm']) })).toEqual(['day', '4', '3']);
    expect(shown({ by: 'Drover' })).toEqual(['day', '5', '4']);
    expect(shown({ by: 'ada', text: 'nothing' })).toEqual([]);
  });

  it('has the tasks that failed in their time, as far back as the rest is known', () => {
    const failures = [
      entry(-2, '3 tasks of b1.film failed on box', { at: noon + 4500, about: ['b1.film', 'b1'] }),
      entry(-1, '1 task of b1.film failed on box', { at: noon - 2 * 86_400_000, about: ['b1.film', 'b1'] }),
    ];
    const keys = (isAll: boolean): readonly number[] =>
      withFailures(entries, failures, isAll).map(({ number }) => number);
    expect(keys(false)).toEqual([5, -2, 4, 3, 1]);
    expect(keys(true)).toEqual([5, -2, 4, 3, 1, -1]);
    expect(withFailures(entries, [], true)).toBe(entries);
  });

  it('keeps a row as it is while others come', () => {
    const before = activityRows(entries, noFilter, names);
    const after = activityRows([entry(9, 'b2 ended: COMPLETED'), ...entries], noFilter, names);
    expect(after[2]).toBe(before[1]);
  });

  it('is of a kind by what it is about', () => {
    expect(entries.map(kindOf)).toEqual(['work', 'nodes', 'farm', 'work']);
  });

  it('says ends as people do', () => {
    expect(entries.map(wordsOf).slice(0, 2)).toEqual(['b1 has failed', 'lost node box']);
  });

  it('links what it is about, where that stands alone', () => {
    const linked = (what: string, about: readonly string[]): string =>
      piecesOf(what, about)
        .map((piece) => (piece.about === null ? piece.text : `[${piece.text}]`))
        .join('');
    expect(linked('held b1.film, b1.film-2', ['b1.film', 'b1', 'b1.film-2'])).toBe(
      'held [b1.film], [b1.film-2]',
    );
    expect(linked('submitted b1 Shot b12: 5 tasks', ['b1'])).toBe('submitted [b1] Shot b12: 5 tasks');
    expect(linked('set node a.b aside', ['node/a.b'])).toBe('set node [a.b] aside');
  });

  it('loses no words in pieces, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (what, about) => {
        const text = piecesOf(what, about)
          .map((piece) => piece.text)
          .join('');
        expect(text).toBe(what);
      }),
    );
  });
});
