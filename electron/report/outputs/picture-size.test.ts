import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sizeOfJpeg, sizeOfWebp } from './picture-size';

const jpeg = Buffer.from(
  'ffd8 ffe00010 4a46494600010100000100010000 ffdb0004 0102 ffc20011 08 01e0 0280 03012200'.replaceAll(
    ' ',
    '',
  ),
  'hex',
);
const webp = (kind: string, body: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from(`RIFF....WEBP${kind}....`, 'latin1'), Buffer.from(body), Buffer.alloc(16)]);

test('JPEG: what stands before the frame is skipped', () => {
  expect(sizeOfJpeg(jpeg)).toEqual({ width: 640, height: 480 });
});

test('WebP of each kind', () => {
  expect(sizeOfWebp(webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1]))).toEqual({
    width: 640,
    height: 480,
  });
  expect(sizeOfWebp(webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0]))).toEqual({ width: 640, height: 480 });
  expect(sizeOfWebp(webp('VP8X', [0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]))).toEqual({ width: 640, height: 480 });
});

test('of anything else: nothing, and no end that is not reached', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const start of ['', 'ffd8', '52494646000000005745425056503858'])
        for (const sizeOf of [sizeOfJpeg, sizeOfWebp]) {
          const size = sizeOf(Buffer.concat([Buffer.from(start, 'hex'), bytes]));
          expect(size === null || (size.width > 0 && size.height > 0)).toBe(true);
        }
    }),
  );
});
