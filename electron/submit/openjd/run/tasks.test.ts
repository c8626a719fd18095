import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunks, ParameterSpace } from '../model';
import { countOf, parseRanges, sequenceOf } from '../ranges';
import { allTasks, firstTasks, theseTasks } from './tasks';
import type { TaskSource } from './task-source';

/** The product of A, the chunks, and B. */
function space(
  a: readonly string[],
  chunkTexts: readonly string[],
  b: readonly string[],
  chunks: Chunks,
): ParameterSpace {
  return {
    combination: { kind: 'product', of: [] },
    parameters: [
      {
        name: 'A',
        type: 'STRING',
        values: { kind: 'texts', texts: a },
        count: BigInt(a.length),
        chunks: null,
      },
      {
        name: 'Frame',
        type: 'CHUNK[INT]',
        values: { kind: 'chunks', ranges: [], chunks },
        count: BigInt(chunkTexts.length),
        chunks,
      },
      {
        name: 'B',
        type: 'STRING',
        values: { kind: 'texts', texts: b },
        count: BigInt(b.length),
        chunks: null,
      },
    ],
    taskCount: BigInt(a.length * chunkTexts.length * b.length),
    taskParametersAt(index) {
      const at = Number(index);
      const pick = (texts: readonly string[], stride: number): string =>
        texts[Math.floor(at / stride) % texts.length] ?? '';
      return [
        { name: 'A', type: 'STRING', value: pick(a, b.length * chunkTexts.length) },
        { name: 'Frame', type: 'CHUNK[INT]', value: pick(chunkTexts, b.length) },
        { name: 'B', type: 'STRING', value: pick(b, 1) },
      ];
    },
  };
}

function textsOf(source: TaskSource, seconds: (task: string) => number = () => 1): readonly string[] {
  const texts: string[] = [];
  for (let task = source.next(); task !== null; task = source.next()) {
    const text = task.map(({ value }) => value).join(' ');
    texts.push(text);
    source.took(seconds(text));
  }
  return texts;
}

const fixed: Chunks = { defaultTaskCount: 2, targetRuntimeSeconds: 0, rangeConstraint: 'CONTIGUOUS' };

test('tasks come in the order of the space', () =>
  expect(textsOf(allTasks(space(['x', 'y'], ['1-2', '3-3'], ['p', 'q'], fixed)))).toEqual([
    'x 1-2 p',
    'x 1-2 q',
    'x 3-3 p',
    'x 3-3 q',
    'y 1-2 p',
    'y 1-2 q',
    'y 3-3 p',
    'y 3-3 q',
  ]));

test('not more than wanted', () => {
  expect(textsOf(firstTasks(allTasks(space(['x'], ['1-2', '3-3'], ['p'], fixed)), 1))).toEqual(['x 1-2 p']);
  expect(textsOf(theseTasks([[{ name: 'A', type: 'STRING', value: 'z' }]]))).toEqual(['z']);
});

describe('chunks that adapt', () => {
  const adaptive = (chunks: Partial<Chunks> = {}): Chunks => ({
    defaultTaskCount: 10,
    targetRuntimeSeconds: 60,
    rangeConstraint: 'CONTIGUOUS',
    ...chunks,
  });
  const ofFrames = (texts: readonly string[], chunks: Chunks, secondsAFrame: number): readonly string[] =>
    textsOf(allTasks(space(['x'], texts, ['p'], chunks)), (text) => framesIn(text) * secondsAFrame).map(
      (text) => text.split(' ')[1] ?? '',
    );
  const framesIn = (text: string): number => {
    const ranges = parseRanges(text.split(' ')[1] ?? '');
    return ranges.ok ? Number(ranges.ranges.reduce((sum, range) => sum + countOf(range), 0n)) : 0;
  };

  test('grow little by little when there is time, and keep to where the range has gaps', () =>
    expect(ofFrames(['1-10', '11-20', '21-30', '40-49', '50-50'], adaptive(), 1)).toEqual([
      '1-10',
      '11-30',
      '40-50',
    ]));

  test('shrink when each takes too long, to one at least', () => {
    const chunks = ofFrames(['1-10', '11-100'], adaptive({ targetRuntimeSeconds: 1 }), 100);
    expect(chunks[0]).toBe('1-10');
    expect(chunks.at(-1)).toBe('100-100');
    expect(chunks.length).toBeGreaterThan(3);
  });

  test('may have gaps when they are allowed to', () =>
    expect(ofFrames(['1-9:2', '20,30'], adaptive({ rangeConstraint: 'NONCONTIGUOUS' }), 1)).toEqual([
      '1-9:2,20,30',
    ]));

  test('of steps they have one value each when gaps are not allowed', () =>
    expect(ofFrames(['1-7:3', '8-8'], adaptive(), 1)).toEqual(['1-1', '4-4', '7-8']));

  test('all values come once for each combination of the others, whatever is measured', () => {
    const some = (prefix: string) =>
      fc
        .integer({ min: 1, max: 3 })
        .map((count) => Array.from({ length: count }, (_, at) => `${prefix}${at}`));
    const values = fc.uniqueArray(fc.bigInt({ min: -20n, max: 40n }), { minLength: 1, maxLength: 30 });
    const constraint = fc.constantFrom('CONTIGUOUS' as const, 'NONCONTIGUOUS' as const);
    fc.assert(
      fc.property(
        some('a'),
        values,
        some('b'),
        constraint,
        fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1 }),
        (a, given, b, rangeConstraint, seconds) => {
          const frames = given.toSorted((x, y) => Number(x - y));
          const source = allTasks(space(a, frames.map(String), b, adaptive({ rangeConstraint })));
          let measured = 0;
          const tasks = textsOf(source, () => seconds[measured++ % seconds.length] ?? 0);
          const seen = new Map<string, bigint[]>();
          for (const task of tasks) {
            const [first = '', text = '', last = ''] = task.split(' ');
            const ranges = parseRanges(text);
            if (!ranges.ok) throw new Error(text);
            if (rangeConstraint === 'CONTIGUOUS') expect(ranges.ranges).toMatchObject([{ step: 1n }]);
            const sequence = sequenceOf(ranges.ranges);
            const those = Array.from({ length: Number(sequence.count) }, (_, index) =>
              sequence.at(BigInt(index)),
            );
            seen.set(`${first} ${last}`, [...(seen.get(`${first} ${last}`) ?? []), ...those]);
          }
          expect(seen.size).toBe(a.length * b.length);
          for (const those of seen.values()) expect(those).toEqual(frames);
        },
      ),
    );
  });
});
