import { describe, expect, it } from 'vitest';
import { search, wishOf } from './typed';

describe('what is typed or pasted on the first page', () => {
  it.each([
    'blender -b shot.blend -s 1 -e 100 -a',
    'povray +Iscene.pov +W640',
    'lmp -in in.melt',
    './run.sh all',
    'echo a; echo b',
    'cd shots\nblender -b a.blend -a',
    '/usr/bin/blender -b shot.blend -a',
    'OMP_NUM_THREADS=4 gmx mdrun',
  ])('is a command line: %s', (text) => {
    expect(wishOf(` ${text}\n`)).toEqual({ kind: 'command', text, folder: null });
  });

  it.each([
    ['/home/ada/shot 042.blend', '/home/ada/shot 042.blend'],
    ["'/home/ada/shot 042.blend'", '/home/ada/shot 042.blend'],
    ['file:///home/ada/shot%20042.blend', '/home/ada/shot 042.blend'],
    ['file:///C:/shots/a.blend', 'C:/shots/a.blend'],
    ['C:\\shots\\a.blend', 'C:\\shots\\a.blend'],
  ])('is a file: %s', (text, path) => {
    expect(wishOf(text)).toEqual({ kind: 'file', path });
  });

  it.each(['', 'blender', 'film of frames', 'povray render', 'file:///%'])('is searched for: %j', (text) => {
    expect(wishOf(text)).toBeNull();
  });
});

it('finds what has all of the words', () => {
  const film = { title: 'Film', description: 'Makes a film of frames', files: [] };
  const blender = { title: 'Blender', description: 'Renders frames', files: ['*.blend'] };
  const found = (typed: string): readonly string[] =>
    search([film, blender], typed).map(({ title }) => title);
  expect(found('')).toEqual(['Film', 'Blender']);
  expect(found('frames rend')).toEqual(['Blender']);
  expect(found('.blend')).toEqual(['Blender']);
  expect(found('frames of nothing')).toEqual([]);
});
