import { describe, expect, it } from 'vitest';
import { frameOf, sequencesOf } from './sequences';

const files = (...paths: readonly string[]) => paths.map((path) => ({ path, bytes: 10, changedAt: 0 }));
const summary = (...paths: readonly string[]) =>
  sequencesOf(files(...paths)).map(({ name, files: { length } }) => `${name} ${length}`);

describe('sequences of results', () => {
  it('are frames of the same name, in order, pictures first', () => {
    expect(summary('log.txt', 'film.0010.png', 'film.0002.png', 'beauty/film.0002.png')).toEqual([
      'beauty/film.0002.png 1',
      'film.####.png 2',
      'log.txt 1',
    ]);
    const [film] = sequencesOf(files('film.10.png', 'film.9.png', 'film.100.png'));
    expect(film?.files.map(frameOf)).toEqual(['9', '10', '100']);
  });

  it('go by the last number of the name, not by those of its folders or ending', () => {
    expect(summary('v2/shot3_0001_beauty.png', 'v2/shot3_0002_beauty.png')).toEqual([
      'v2/shot3_####_beauty.png 2',
    ]);
    expect(summary('part1.mp4', 'part2.mp4')).toEqual(['part#.mp4 2']);
    expect(frameOf({ path: 'v2/still.png', bytes: 1, changedAt: 0 })).toBe('still.png');
  });
});
