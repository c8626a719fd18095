import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputLines } from './output-lines';

function linesOf(pieces: readonly Buffer[]): readonly string[] {
  const lines = new OutputLines();
  return [...pieces.flatMap((piece) => lines.add(piece)), ...lines.end()];
}

test('cuts at every kind of line end, without colours and empty lines', () => {
  const text = 'one\r\ntwo\rthree\n\n\u001B[1mfour\u001B[0m\r\u001B[2Kfive';
  expect(linesOf([Buffer.from(text)])).toEqual(['one', 'two', 'three', 'four', 'five']);
});

test('the same however the bytes arrive', () => {
  const anyBytes = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(anyBytes, fc.array(fc.nat(20)), (bytes, cuts) => {
      const pieces: Buffer[] = [];
      let from = 0;
      for (const cut of cuts) pieces.push(bytes.subarray(from, (from += cut)));
      expect(linesOf([...pieces, bytes.subarray(from)])).toEqual(linesOf([bytes]));
    }),
  );
});

test('of a line without end only the beginning is kept', () => {
  const lines = new OutputLines();
  for (let piece = 0; piece < 100; piece++) expect(lines.add(Buffer.alloc(64 * 1024, 'x'))).toEqual([]);
  expect(lines.add(Buffer.from('y\nnext\n')).map((line) => line.length)).toEqual([4096, 4]);
});

test('what is left out takes the line around it along', () => {
  const lines = new OutputLines();
  lines.add(Buffer.from('step 4'));
  lines.skip();
  expect(lines.add(Buffer.from('00 of 500\nstep 401\n'))).toEqual(['step 401']);
});
