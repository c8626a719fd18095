import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostShown, piecesOf, rank } from './rank';
import type { Searchable } from './rank';

const entry = (title: string, words = '', weight = 0): Searchable => ({ title, words, weight });
const titles = (typed: string, entries: readonly Searchable[]): readonly string[] =>
  rank(typed, entries).best.map((one) => one.entry.title);
const marked = (typed: string, title: string): string =>
  rank(typed, [entry(title)])
    .best.flatMap(({ marks }) => piecesOf(title, marks))
    .map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))
    .join('');

describe('what is typed into the palette', () => {
  it('finds what begins with it before what only has it, and letters with others between last', () => {
    const entries = [entry('A tree, burnt'), entry('overburn'), entry('Burn'), entry('Bear under rain')];
    expect(titles('burn', entries)).toEqual(['Burn', 'A tree, burnt', 'overburn', 'Bear under rain']);
  });

  it('needs every word, in any order, in the title or what else is known', () => {
    const entries = [entry('melt', 'Shot 042 b7.melt'), entry('melt', 'Shot 043 b8.melt')];
    expect(rank('042 melt', entries).best.map((one) => one.entry)).toEqual([entries[0]]);
    expect(titles('melt nowhere', entries)).toEqual([]);
  });

  it('prefers what weighs more where both fit as well', () => {
    expect(titles('cancel', [entry('Cancel it', '', 0), entry('Cancel me', '', 8)])).toEqual([
      'Cancel me',
      'Cancel it',
    ]);
  });

  it('has everything in its order when nothing is typed', () => {
    expect(titles('  ', [entry('b'), entry('a', '', 9)])).toEqual(['b', 'a']);
  });

  it('marks what was typed in the title', () => {
    expect(marked('shot 04', 'Shot 042')).toBe('[Shot] [04]2');
    expect(marked('trnt', 'Big turntable')).toBe('Big [t]u[rnt]able');
    expect(marked('able tur', 'turntable')).toBe('[tur]nt[able]');
  });

  it('shows the best of many and tells how many there are', () => {
    const entries = Array.from({ length: 10_000 }, (_, number) => entry(`frame ${number}`));
    const { best, found } = rank('frame 77', entries);
    expect(best).toHaveLength(mostShown);
    expect(best[0]?.entry.title).toBe('frame 77');
    expect(found).toBe(entries.filter(({ title }) => /77/.test(title) || / 7.*7/.test(title)).length);
  });

  it('marks lie within the title, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (title, typed) => {
        for (const { marks } of rank(typed, [entry(title)]).best) {
          const pieces = piecesOf(title, marks);
          expect(pieces.map(({ text }) => text).join('')).toBe(title);
          expect(pieces.every(({ text }) => text !== '')).toBe(true);
        }
      }),
    );
  });
});
