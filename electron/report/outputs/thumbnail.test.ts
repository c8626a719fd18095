import fc from 'fast-check';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPng, type PngHeader } from './png-rows';
import { thumbnailOf } from './thumbnail';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-pictures-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const soon = (): AbortSignal => AbortSignal.timeout(20_000);
const colours = { grey: 0, rgb: 2, indexed: 3, greyAlpha: 4, rgba: 6 } as const;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colour?: keyof typeof colours;
  readonly interlaced?: boolean;
  readonly palette?: readonly number[];
  /** The data in so many chunks. */
  readonly pieces?: number;
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A PNG file of these rows, each with its filter before it. */
function png(picture: Picture, rows: Uint8Array): Buffer {
  const { width, height, depth = 8, colour = 'rgb', interlaced = false, palette, pieces = 1 } = picture;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colours[colour], 0, 0, interlaced ? 1 : 0], 8);
  const data = deflateSync(rows);
  const each = Math.ceil(data.length / pieces);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('Comment\0made for a test')),
    ...(palette === undefined ? [] : [chunk('PLTE', Uint8Array.from(palette))]),
    ...Array.from({ length: pieces }, (_, index) =>
      chunk('IDAT', data.subarray(index * each, (index + 1) * each)),
    ),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The rows of a picture, unfiltered; null: it could not be read. */
async function rowsOf(bytes: Uint8Array): Promise<{ header: PngHeader | null; rows: number[][] } | null> {
  const path = join(folder, 'picture.png');
  await writeFile(path, bytes);
  const rows: number[][] = [];
  let header: PngHeader | null = null;
  const begin = (found: PngHeader): boolean => {
    header = found;
    return true;
  };
  const isWhole = await readPng(path, { begin, row: (row) => void rows.push([...row]) }, soon());
  return isWhole ? { header, rows } : null;
}

async function small(
  picture: Picture,
  rows: Uint8Array,
): Promise<{ width: number; height: number; rows: number[][] }> {
  const path = join(folder, 'large.png');
  await writeFile(path, png(picture, rows));
  const found = await thumbnailOf(path, soon());
  if (found === null) throw new Error('it could not be read');
  const { width, height, bytes } = found;
  return { width, height, rows: (await rowsOf(bytes))?.rows ?? [] };
}

test('reads rows of all filters, however the file is cut into chunks', async () => {
  // Of one grey sample each: as it is; and as the difference to left, above, their mean, and the nearest.
  const rows = [
    [0, 10, 20, 30],
    [1, 10, 10, 10],
    [2, 1, 1, 1],
    [3, 5, 5, 5],
    [4, 1, 1, 1],
  ];
  const expected = [
    [10, 20, 30],
    [10, 20, 30],
    [11, 21, 31],
    [10, 20, 30],
    [11, 21, 31],
  ];
  for (const pieces of [1, 3, 7]) {
    const file = png({ width: 3, height: 5, colour: 'grey', pieces }, Uint8Array.from(rows.flat()));
    expect((await rowsOf(file))?.rows).toEqual(expected);
  }
});

test('each pixel of the small picture is the mean of those that it stands for', async () => {
  const [width, height] = [960, 480];
  const rows = new Uint8Array((1 + 3 * width) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows.set(x < width / 2 ? [200, y % 2 === 0 ? 0 : 100, 7] : [0, 0, 0], y * (1 + 3 * width) + 1 + 3 * x);
  const found = await small({ width, height }, rows);
  expect([found.width, found.height]).toEqual([240, 120]);
  expect(found.rows).toHaveLength(120);
  const left = Array.from({ length: 120 }, () => [200, 50, 7]).flat();
  expect(found.rows[60]).toEqual([...left, ...left.map(() => 0)]);
});

test('a small picture stays as it is, a narrow one stays narrow', async () => {
  expect(await small({ width: 2, height: 1 }, Uint8Array.of(0, 1, 2, 3, 4, 5, 6))).toEqual({
    width: 2,
    height: 1,
    rows: [[1, 2, 3, 4, 5, 6]],
  });
  const tall = await small({ width: 1, height: 2400, colour: 'grey' }, new Uint8Array(4800));
  expect([tall.width, tall.height]).toEqual([1, 240]);
});

test.each([
  ['grey', { colour: 'grey' }, [0, 128], [128, 128, 128]],
  ['16 bits', { colour: 'rgb', depth: 16 }, [0, 1, 255, 2, 255, 3, 255], [1, 2, 3]],
  ['one bit', { colour: 'grey', depth: 1 }, [0, 128], [255, 255, 255]],
  ['two bits', { colour: 'grey', depth: 2 }, [0, 64], [85, 85, 85]],
  ['a palette', { colour: 'indexed', depth: 4, palette: [1, 2, 3, 9, 8, 7] }, [0, 16], [9, 8, 7]],
  ['half transparent', { colour: 'rgba' }, [0, 255, 255, 255, 51], [60, 61, 64]],
  ['grey and transparent', { colour: 'greyAlpha' }, [0, 255, 0], [11, 13, 16]],
] as const)('reads %s', async (_, picture, rows, expected) => {
  expect((await small({ width: 1, height: 1, ...picture }, Uint8Array.from(rows))).rows).toEqual([expected]);
});

test('what is none, not whole, or of another kind is left out', async () => {
  const whole = png({ width: 2, height: 2, colour: 'grey' }, new Uint8Array(6));
  const path = join(folder, 'x.png');
  for (const bytes of [
    Buffer.from(''),
    Buffer.from('GIF89a'),
    whole.subarray(0, 40),
    whole.subarray(0, whole.length - 24),
    png({ width: 2, height: 2, colour: 'grey', interlaced: true }, new Uint8Array(6)),
    png({ width: 0, height: 2 }, new Uint8Array(6)),
    png({ width: 100_000, height: 100_000 }, new Uint8Array(6)),
  ]) {
    await writeFile(path, bytes);
    expect(await thumbnailOf(path, soon())).toBe(null);
  }
  expect(await thumbnailOf(join(folder, 'gone.png'), soon())).toBe(null);
  expect(await thumbnailOf(folder, soon())).toBe(null);
});

test('damaged files are read or left out, and never more', async () => {
  const whole = png({ width: 20, height: 20, pieces: 2 }, new Uint8Array(20 * 61));
  const path = join(folder, 'x.png');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      fc.nat(whole.length),
      async (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await writeFile(path, bytes.subarray(0, length));
        const found = await thumbnailOf(path, soon());
        if (found === null) return;
        await writeFile(path, found.bytes);
        expect((await rowsOf(await readFile(path)))?.rows).toHaveLength(found.height);
      },
    ),
    { numRuns: 150 },
  );
});
