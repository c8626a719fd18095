import { describe, expect, it } from 'vitest';
import { lineAround } from './log-search';

describe('the line of a match', () => {
  const log = Buffer.from('first\r\nthe second\r\nlast');
  it('is whole, without its end', () => {
    expect(lineAround(log, 0, 11, 6)).toEqual({ at: 7, text: 'the second' });
    expect(lineAround(log, 0, 0, 5)).toEqual({ at: 0, text: 'first' });
    expect(lineAround(log, 0, 19, 4)).toEqual({ at: 19, text: 'last' });
  });

  it('may be several, or begin with the end of one', () => {
    expect(lineAround(log, 0, 2, 8)).toEqual({ at: 0, text: 'first\r\nthe second' });
    expect(lineAround(log, 0, 6, 4)).toEqual({ at: 0, text: 'first\r\nthe second' });
  });

  it('is what is around the match when it is very long, and cuts no character in two', () => {
    const long = Buffer.from(`${'é'.repeat(5000)}x${'é'.repeat(5000)}`);
    const { at, text } = lineAround(long.subarray(9000), 9000, 10_000, 1);
    expect(text).toBe(`${'é'.repeat(256)}x${'é'.repeat(512)}`);
    expect(at).toBe(10_000 - 512);
    const odd = lineAround(long.subarray(9001), 9001, 10_002, 2);
    expect(odd.text).not.toContain('\ufffd');
  });
});
