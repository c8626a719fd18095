import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesByChance } from './bytes-for-tests';
import { pack, unpack } from './compression';

const hasZstd = typeof zlib.zstdCompressSync === 'function';

describe.each(hasZstd ? [true, false] : [false])('packed with zstd: %s', (useZstd) => {
  test('comes back as it was', () => {
    const contents = fc
      .tuple(fc.integer(), fc.integer({ min: 0, max: 200_000 }), fc.constantFrom(1, 4, 100, 256))
      .map(([seed, length, kinds]) => bytesByChance(seed, length, kinds));
    fc.assert(
      fc.property(contents, (bytes) => {
        const packed = pack(bytes, useZstd);
        expect(packed.bytes.length).toBeLessThanOrEqual(bytes.length);
        expect(bytes.equals(unpack(packed, bytes.length))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('is as small as it gets where that pays, and as it was where it does not', () => {
    expect(pack(bytesByChance(1, 300_000, 2), useZstd)).toMatchObject({
      compression: useZstd ? 'zstd' : 'deflate',
    });
    expect(pack(bytesByChance(1, 300_000), useZstd)).toMatchObject({ compression: 'plain' });
  });

  test('never becomes more than it should', () => {
    const packed = pack(Buffer.alloc(100_000), useZstd);
    expect(() => unpack(packed, 99_999)).toThrow();
  });
});
