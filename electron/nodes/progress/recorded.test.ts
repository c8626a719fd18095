/** Each file of `recorded/` is what a real program has printed, shortened. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Program } from '../../../shared/model/progress';
import type { Progress } from './parser';
import { readPieces, readWhole, recorded, type Reading } from './recordings-for-tests';

interface Recording extends Reading {
  readonly name: string;
  readonly program: Program;
  /** Some of its phrases with what they go with, in order; the last one is the end. */
  readonly phrases: readonly (readonly [phrase: string, percent: number | null])[];
}

const animation = 'blender -b orrery.blend -s 1 -e 4 -a';
const recordings: readonly Recording[] = [
  {
    ...{ name: 'blender-cycles', program: 'blender', command: 'blender -b orrery.blend -f 7' },
    phrases: [
      ['Preparing', 0],
      ['Sample 1 of 24, about 5 s left', 4],
      ['Sample 24 of 24', 100],
      ['Saved', 100],
    ],
  },
  {
    ...{ name: 'blender-tiles', program: 'blender' },
    phrases: [
      ['Preparing', 0],
      ['Tile 1 of 15, about 4 s left', 7],
      ['Tile 8 of 15, about 2 s left', 53],
      ['Saved', 100],
    ],
  },
  {
    ...{ name: 'blender-eevee', program: 'blender' },
    phrases: [
      ['Sample 1 of 16', 6],
      ['Saved', 100],
    ],
  },
  {
    ...{ name: 'blender-frames', program: 'blender', command: animation },
    phrases: [
      ['Frame 1 of 4, preparing', 0],
      ['Frame 1 of 4, saved', 25],
      ['Frame 3 of 4, sample 1 of 24', 51],
      ['Frame 4 of 4, saved', 100],
    ],
  },
  {
    ...{ name: 'blender-movie', program: 'blender', command: animation },
    phrases: [
      ['Frame 1 of 4, saved', 25],
      ['Frame 4 of 4, saved', 100],
    ],
  },
  {
    ...{ name: 'povray-one', program: 'povray' },
    phrases: [
      ['1,024 of 14,400 pixels', 7],
      ['14,400 of 14,400 pixels', 100],
    ],
  },
  {
    ...{ name: 'povray-frames', program: 'povray' },
    phrases: [
      ['Frame 1 of 3', 0],
      ['Frame 2 of 3, 1,024 of 14,400 pixels', 36],
      ['Frame 3 of 3, 14,400 of 14,400 pixels', 100],
    ],
  },
  {
    ...{ name: 'ffmpeg', program: 'ffmpeg' },
    phrases: [
      ['0:00 of 0:20', 0],
      ['0:10 of 0:20, about 9 s left', 53],
      ['0:19 of 0:20', 100],
    ],
  },
  {
    ...{ name: 'ffmpeg-keys', program: 'ffmpeg' },
    phrases: [
      ['0:02 of 0:20, about 15 s left', 12],
      ['0:19 of 0:20', 100],
    ],
  },
  {
    ...{ name: 'gromacs', program: 'gromacs' },
    phrases: [
      ['Step 0 of 20,000', 0],
      ['Step 4,000 of 20,000, about 2 s left', 20],
      ['Step 20,000 of 20,000', 100],
    ],
  },
  {
    ...{ name: 'gromacs-long', program: 'gromacs' },
    phrases: [['Step 56,000 of 9,000,000, will finish Sat Nov 21 20:19', 1]],
  },
  {
    ...{ name: 'gromacs-resumed', program: 'gromacs' },
    phrases: [
      ['Step 56,000 of 66,000, about 10 s left', 85],
      ['Step 66,000 of 66,000', 100],
    ],
  },
  {
    ...{ name: 'gromacs-minimise', program: 'gromacs' },
    phrases: [
      ['Minimising, step 0 of at most 200', null],
      ['Minimising, step 16 of at most 200', null],
    ],
  },
  {
    ...{ name: 'lammps-echo', program: 'lammps' },
    phrases: [
      ['Step 0 of 6,000', 0],
      ['Step 300 of 6,000, about 15 s left', 5],
      ['Step 6,000 of 6,000', 100],
    ],
  },
  {
    ...{ name: 'lammps', program: 'lammps' },
    phrases: [
      ['Step 300, about 14 s left', null],
      ['Step 6,000', null],
    ],
  },
  {
    ...{ name: 'openfoam', program: 'openfoam' },
    phrases: [
      ['Time 0.001 of 0.01', 10],
      ['Time 0.008 of 0.01', 80],
      ['Time 0.01 of 0.01', 100],
    ],
  },
  { ...{ name: 'openfoam-alone', program: 'openfoam' }, phrases: [['Time 0.001', null]] },
];

const percentOf = ({ fraction }: Progress): number | null =>
  fraction === null ? null : Math.round(fraction * 100);

describe.each(recordings)('$name', ({ name, program, phrases, ...reading }) => {
  const output = recorded(name);
  const changes = readWhole(output, reading);

  test('is recognised, and told in words', () => {
    const told = changes.map((progress) => [progress.phrase, percentOf(progress)]);
    let from = 0;
    for (const [phrase, percent] of phrases) {
      const at = told.findIndex((one, index) => index >= from && one[0] === phrase && one[1] === percent);
      expect(told.slice(from), phrase).toContainEqual([phrase, percent]);
      from = at;
    }
    expect(told.at(-1)).toEqual(phrases.at(-1));
  });

  test('is the same where its program is named, and nothing where it must not be read', () => {
    expect(readWhole(output, { ...reading, rule: { kind: 'program', program } })).toEqual(changes);
    expect(readWhole(output, { ...reading, rule: { kind: 'program', program: 'openjd' } })).toEqual([]);
    expect(readWhole(output, { ...reading, rule: { kind: 'none' } })).toEqual([]);
  });

  test('never goes back', () => {
    const fractions = changes.flatMap(({ fraction }) => fraction ?? []);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  });

  test('ends the same wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(output.length), { maxLength: 4 }), (cuts) => {
        const ends = [...cuts.toSorted((one, other) => one - other), output.length];
        const pieces = ends.map((end, index) => output.subarray(ends[index - 1] ?? 0, end));
        expect(readPieces(pieces, reading)).toEqual(changes);
      }),
      { numRuns: 30 },
    );
  });
});

test('one program after the other: each is told in its own words', () => {
  const both = Buffer.concat([recorded('blender-cycles'), recorded('ffmpeg'), recorded('gromacs')]);
  const changes = readWhole(both);
  expect(changes).toContainEqual({ fraction: 1, phrase: 'Saved' });
  expect(changes).toContainEqual({ fraction: 1, phrase: '0:19 of 0:20' });
  expect(changes.at(-1)).toEqual({ fraction: 1, phrase: 'Step 20,000 of 20,000' });
});

test('the same program again begins again', () => {
  const twice = readWhole(Buffer.concat([recorded('blender-cycles'), recorded('blender-cycles')]));
  expect(twice.filter(({ phrase }) => phrase === 'Sample 1 of 24, about 5 s left')).toHaveLength(2);
  expect(twice.at(-1)).toEqual({ fraction: 1, phrase: 'Saved' });
});

test('how far a film of unknown length is, is not guessed', () => {
  const changes = readWhole(recorded('blender-frames'), { command: 'blender -b orrery.blend -a' });
  expect(changes.every(({ fraction }) => fraction === null)).toBe(true);
  expect(changes.at(-1)?.phrase).toBe('Frame 4, saved');
});

test('no garbage throws, or leaves 0 to 1', () => {
  const lines = recordings.flatMap(({ name }) =>
    recorded(name)
      .toString('latin1')
      .split(/[\r\n]+/),
  );
  const numbers = fc.constantFrom('-1', '0', '999999999999999999999', 'NaN', '1e400', '00', '/', ':');
  const mangled = fc
    .tuple(fc.constantFrom(...lines), fc.array(numbers, { minLength: 1, maxLength: 6 }))
    .map(([line, others]) => {
      let next = 0;
      return line.replace(/\d+/g, (digits) => others[next++ % (2 * others.length)] ?? digits);
    });
  const garbage = fc.oneof(fc.constantFrom(...lines), mangled, fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(garbage, { maxLength: 40 }), fc.constantFrom('', animation), (some, command) => {
      for (const { fraction, phrase } of readWhole(some.join('\n'), { command })) {
        if (fraction !== null) expect(fraction >= 0 && fraction <= 1, `${fraction}`).toBe(true);
        expect(phrase === null || phrase.length <= 300).toBe(true);
      }
    }),
  );
});
