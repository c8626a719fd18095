import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Checkpoint } from '../../shared/model/checkpoint';
import { mostAtOnce, tooMany } from './keep-rule';

const hour = 3_600_000;

const one = (number: number, more: Partial<Checkpoint> = {}): Checkpoint => ({
  ...{ id: `c${number}`, job: 'b1.run', step: 0, task: 0, attempt: 'a-1', node: 'local', type: 'FULL' },
  ...{ name: 's', folder: '/out', files: [], at: null, parent: null, foundAt: number, madeAt: number },
  ...{ broken: null, tag: null, dropped: false, ...more },
});

test('the newest stay, what has a tag, and the first of each span', () => {
  const known = [
    one(9, { madeAt: 5.5 * hour }),
    one(8, { madeAt: 5.2 * hour, broken: 'cut short' }),
    one(7, { madeAt: 5.1 * hour }),
    one(6, { madeAt: 3.9 * hour }),
    one(5, { madeAt: 3.5 * hour }),
    one(4, { madeAt: 2.5 * hour, dropped: true }),
    one(3, { madeAt: 2.2 * hour, tag: 'calm' }),
    one(2, { madeAt: 0.2 * hour }),
  ];
  expect(tooMany(known, { last: 1, everyMs: null })).toEqual(['c8', 'c7', 'c6', 'c5', 'c2']);
  expect(tooMany(known, { last: 2, everyMs: hour })).toEqual(['c8', 'c6']);
});

test('those that the newest is nothing without stay with it', () => {
  const more = { type: 'INCREMENTAL' } as const;
  const known = [
    one(5, { ...more, parent: 'c4' }),
    one(4, { ...more, parent: 'c2' }),
    one(3, more),
    one(2, { ...more, parent: 'c1' }),
    one(1),
  ];
  expect(tooMany(known, { last: 1, everyMs: null })).toEqual(['c3']);
});

test('the best by a reported value stay, of equal ones the newest; what is coming counts', () => {
  const valued = (number: number, loss: number, more: Partial<Checkpoint> = {}): Checkpoint =>
    one(number, { values: { loss }, ...more });
  const known = [
    one(7),
    valued(6, 0.5),
    valued(5, 0.1, { broken: 'cut short' }),
    valued(4, 0.2),
    valued(3, 0.2),
    valued(2, 0.9),
    valued(1, 0.3),
  ];
  const given = (is: 'min' | 'max', count: number, coming = {}) =>
    tooMany(known, { last: 1, everyMs: null, best: { name: 'loss', is, count } }, coming);
  expect(given('min', 1)).toEqual(['c6', 'c5', 'c3', 'c2', 'c1']);
  expect(given('min', 3)).toEqual(['c6', 'c5', 'c2']);
  expect(given('max', 1)).toEqual(['c6', 'c5', 'c4', 'c3', 'c1']);
  expect(given('min', 1, { loss: 0.01 })).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1']);
  expect(given('min', 1, { loss: 7, other: 0 })).toEqual(['c6', 'c5', 'c3', 'c2', 'c1']);
});

test('the newest that can be used is never given up, and nothing is that was given up already', () => {
  const loss = fc.option(fc.integer({ min: 0, max: 5 }));
  const any = fc.record({ broken: fc.boolean(), dropped: fc.boolean(), tagged: fc.boolean(), loss });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), fc.integer({ min: 0, max: 5 }), (states, last) => {
      const known = states
        .map(({ broken, dropped, tagged, loss: value }, number) =>
          one(number, {
            ...{ broken: broken ? 'x' : null, dropped, tag: tagged ? 't' : null },
            ...(value === null ? {} : { values: { loss: value } }),
          }),
        )
        .toReversed();
      const best = { name: 'loss', is: 'min', count: 1 } as const;
      const given = tooMany(known, { last, everyMs: null, best });
      const left = known.filter(({ id, dropped }) => !dropped && !given.includes(id));
      const usable = known.find(({ broken, dropped }) => broken === null && !dropped);
      if (usable !== undefined) expect(left).toContain(usable);
      const valuesOf = (some: readonly Checkpoint[]): readonly number[] =>
        some.flatMap(({ broken, dropped, values }) =>
          broken !== null || dropped || values === undefined ? [] : Object.values(values),
        );
      expect(Math.min(...valuesOf(left))).toBe(Math.min(...valuesOf(known)));
      expect(
        known.filter(({ tag, dropped }) => tag !== null && !dropped).every((c) => left.includes(c)),
      ).toBe(true);
      expect(given.every((id) => known.some((c) => c.id === id && !c.dropped))).toBe(true);
    }),
  );
});

test('of many at once only the newest are needed, unless others of them may be wanted', () => {
  const keep = { last: 2, everyMs: null };
  expect(mostAtOnce({ type: 'FULL', keep })).toBe(2);
  expect(mostAtOnce({ type: 'FULL', keep: { last: 2, everyMs: hour } })).toBe(Infinity);
  expect(mostAtOnce({ type: 'INCREMENTAL', keep })).toBe(Infinity);
});
