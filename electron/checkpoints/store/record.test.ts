import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesByChance } from './bytes-for-tests';
import { pack } from './compression';
import {
  contentOf,
  decodeEntry,
  decodeHeader,
  encodeEntry,
  encodeHeader,
  headerBytes,
  sha256,
  type RecordHeader,
} from './record';

const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const headers: fc.Arbitrary<RecordHeader> = fc.record({
  kind: fc.constantFrom('chunk', 'file'),
  compression: fc.constantFrom('plain', 'deflate', 'zstd'),
  bytes: fc.nat(1 << 28),
  stored: fc.nat(1 << 28),
  hash: hashes,
});

describe('a header', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(headers, (header) => {
        expect(decodeHeader(encodeHeader(header))).toEqual(header);
      }),
    );
  });

  test('is none when a bit of it is another, or some of it is missing', () => {
    fc.assert(
      fc.property(headers, fc.nat(headerBytes * 8 - 1), (header, bit) => {
        const bytes = encodeHeader(header);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(decodeHeader(bytes)).toBeNull();
        expect(decodeHeader(encodeHeader(header).subarray(0, bit >> 3))).toBeNull();
      }),
    );
  });
});

test('damage to what a record holds is found', () => {
  for (const bytes of [bytesByChance(1, 50_000), bytesByChance(1, 50_000, 3)]) {
    const packed = pack(bytes);
    const stored = Buffer.from(packed.bytes);
    const header: RecordHeader = {
      ...{ kind: 'chunk', compression: packed.compression, bytes: bytes.length },
      ...{ stored: stored.length, hash: sha256(bytes) },
    };
    expect(contentOf(header, stored)?.equals(bytes)).toBe(true);
    fc.assert(
      fc.property(fc.nat(stored.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const damaged = Buffer.from(stored);
        damaged[at] = (damaged[at] ?? 0) ^ by;
        const content = contentOf(header, damaged);
        // What decompresses to the same all the same does no harm.
        expect(content === null || content.equals(bytes)).toBe(true);
      }),
      { numRuns: 50 },
    );
  }
});

test('the entry of a file comes back as it was', () => {
  const entries = fc.record({
    hash: hashes,
    bytes: fc.nat(Number.MAX_SAFE_INTEGER),
    keptAt: fc.nat(Number.MAX_SAFE_INTEGER),
    chunks: fc.array(hashes, { maxLength: 20 }),
  });
  fc.assert(
    fc.property(entries, (entry) => {
      expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
    }),
  );
  expect(decodeEntry(Buffer.alloc(47))).toBeNull();
  expect(decodeEntry(Buffer.alloc(49))).toBeNull();
});
