import { describe, expect, it } from 'vitest';
import type { LogPiece } from '../../../shared/ipc/logs';
import { continueLog, linesOf, joinLines, restartLog } from './log';
import { lineAtRow, rowOfByte, wrapLines } from './wrap';

const whole = 'first line\nsecond line\nthird line\n';
const piece = (from: number, to: number, attempt: LogPiece['attempt'] = 'a-1'): LogPiece => ({
  attempt,
  from,
  to,
  size: whole.length,
  text: whole.slice(from, to),
  complete: false,
});

describe('a log', () => {
  it('goes on, and starts over with a new attempt', () => {
    let log = restartLog(piece(0, 15));
    log = continueLog(log, [piece(15, 20), piece(20, 34)]);
    expect(log.lines.map((line) => line.text)).toEqual(['first line', 'second line', 'third line']);
    log = continueLog(log, [piece(0, 5, 'a-2')]);
    expect(log.lines.map((line) => line.text)).toEqual(['first']);
    expect(log.attempt).toBe('a-2');
  });

  it('starts over behind what was left out', () => {
    const log = continueLog(restartLog(piece(0, 11)), [piece(23, 34)]);
    expect(log.lines.map((line) => [line.at, line.text])).toEqual([[23, 'third line']]);
    expect(log.from).toBe(23);
  });

  it('joins what was loaded before it, also in the middle of a line', () => {
    const later = restartLog(piece(15, 34));
    const all = joinLines(linesOf(piece(0, 15)), later.lines);
    expect(all.map((line) => [line.at, line.text])).toEqual([
      [0, 'first line'],
      [11, 'second line'],
      [23, 'third line'],
    ]);
    expect(joinLines(linesOf(piece(0, 11)), restartLog(piece(11, 34)).lines)).toHaveLength(3);
  });
});

describe('wrapping', () => {
  const { lines } = restartLog(piece(0, 34));
  const wrapped = wrapLines(lines, 6);

  it('gives each line the rows it takes', () => {
    expect([...wrapped.firstRows]).toEqual([0, 2, 4, 6]);
    expect([0, 1, 2, 5].map((row) => lineAtRow(wrapped, row))).toEqual([0, 0, 1, 2]);
  });

  it('finds a line again by its place in the log', () => {
    expect([0, 11, 12, 99].map((at) => rowOfByte(lines, wrapped, at))).toEqual([0, 2, 4, 6]);
  });
});
