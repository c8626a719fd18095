import { describe, expect, test } from 'vitest';
import type { Action } from '../../../shared/model/batch';
import { step } from '../../engine/farm-for-tests';
import { asSequence, numberIn, sequencesOf } from './sequences';

test.each([
  ['plates/shot.####.exr', 'plates/', 'shot.', '.exr', 4, null],
  ['shot.#.exr', '', 'shot.', '.exr', null, null],
  ['shot_%04d.png', '', 'shot_', '.png', 4, null],
  ['shot%d.png', '', 'shot', '.png', 1, null],
  ['shot.[001-120].png', '', 'shot.', '.png', 3, [1, 120]],
  ['/a/b.{{ Frame }}.bgeo.sc', '/a/', 'b.', '.bgeo.sc', 1, null],
])('%s', (path, folder, before, after, digits, span) => {
  expect(asSequence(path)).toEqual({ folder, before, after, digits, span });
});

test.each([
  'shot.exr',
  'take#1.exr',
  'a.####.####.exr',
  'shot.####',
  '####',
  '100%.png',
  'f/{{Frame}}/a.##.exr',
])('%s is one file', (path) => expect(asSequence(path)).toBe(null));

test('the number of a file, with as many digits as it has to have', () => {
  const number = (path: string, file: string): number | null => {
    const sequence = asSequence(path);
    if (sequence === null) throw new Error(`${path} is no sequence`);
    return numberIn(sequence, file);
  };
  expect(number('a.####.exr', 'a.0012.exr')).toBe(12);
  expect(number('a.####.exr', 'a.12345.exr')).toBe(12345);
  expect(number('a.####.exr', 'a.12.exr')).toBe(null);
  expect(number('a.%d.exr', 'a.0012.exr')).toBe(null);
  expect(number('a.#.exr', 'a.0012.exr')).toBe(12);
  for (const other of ['b.0012.exr', 'a.0012.png', 'a.00x2.exr', 'a..exr', 'a.exr'])
    expect(number('a.####.exr', other)).toBe(null);
});

describe('what a step reads of them', () => {
  const output = { folder: '/renders', isNamed: true, parent: '/' };
  const of = (action: Action, parameters = {}): readonly string[] =>
    sequencesOf({
      ...{ batch: 'Shot', job: 'comp', output, pathOn: (path: string): string => path },
      step: step({ folder: '/shots', action, parameters }),
    }).map(({ name, isSure }) => `${name}${isSure ? '' : '?'}`);
  const run = (text: string): Action => ({ kind: 'script', text });

  test('what a program reads for sure, and what may be an input', () => {
    expect(of(run('ffmpeg -i plates/a.%04d.png film.mp4'))).toEqual(['plates/a.%04d.png']);
    expect(of(run('comp {{Plates}} -F {{Frame}} -o out.####.exr'), { Plates: '/p/a.####.exr' })).toEqual([
      '/p/a.####.exr?',
    ]);
    expect(of({ kind: 'command', argv: ['denoise', 'noisy.{{Frame}}.exr'] })).toEqual([
      'noisy.{{Frame}}.exr?',
    ]);
    expect(of({ kind: 'prepared', text: '', program: null, reads: ['In'] }, { In: '/p/a.####.exr' })).toEqual(
      ['/p/a.####.exr'],
    );
  });

  test('nothing that the step has made itself, or that lies where results go', () => {
    expect(of(run('set -e\nrender x\nffmpeg -i a.%04d.png film.mp4'))).toEqual([]);
    expect(of(run('ffmpeg -i /renders/a.%04d.png film.mp4'))).toEqual([]);
    expect(of(run('ffmpeg -i "$FOLDER/a.%04d.png" film.mp4'))).toEqual([]);
  });
});
