import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endInWords } from './graph';
import { end, jobsNamed, link } from './graph-for-tests';
import { Ways } from './loop';

const loop = (jobs: readonly string[], edges: readonly string[], wish: string): string | null => {
  const known = jobsNamed(...jobs);
  const ways = edges.map(link).flatMap(({ from, to }) => (from === null ? [] : [{ from, to }]));
  const { from, to } = link(wish);
  const found = from === null ? null : new Ways(known, ways).loopThrough(from, to);
  return found?.map((one) => endInWords(known, one)).join(' → ') ?? null;
};

describe('a loop that an edge would close', () => {
  it('is told with the way around it', () => {
    expect(loop(['a', 'b', 'c', 'd'], ['a > b', 'b > c', 'a > d'], 'c > a')).toBe('c → a → b → c');
    expect(loop(['a', 'b', 'c'], ['a > b', 'b > c'], 'a > c')).toBeNull();
    expect(loop(['a'], [], 'a > a')).toBe('a → a');
  });

  it('goes through steps, and through jobs as a whole', () => {
    const jobs = ['film(draw grade send)', 'check'];
    expect(loop(jobs, ['film/0 > check'], 'check > film/1')).toBeNull();
    expect(loop(jobs, ['film/0 > check'], 'check > film/0')).toBe('check → film / draw → check');
    expect(loop(jobs, ['film > check'], 'check > film/1')).toBe('check → film / grade → film → check');
    expect(loop([...jobs, 'last'], ['check > film', 'film > last'], 'last > check')).toBe(
      'last → check → film → last',
    );
    expect(loop(jobs, [], 'film/0 > film')).not.toBeNull();
  });

  it('is found exactly when one is there', () => {
    const count = 12;
    const names = Array.from({ length: count }, (_, index) => `j${index}`);
    const pair = fc.tuple(fc.nat(count - 1), fc.nat(count - 1));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), pair, (pairs, [from, to]) => {
        const forward = pairs.filter(([a, b]) => a < b);
        const after = (start: number, seen = new Set<number>()): Set<number> => {
          seen.add(start);
          for (const [a, b] of forward) if (a === start && !seen.has(b)) after(b, seen);
          return seen;
        };
        const ways = new Ways(
          jobsNamed(...names),
          forward.map(([a, b]) => ({ from: end(`j${a}`), to: end(`j${b}`) })),
        );
        const found = ways.loopThrough(end(`j${from}`), end(`j${to}`));
        expect(found !== null).toBe(after(to).has(from));
        // Every two that follow each other on it are joined.
        for (const [index, one] of (found ?? []).entries()) {
          const next = found?.[index + 1];
          if (next === undefined) continue;
          const step = [Number(one.job.slice(4)), Number(next.job.slice(4))] as const;
          expect([[from, to] as const, ...forward]).toContainEqual(step);
        }
      }),
    );
  });
});
