import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogReader } from './lines';
import type { LogLine } from './lines';
import { markAt, markedStretches, marksIn } from './marks';

function lineOf(text: string, at = 0): LogLine {
  const reader = new LogReader(at, { lines: 10, characters: 10_000 });
  reader.add(text, at);
  return reader.lines()[0] ?? { at, text: '', runs: [] };
}

describe('marks', () => {
  it('are where the text stands, whatever the case of its ASCII letters', () => {
    expect(marksIn(lineOf('Error: no error, ERRO'), 'error').map(({ from }) => from)).toEqual([0, 10]);
    expect(marksIn(lineOf('É é'), 'é').map(({ from }) => from)).toEqual([2]);
    expect(marksIn(lineOf('İx'), 'x').map(({ from }) => from)).toEqual([1]);
    expect(marksIn(lineOf('aaa'), 'aa')).toHaveLength(1);
  });

  it('belong to the byte where their match begins', () => {
    const line = lineOf('é fox, 😀 fox, fox', 100);
    const marks = marksIn(line, 'fox');
    expect([103, 113, 118].map((at) => markAt(line, marks, at)?.from)).toEqual([2, 10, 15]);
    expect(markAt(line, [], 103)).toBeNull();
  });

  it('cut a line into stretches that make it up again, each in its style', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', '\u001b[31m', '\u001b[0m'), { maxLength: 20 });
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom('a', 'ab', 'ba', 'aab'),
        fc.nat(10),
        fc.nat(10),
        (parts, wanted, from, count) => {
          const line = lineOf(parts.join(''));
          const to = Math.min(line.text.length, from + count);
          const marks = marksIn(line, wanted);
          const stretches = markedStretches(line, from, to, marks);
          expect(stretches.map(({ text }) => text).join('')).toBe(line.text.slice(from, Math.max(from, to)));
          let at = from;
          for (const { text, mark } of stretches) {
            for (let character = 0; character < text.length; character++, at++)
              expect(mark).toBe(marks.find((one) => one.from <= at && at < one.to) ?? null);
          }
        },
      ),
    );
  });
});
