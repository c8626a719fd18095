import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputLines, type OutputLine } from './output-lines';

function linesOf(pieces: readonly Buffer[], mostBytes?: number): readonly OutputLine[] {
  const found: OutputLine[] = [];
  const lines = new OutputLines((line) => found.push(line), mostBytes);
  for (const piece of pieces) lines.push(piece);
  lines.end();
  return found;
}
const whole = (text: string): OutputLine => ({ text, isCut: false });

test('at line feeds, with or without a carriage return before them', () => {
  expect(linesOf([Buffer.from('one\ntwo\r\n\n10%\r20%\nlast')])).toEqual(
    ['one', 'two', '', '10%\r20%', 'last'].map(whole),
  );
});

test('the same however the bytes arrive, whatever they are', () => {
  const anyBytes = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(anyBytes, fc.array(fc.nat(20)), fc.integer({ min: 1, max: 30 }), (bytes, cuts, most) => {
      const pieces: Buffer[] = [];
      let from = 0;
      for (const cut of cuts) pieces.push(bytes.subarray(from, (from += cut)));
      expect(linesOf([...pieces, bytes.subarray(from)], most)).toEqual(linesOf([bytes], most));
    }),
  );
});

test('of a line without end only the beginning is kept', () => {
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const [line, next] = linesOf([...Array.from({ length: 50 }, () => piece), Buffer.from('\nnext\n')]);
  expect(line).toEqual({ text: 'x'.repeat(64 * 1024), isCut: true });
  expect(next).toEqual(whole('next'));
});

test('bytes that are no text are shown as such', () =>
  expect(linesOf([Buffer.from([0x61, 0xff, 0xfe, 0x62, 0x0a])])).toEqual([whole('a\uFFFD\uFFFDb')]));
