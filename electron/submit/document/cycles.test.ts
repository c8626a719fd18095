import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycles } from './cycles';

test('names the way round from the first job of the file', () => {
  const predecessors = new Map([
    ['start', []],
    ['melt', ['start', 'beauty']],
    ['beauty', ['melt']],
    ['film', ['beauty']],
  ]);
  expect(findCycles(predecessors, 50)).toEqual([['melt', 'beauty', 'melt']]);
});

test('finds a cycle exactly when there is no order', () => {
  const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
      const before = new Map(
        names.map((name, to) => [name, pairs.filter(([, b]) => b === to).flatMap(([a]) => names[a] ?? [])]),
      );
      const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
        (before.get(from) ?? []).some(
          (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
        );
      const cycles = findCycles(before, 50);
      expect(cycles.length > 0).toBe(names.some((name) => reaches(name, name)));
      for (const cycle of cycles) {
        expect(cycle[0]).toBe(cycle.at(-1));
        for (const [index, name] of cycle.slice(1).entries())
          expect(before.get(name)).toContain(cycle[index]);
      }
    }),
    { numRuns: 1000 },
  );
});
