import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesByChance } from './bytes-for-tests';
import { endOfChunk, isEndOfChunk, leastChunk, mostChunk } from './cut';

function chunksOf(bytes: Uint8Array): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = endOfChunk(bytes, from, bytes.length);
    chunks.push(bytes.subarray(from, end));
    from = end;
  }
  return chunks;
}

const nameOf = (chunk: Uint8Array): string => createHash('sha256').update(chunk).digest('hex');

describe('chunks', () => {
  const files = fc
    .tuple(fc.integer(), fc.integer({ min: 0, max: 3 << 20 }), fc.constantFrom(1, 2, 256))
    .map(([seed, length, kinds]) => bytesByChance(seed, length, kinds));

  test('make the file again, and are neither too small nor too large', () => {
    fc.assert(
      fc.property(files, (bytes) => {
        const chunks = chunksOf(bytes);
        expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
        for (const [index, { length }] of chunks.entries()) {
          expect(length).toBeLessThanOrEqual(mostChunk);
          if (index < chunks.length - 1) expect(length).toBeGreaterThanOrEqual(leastChunk);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('end where it can be seen without what is before them', () => {
    fc.assert(
      fc.property(files, (bytes) => {
        let from = 0;
        for (const { length } of chunksOf(bytes).slice(0, -1)) {
          expect(isEndOfChunk(bytes, from, from + length)).toBe(true);
          expect(isEndOfChunk(bytes, from, from + length - 1)).toBe(false);
          from += length;
        }
      }),
      { numRuns: 20 },
    );
  });

  test('are the same again after what was inserted, removed or changed', () => {
    const edits = fc.record({
      at: fc.integer({ min: 0, max: 8 << 20 }),
      removed: fc.integer({ min: 0, max: 5000 }),
      inserted: fc.integer({ min: 0, max: 5000 }),
      seed: fc.integer(),
    });
    const before = bytesByChance(1, 8 << 20);
    const known = new Set(chunksOf(before).map(nameOf));
    fc.assert(
      fc.property(edits, ({ at, removed, inserted, seed }) => {
        const after = Buffer.concat([
          before.subarray(0, at),
          bytesByChance(seed, inserted),
          before.subarray(at + removed),
        ]);
        const fresh = chunksOf(after).filter((chunk) => !known.has(nameOf(chunk)));
        expect(fresh.length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 15 },
    );
  });

  test('are cut as ever, so that stored files are recognised', () => {
    const lengths = chunksOf(bytesByChance(7, 3 << 20)).map(({ length }) => length);
    expect(lengths).toEqual([
      286103, 320384, 153264, 334580, 340234, 319977, 263795, 311530, 346875, 297561, 171425,
    ]);
  });
});
