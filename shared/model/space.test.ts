import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parameterNames, shortTaskLabel, taskCount, taskLabel, taskParameters, type Space } from './space';
import type { TaskOrder } from './space/order';
import type { FrameRange } from './space/ranges';

type Point = Readonly<Record<string, string>>;

const all = (space: Space): Point[] =>
  Array.from({ length: taskCount(space) }, (_, index) => taskParameters(space, index));
const range = (first: number, step: number, count: number): FrameRange => ({ first, step, count });
const mass: Space = { kind: 'values', name: 'Mass', values: ['1', '2.5'] };
const angle: Space = { kind: 'range', name: 'Angle', ranges: [range(0, 45, 3)] };
const frames: Space = { kind: 'frames', ranges: [range(1, 1, 10), range(20, 1, 1), range(30, 2, 6)] };

test('one task has no parameters and no name', () => {
  expect(all({ kind: 'single' })).toEqual([{}]);
  expect(taskLabel({ kind: 'single' }, 0)).toBe('');
  expect(parameterNames({ kind: 'single' })).toEqual([]);
});

test('of all combinations the last parameter changes first', () => {
  const space: Space = { kind: 'product', of: [mass, angle] };
  expect(all(space).map((point) => Object.values(point).join(' '))).toEqual([
    '1 0',
    '1 45',
    '1 90',
    '2.5 0',
    '2.5 45',
    '2.5 90',
  ]);
  expect(parameterNames(space)).toEqual(['Mass', 'Angle']);
});

test('tables and zips have their values side by side', () => {
  const rows: Space = {
    kind: 'rows',
    names: ['A', 'B'],
    rows: [
      ['1', 'x'],
      ['2', 'y'],
    ],
  };
  const zip: Space = {
    kind: 'zip',
    of: [
      { kind: 'range', name: 'A', ranges: [range(1, 1, 2)] },
      { kind: 'values', name: 'B', values: ['x', 'y'] },
    ],
  };
  expect(all(zip)).toEqual(all(rows));
  expect(all(rows)).toEqual([
    { A: '1', B: 'x' },
    { A: '2', B: 'y' },
  ]);
});

test('numbers are spaced evenly, also by factors, and do not show binary fractions', () => {
  const even = { kind: 'even', name: 'X', count: 5 } as const;
  const values = (space: Space): string[] => all(space).map(({ X = '' }) => X);
  expect(values({ ...even, from: 0, to: 1, scale: 'linear' })).toEqual(['0', '0.25', '0.5', '0.75', '1']);
  expect(values({ ...even, from: 0.1, to: 0.5, scale: 'linear' })).toEqual([
    '0.1',
    '0.2',
    '0.3',
    '0.4',
    '0.5',
  ]);
  expect(values({ ...even, from: 0.01, to: 100, scale: 'log' })).toEqual(['0.01', '0.1', '1', '10', '100']);
  expect(values({ ...even, count: 1, from: 3, to: 9, scale: 'linear' })).toEqual(['3']);
});

test('chunks of frames stay within their range, and say where they begin and end', () => {
  const space: Space = { kind: 'frameChunks', ranges: frames.ranges, size: 4 };
  expect(all(space).map(({ Frames }) => Frames)).toEqual(['1-4', '5-8', '9-10', '20', '30-36x2', '38-40x2']);
  expect(taskParameters(space, 4)).toEqual({
    Frames: '30-36x2',
    FirstFrame: '30',
    LastFrame: '36',
    FrameStep: '2',
  });
  expect(taskLabel(space, 2)).toBe('frames 9-10');
  expect(taskLabel(space, 3)).toBe('frame 20');
});

test('chunks of numbers are about as large as each other', () => {
  const chunks = { kind: 'chunks', name: 'Frame', size: 4 } as const;
  const values = (space: Space): string[] => all(space).map(({ Frame = '' }) => Frame);
  expect(values({ ...chunks, ranges: [range(1, 1, 9), range(-3, 1, 1)], contiguous: true })).toEqual([
    '1-3',
    '4-6',
    '7-9',
    '-3--3',
  ]);
  expect(values({ ...chunks, ranges: frames.ranges, contiguous: false })).toEqual([
    '1-4',
    '5-7',
    '8-10,20',
    '30-34:2',
    '36-40:2',
  ]);
});

test.each<[string, TaskOrder, number[]]>([
  ['reverse', { kind: 'reverse' }, [7, 6, 5, 4, 3, 2, 1]],
  ['every third first', { kind: 'every', stride: 3 }, [1, 4, 7, 2, 5, 3, 6]],
  ['every tenth of seven', { kind: 'every', stride: 10 }, [1, 2, 3, 4, 5, 6, 7]],
  ['from the middle out', { kind: 'middleOut' }, [4, 5, 3, 6, 2, 7, 1]],
])('%s', (_, order, expected) => {
  const space: Space = { kind: 'ordered', of: { kind: 'frames', ranges: [range(1, 1, 7)] }, order };
  expect(all(space).map(({ Frame }) => Number(Frame))).toEqual(expected);
});

test('labels say what differs, and are cut where they are long', () => {
  const space: Space = { kind: 'product', of: [mass, angle, frames] };
  expect(taskLabel(space, 0)).toBe('Mass=1, Angle=0, frame 1');
  expect(taskLabel(frames, 10)).toBe('frame 20');
  expect(taskLabel({ kind: 'values', name: 'Frame', values: ['1-3,5'] }, 0)).toBe('frames 1-3,5');
  expect(taskLabel({ kind: 'values', name: 'Scene', values: ['x'.repeat(100)] }, 0)).toHaveLength(46);
  expect([frames, mass, space].map((each) => shortTaskLabel(each, 0))).toEqual(['1', '1', '']);
  expect(shortTaskLabel({ kind: 'frameChunks', ranges: [range(1, 1, 90)], size: 10 }, 8)).toBe('81-90');
  expect(shortTaskLabel({ kind: 'values', name: 'Scene', values: ['a/long/path'] }, 0)).toBe('');
});

test('a task that is not there has no parameters', () => {
  for (const index of [-1, 17, Number.NaN])
    expect(() => taskParameters(frames, index)).toThrow('outside of the step');
});

test('a million tasks, or a quadrillion, are a few numbers', () => {
  const long = (name: string): Space => ({ kind: 'range', name, ranges: [range(1, 1, 1e6)] });
  const huge: Space = { kind: 'product', of: [long('A'), long('B'), { ...angle }] };
  expect(taskCount(huge)).toBe(3e12);
  expect(taskParameters(huge, 3e12 - 1)).toEqual({ A: '1000000', B: '1000000', Angle: '90' });
  const drawn: Space = { kind: 'drawn', of: huge, count: 1000, seed: 7 };
  expect(new Set(all(drawn).map((point) => JSON.stringify(point))).size).toBe(1000);
  expect(JSON.stringify(drawn).length).toBeLessThan(400);
});

// On people's disks there are steps of which the tasks are drawn: what a seed draws must never change.
test('a seed draws the same in every version', () => {
  const letters: Space = { kind: 'values', name: 'L', values: Array.from('abcdefgh') };
  const drawn = all({ kind: 'drawn', of: letters, count: 8, seed: 1 }).map(({ L }) => L);
  expect(drawn.join('')).toBe('hbgafedc');
  const span = { kind: 'span', name: 'X', from: 0, to: 10, scale: 'linear' } as const;
  const sampled = { kind: 'sampled', seed: 42, count: 4, of: [span, letters] } as const;
  expect(all({ ...sampled, method: 'random' }).map(({ X, L }) => `${X} ${L}`)).toEqual([
    '4.87585915956 f',
    '2.39923677244 c',
    '1.01505780858 h',
    '2.74979787332 g',
  ]);
  expect(all({ ...sampled, method: 'latin' }).map(({ X, L }) => `${X} ${L}`)).toEqual([
    '6.21896478989 h',
    '8.09980919311 e',
    '0.253764452144 b',
    '3.18744946833 d',
  ]);
});

test('samples of a Latin hypercube have one value in each part of each dimension', () => {
  const dimension = fc.record({
    from: fc.integer({ min: -50, max: 50 }),
    length: fc.integer({ min: 1, max: 99 }),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 0 }),
      fc.integer({ min: 1, max: 60 }),
      dimension,
      (seed, count, { from, length }) => {
        const space: Space = {
          kind: 'sampled',
          method: 'latin',
          seed,
          count,
          of: [
            { kind: 'span', name: 'X', from, to: from + length, scale: 'linear' },
            { kind: 'range', name: 'Y', ranges: [range(0, 1, count)] },
          ],
        };
        const points = all(space);
        const parts = points.map(({ X }) => Math.floor(((Number(X) - from) / length) * count + 1e-9));
        expect(new Set(parts).size).toBe(count);
        expect(new Set(points.map(({ Y }) => Y)).size).toBe(count);
      },
    ),
  );
});

test('random samples are spread evenly', () => {
  const space: Space = {
    kind: 'sampled',
    method: 'random',
    seed: 3,
    count: 20_000,
    of: [{ kind: 'span', name: 'X', from: 0, to: 10, scale: 'linear' }, mass],
  };
  const inTenths = Array.from({ length: 10 }, () => 0);
  for (const { X, Mass } of all(space)) {
    const tenth = Math.floor(Number(X));
    inTenths[tenth] = (inTenths[tenth] ?? 0) + (Mass === '1' ? 1 : 0);
  }
  for (const count of inTenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

/** All spaces, each with its points written out. */
interface Written {
  readonly space: Space;
  readonly points: readonly Point[];
}

const ranges = fc
  .array(
    fc.record({
      first: fc.integer({ min: -20, max: 20 }),
      step: fc.integer({ min: 1, max: 5 }),
      count: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((found) => found.map(({ count, step, first }) => range(first, count === 1 ? 1 : step, count)));
const numbersOf = (found: readonly FrameRange[]): number[] =>
  found.flatMap(({ first, step, count }) =>
    Array.from({ length: count }, (_, index) => first + index * step),
  );

let names = 0;
/** Of its own, as names are in the spaces of recipes. */
const freshName = (): string => `P${++names}`;

const leaf: fc.Arbitrary<Written> = fc.oneof(
  ranges.map((found): Written => {
    const name = freshName();
    return {
      space: { kind: 'range', name, ranges: found },
      points: numbersOf(found).map((value) => ({ [name]: String(value) })),
    };
  }),
  fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 4 }).map((values): Written => {
    const name = freshName();
    return { space: { kind: 'values', name, values }, points: values.map((value) => ({ [name]: value })) };
  }),
  fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1, maxLength: 4 }).map((rows): Written => {
    const [a, b] = [freshName(), freshName()];
    return {
      space: { kind: 'rows', names: [a, b], rows },
      points: rows.map(([left, right]) => ({ [a]: left, [b]: right })),
    };
  }),
  fc.constant<Written>({ space: { kind: 'single' }, points: [{}] }),
);

const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc
      .array(tie('written'), { minLength: 1, maxLength: 3 })
      .filter((parts) => parts.reduce((count, { points }) => count * points.length, 1) <= 1000)
      .map((parts): Written => ({
        space: { kind: 'product', of: parts.map(({ space }) => space) },
        points: parts.reduce<readonly Point[]>(
          (found, { points }) => found.flatMap((left) => points.map((right) => ({ ...left, ...right }))),
          [{}],
        ),
      })),
    fc
      .tuple(tie('written'), fc.array(fc.nat(40), { maxLength: 6 }))
      .map(([{ space, points }, left]): Written => {
        const out = [...new Set(left)].filter((index) => index < points.length - 1).toSorted((a, b) => a - b);
        return {
          space: {
            kind: 'without',
            of: space,
            at: out.map((index, place) => index - place),
            skipped: out.map((_, place) => place + 1),
          },
          points: points.filter((_, index) => !out.includes(index)),
        };
      }),
    tie('written').map(({ space, points }): Written => ({
      space: { kind: 'ordered', of: space, order: { kind: 'reverse' } },
      points: points.toReversed(),
    })),
  ),
}));

test('any space has the points that it has when it is written out', () => {
  fc.assert(
    fc.property(written, ({ space, points }) => {
      expect(all(space)).toEqual(points);
      expect(parameterNames(space)).toEqual(Object.keys(points[0] ?? {}));
      expect(JSON.parse(JSON.stringify(space))).toEqual(space);
    }),
    { numRuns: 500 },
  );
});

test('every order and every draw has each task once', () => {
  const order = fc.oneof<fc.Arbitrary<TaskOrder>[]>(
    fc.constant({ kind: 'reverse' }),
    fc.constant({ kind: 'middleOut' }),
    fc.integer({ min: 1, max: 300 }).map((stride) => ({ kind: 'every', stride })),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), order, fc.integer(), (count, order, seed) => {
      const of: Space = { kind: 'frames', ranges: [range(0, 1, count)] };
      const once = Array.from({ length: count }, (_, index) => index);
      const found = (space: Space): number[] => all(space).map(({ Frame }) => Number(Frame));
      const inOrder = (numbers: number[]): number[] => numbers.toSorted((a, b) => a - b);
      expect(inOrder(found({ kind: 'ordered', of, order }))).toEqual(once);
      expect(inOrder(found({ kind: 'drawn', of, count, seed }))).toEqual(once);
    }),
  );
});

test('chunks have each number once, in order, and none is too large', () => {
  fc.assert(
    fc.property(ranges, fc.integer({ min: 1, max: 6 }), fc.boolean(), (found, size, contiguous) => {
      const steady = contiguous ? found.map(({ first, count }) => range(first, 1, count)) : found;
      const chunked: Space = { kind: 'chunks', name: 'N', ranges: steady, size, contiguous };
      const groups = all(chunked).map(({ N = '' }) => numbersIn(N));
      expect(groups.flat()).toEqual(numbersOf(steady));
      const sizes = groups.map((group) => group.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(size);
      if (!contiguous) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);

      const frameChunks = all({ kind: 'frameChunks', ranges: found, size });
      const frameGroups = frameChunks.map(({ FirstFrame, LastFrame, FrameStep }) =>
        counted(Number(FirstFrame), Number(LastFrame), Number(FrameStep)),
      );
      expect(frameGroups.flat()).toEqual(numbersOf(found));
      expect(Math.max(...frameGroups.map((group) => group.length))).toBeLessThanOrEqual(size);
    }),
  );
});

/** As OpenJD has them: `1-3,7-19:2`. */
const numbersIn = (text: string): number[] =>
  text.split(',').flatMap((piece) => {
    const [, first = '', last = first, step = '1'] = /^(-?\d+)(?:-(-?\d+)(?::(\d+))?)?$/.exec(piece) ?? [];
    return counted(Number(first), Number(last), Number(step));
  });

const counted = (first: number, last: number, step: number): number[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
