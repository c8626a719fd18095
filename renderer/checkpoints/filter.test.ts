import { describe, expect, it } from 'vitest';
import { parseCheckpointFilter, withStanding } from './filter';

const now = 1_000_000_000;
const read = (text: string): ReturnType<typeof parseCheckpointFilter>['filter'] =>
  parseCheckpointFilter(text, now).filter;

describe('the filter of checkpoints', () => {
  it('is words, what they are words of, and what they are not', () => {
    expect(read('storm "two words" job:melt -node:render1 tag:"before it melts"').words).toEqual([
      { text: 'storm', isNot: false, of: 'any' },
      { text: 'two words', isNot: false, of: 'any' },
      { text: 'melt', isNot: false, of: 'job' },
      { text: 'render1', isNot: true, of: 'node' },
      { text: 'before it melts', isNot: false, of: 'tag' },
    ]);
  });

  it('is limits of how far, how large and how old', () => {
    expect(read('at>=1k at<2.5e-3 size>1.5MB size<=4KiB age<2h').limits).toEqual([
      { of: 'at', is: '>=', value: 1000 },
      { of: 'at', is: '<', value: 0.0025 },
      { of: 'bytes', is: '>', value: 1_500_000 },
      { of: 'bytes', is: '<=', value: 4096 },
      { of: 'madeAt', is: '>', value: now - 7_200_000 },
    ]);
  });

  it('is how they stand, in the beginnings of words too', () => {
    expect(read('is:broken,tag is:used').standings).toEqual(['broken', 'tagged', 'used']);
    expect(withStanding('storm', 'deleted', now)).toBe('storm is:deleted');
    expect(withStanding('is:deleted storm is:kept', 'deleted', now)).toBe('storm is:kept');
  });

  it('tells what it does not understand, and what may be meant', () => {
    const mistakes = (text: string): readonly (string | null)[] =>
      parseCheckpointFilter(text, now).mistakes.map(({ instead }) => instead);
    expect(mistakes('nod:render1')).toEqual(['node:render1']);
    expect(mistakes('is:brokn')).toEqual(['is:broken']);
    expect(mistakes('job>melt')).toEqual(['job:melt']);
    expect(mistakes('size>huge at>far age:2h -is:kept')).toEqual([null, null, null, null]);
    expect(read('size>huge is:what -at>3')).toEqual({ words: [], standings: [], limits: [] });
    expect(mistakes('job: is: "')).toEqual([]);
  });
});
