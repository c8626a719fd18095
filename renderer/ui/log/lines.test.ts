import { describe, expect, it } from 'vitest';
import { LogReader, byteLength, stretchesOf } from './lines';
import type { LogLine } from './lines';
import { applySgr, colourOf, isBold, plain } from './styles';

const generous = { lines: 1000, characters: 1_000_000 };

function read(...pieces: string[]): readonly LogLine[] {
  const reader = new LogReader(0, generous);
  let from = 0;
  for (const piece of pieces) {
    reader.add(piece, from);
    from += byteLength(piece);
  }
  return reader.lines();
}
const texts = (lines: readonly LogLine[]): string[] => lines.map((line) => line.text);

describe('lines', () => {
  it('keeps empty lines, and an open last one', () => {
    expect(texts(read('one\n\nthr', 'ee'))).toEqual(['one', '', 'three']);
  });

  it('ends lines at CR LF, also when a piece ends between the two', () => {
    expect(texts(read('one\r', '\ntwo\r\n'))).toEqual(['one', 'two']);
  });

  it('writes over the line after a carriage return, as a terminal does', () => {
    expect(texts(read('frame 10 %\rframe 20', ' %\rframe 100 %\n'))).toEqual(['frame 100 %']);
    expect(texts(read('abcdef\rXY'))).toEqual(['XYcdef']);
    expect(texts(read('abcdef\rXY\u001b[K'))).toEqual(['XY']);
  });

  it('steps back, and widens tabs', () => {
    expect(texts(read('ab\bc\tx'))).toEqual(['ac      x']);
  });

  it('knows the byte where each line starts', () => {
    const lines = read('aé€\n', '😀x\ny');
    expect(lines.map((line) => line.at)).toEqual([0, 7, 13]);
  });

  it('breaks a line that never ends', () => {
    const lines = read('x'.repeat(200_000));
    expect(lines.length).toBeGreaterThan(2);
    expect(texts(lines).join('')).toHaveLength(200_000);
  });

  it('keeps only the end', () => {
    const reader = new LogReader(0, { lines: 3, characters: 1000 });
    reader.add('1\n2\n3\n4\n5\n', 0);
    expect(reader.lines().map((line) => [line.at, line.text])).toEqual([
      [4, '3'],
      [6, '4'],
      [8, '5'],
    ]);
    const small = new LogReader(0, { lines: 1000, characters: 10 });
    small.add('12345678\nabcdef\nxyz\n', 0);
    expect(texts(small.lines())).toEqual(['abcdef', 'xyz']);
  });
});

describe('control codes', () => {
  it('swallows what it does not know', () => {
    expect(
      texts(read('a\u0000\u0007b\u001b[2Jc\u001b]0;title\u0007d\u001b]8;;http://x\u001b\\e\u001b(Bf\u009bg')),
    ).toEqual(['abcdefg']);
  });

  it('holds back a sequence that a border between pieces cuts', () => {
    const [line] = read('a\u001b', '[3', '1mred');
    expect(line?.text).toBe('ared');
    expect(line?.runs.map((run) => [run.end, colourOf(run.style)])).toEqual([
      [1, null],
      [4, 1],
    ]);
  });

  it('does not swallow a log behind a string that nobody closes', () => {
    expect(texts(read('\u001b]0;no end\nshown\n'))).toEqual(['', 'shown']);
  });
});

describe('styles', () => {
  it('follows SGR', () => {
    const red = applySgr(plain, '1;31');
    expect([colourOf(red), isBold(red)]).toEqual([1, true]);
    expect(colourOf(applySgr(red, '39'))).toBeNull();
    expect(applySgr(red, '')).toBe(plain);
    expect(colourOf(applySgr(plain, '92'))).toBe(10);
    expect(colourOf(applySgr(plain, '38;5;3;4'))).toBe(3);
    expect(colourOf(applySgr(plain, '38;2;31;32;33'))).toBeNull();
  });

  it('goes on over lines and is written over with the text', () => {
    const [first, second] = read('\u001b[31mred\nstill\u001b[0m plain\rSTI');
    expect(first?.runs.map((run) => colourOf(run.style))).toEqual([1]);
    expect(
      second === undefined ? [] : stretchesOf(second, 0, 11).map((part) => [part.text, colourOf(part.style)]),
    ).toEqual([
      ['STI', null],
      ['ll', 1],
      [' plain', null],
    ]);
  });

  it('cuts stretches at the borders of a row', () => {
    const [line] = read('ab\u001b[32mcdef\u001b[0mgh');
    expect(line === undefined ? [] : stretchesOf(line, 3, 7).map((part) => part.text)).toEqual(['def', 'g']);
  });
});
