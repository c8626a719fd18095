import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskCount, taskParameters } from '../../../shared/model/space';
import { parseFrames } from './frames';

function framesOf(...texts: string[]): number[] | string {
  const parsed = parseFrames(texts);
  if (!parsed.ok) return parsed.mistakes.map(({ message }) => message).join('; ');
  const space = { kind: 'frames', ranges: parsed.ranges } as const;
  return Array.from({ length: taskCount(space) }, (_, index) =>
    Number(taskParameters(space, index)['Frame']),
  );
}

test.each([
  ['7', [7]],
  ['1-4', [1, 2, 3, 4]],
  ['1-10x3, 20', [1, 4, 7, 10, 20]],
  ['4-1x-1', [4, 3, 2, 1]],
  ['10-1x-4', [10, 6, 2]],
  ['-2-1', [-2, -1, 0, 1]],
  ['-5--3', [-5, -4, -3]],
  ['3-3', [3]],
  [' 1 - 3 , 8 - 6 x -2 ', [1, 2, 3, 8, 6]],
])('%s', (text, frames) => {
  expect(framesOf(text)).toEqual(frames);
});

test('ranges stay ranges, however long', () => {
  expect(parseFrames(['1-10000000'])).toEqual({
    ok: true,
    ranges: [{ first: 1, step: 1, count: 10_000_000 }],
  });
});

test.each([
  ['', 'found nothing'],
  ['1,,2', 'found nothing'],
  ['1-', 'neither a frame nor a range'],
  ['1-x2', 'neither a frame nor a range'],
  ['1.5', 'neither a frame nor a range'],
  ['5-1', '5-1 counts down, so its step has to be below 0: 5-1x-1'],
  ['1-5x-2', '1-5x-2 counts up, so its step has to be above 0: 1-5x2'],
  ['1-5x0', 'a step of 0'],
  ['1-1000000000000', '1-1000000000000 makes 1,000,000,000,000 tasks; a step may have 10,000,000'],
  ['1-6000000,7000000-12000000', 'with 7000000-12000000 there are 11,000,001 tasks'],
  ['12345678901234567890', 'more than 15 digits'],
  ['1-10,5', 'frame 5 is in 1-10 and in 5'],
  ['5,1-10', 'frame 5 is in 5 and in 1-10'],
  ['1-9x2,20-3x-1', 'frame 3 is in 1-9x2 and in 20-3x-1'],
  ['4,4', 'frame 4 is in 4 twice'],
])('%j is refused', (text, message) => {
  expect(framesOf(text)).toContain(message);
});

test('everything that is wrong is told, each with its place', () => {
  expect(parseFrames(['1-3', '5,a,b'])).toMatchObject({
    ok: false,
    mistakes: [
      { text: 1, piece: 'a', index: 2 },
      { text: 1, piece: 'b', index: 4 },
    ],
  });
});

test('frames that mesh without meeting are allowed', () => {
  expect(framesOf('1-9x2,2-10x2')).toHaveLength(10);
});

const piece = fc
  .record({
    first: fc.integer({ min: -30, max: 30 }),
    last: fc.integer({ min: -30, max: 30 }),
    step: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ first, last, step }) => ({ first, last, step: last < first ? -step : step }));

test('agrees with writing every frame out', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const expected: number[] = [];
      for (const { first, last, step } of pieces) {
        for (let frame = first; step > 0 ? frame <= last : frame >= last; frame += step) expected.push(frame);
      }
      const found = framesOf(pieces.map(({ first, last, step }) => `${first}-${last}x${step}`).join(','));
      if (new Set(expected).size === expected.length) expect(found).toEqual(expected);
      else expect(found).toMatch(/each frame is allowed once/);
    }),
    { numRuns: 1000 },
  );
});

test('any text is accepted or refused, never a crash', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('1', '9', '0', '-', 'x', ',', ' ', 'é') }), {
        maxLength: 4,
      }),
      (texts) => {
        const parsed = parseFrames(texts);
        if (parsed.ok)
          for (const { first, step, count } of parsed.ranges)
            expect([first, step, count].every(Number.isSafeInteger)).toBe(true);
        else expect(parsed.mistakes.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1000 },
  );
});
