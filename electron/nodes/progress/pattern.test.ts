import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nothingTold, type Progress } from './parser';
import { patternReader } from './pattern';

function readBy(pattern: string, lines: readonly string[]): Progress {
  const reader = patternReader(pattern);
  reader.read(lines);
  return reader.progress;
}

test.each([
  [String.raw`(?<progress>[\d.]+) ?%`, ['done 12.5 %', 'no'], { fraction: 0.125, phrase: null }],
  [
    String.raw`f=(?<fraction>\S+)`,
    ['f=0.25', 'f=2', 'f=x', 'f=-1', 'f=NaN'],
    { fraction: 0.25, phrase: null },
  ],
  [
    String.raw`(?<phrase>Tile (?<done>\d+)/(?<total>\d+))`,
    ['Tile 0/0', 'Tile 3/4'],
    { fraction: 0.75, phrase: 'Tile 3/4' },
  ],
  [
    String.raw`^(?:stage (?<phrase>.*)|(?<progress>\d+))$`,
    ['stage two', '7'],
    { fraction: 0.07, phrase: 'two' },
  ],
])('%s', (pattern, lines, expected) => {
  expect(readBy(pattern, lines)).toEqual(expected);
});

test('is not tried on lines that are too long', () => {
  expect(readBy('(?<progress>5)', [`${'x'.repeat(2000)}5`])).toEqual(nothingTold);
});

test('one that would take for ever is ended, given up after three times, and that is told', () => {
  const endless = '^(?<progress>(?:[0-9]+)+)$';
  const bad = `${'1'.repeat(1900)}!`;
  const reader = patternReader(endless);
  reader.read(['50']);
  for (let times = 0; times < 3; times++) reader.read([bad]);
  expect(reader.progress).toEqual({ fraction: 0.5, phrase: null });
  const givenUp = 'The progress pattern takes too long, and is not read any more';
  reader.read(['60']);
  expect(reader.progress).toEqual({ fraction: 0.5, phrase: givenUp });
  const many = Array.from({ length: 1000 }, () => bad);
  expect(readBy(endless, many), 'of another attempt').toEqual({ fraction: null, phrase: givenUp });
});

test('one that this runtime does not know is told', () => {
  expect(readBy('(?<progress', ['5']).phrase).toBe('This Drover cannot read the progress pattern');
});

test('no line leaves 0 to 1', () => {
  const pattern = String.raw`(?<progress>\S+)|(?<done>\S+) of (?<total>\S+)`;
  const number = fc.oneof(fc.double().map(String), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          number,
          fc.tuple(number, number).map((two) => two.join(' of ')),
        ),
      ),
      (lines) => {
        const { fraction } = readBy(pattern, lines);
        expect(fraction === null || (fraction >= 0 && fraction <= 1)).toBe(true);
      },
    ),
  );
});
