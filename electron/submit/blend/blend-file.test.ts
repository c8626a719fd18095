import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib, { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readBlendFile } from './blend-file';
import { writeBlend, type Writing } from './blend-writer-for-tests';

const folder = mkdtempSync(join(tmpdir(), 'drover-blend-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function write(bytes: Buffer): string {
  const path = join(folder, `${files++}.blend`);
  writeFileSync(path, bytes);
  return path;
}

const starts = ['BLENDER-v304', 'BLENDER_v279', 'BLENDER-V262', 'BLENDER_V249', 'BLENDER17-01v0500'];
const shot: Writing = {
  start: 'BLENDER-v304',
  scenes: [
    ...[{ name: 'Tests', start: 1, end: 3, step: 1, camera: null, engine: 'BLENDER_WORKBENCH', output: '' }],
    { name: 'Übung 2', start: -5, end: 240, step: 5, camera: 1, engine: 'CYCLES', output: '//out/shot_####' },
  ],
  open: 1,
  cameras: ['Main', 'Close-up'],
};

test.each([
  ['BLENDER-v304', '3.4'],
  ['BLENDER_v279', '2.79'],
  ['BLENDER-V262', '2.62'],
  ['BLENDER_V249', '2.49'],
  ['BLENDER17-01v0500', '5.0'],
])('what was written by %s is read, by version %s', async (start, version) => {
  expect(await readBlendFile(write(writeBlend({ ...shot, start })))).toEqual({
    ok: true,
    value: {
      version,
      cameras: ['Close-up', 'Main'],
      scenes: [
        {
          name: 'Übung 2',
          frames: { start: -5, end: 240, step: 5 },
          fps: 29.97,
          resolution: { width: 1920, height: 1080, percent: 50 },
          engine: 'CYCLES',
          output: '//out/shot_####',
          isFilm: false,
          camera: 'Close-up',
        },
        expect.objectContaining({ name: 'Tests', output: null, camera: null }),
      ],
    },
  });
});

test('a file that was compressed as older versions did is read', async () => {
  const plain = write(writeBlend(shot));
  expect(await readBlendFile(write(gzipSync(writeBlend(shot))))).toEqual(await readBlendFile(plain));
});

test('of a large file little is read, and all is found', async () => {
  const path = write(writeBlend({ ...shot, ballast: 12 * 1024 * 1024 }));
  const read = await readBlendFile(path, { bytes: 2 * 1024 * 1024, ms: 60_000 });
  expect(read).toMatchObject({ ok: true, value: { scenes: [{ engine: 'CYCLES' }, {}] } });
});

test('of a compressed one whose end is too far away, the frames are known', async () => {
  const path = write(gzipSync(writeBlend({ ...shot, ballast: 12 * 1024 * 1024 })));
  const read = await readBlendFile(path, { bytes: 2 * 1024 * 1024, ms: 60_000 });
  const frames = { start: -5, end: 240, step: 1 };
  expect(read).toMatchObject({ ok: true, value: { scenes: [{ name: 'Übung 2', frames, engine: null }] } });
});

/** In pieces, with the table of them at the end; without pieces as any other program would. */
function zstandard(bytes: Buffer, length: number | null): Buffer {
  if (length === null) return zlib.zstdCompressSync(bytes);
  const entries: Buffer[] = [];
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += length) {
    const plain = bytes.subarray(at, at + length);
    const frame = zlib.zstdCompressSync(plain);
    frames.push(frame);
    entries.push(numbers(frame.length, plain.length));
  }
  const foot = Buffer.concat([numbers(frames.length), Buffer.alloc(1), numbers(0x8f92eab1)]);
  const table = Buffer.concat([...entries, foot]);
  return Buffer.concat([...frames, numbers(0x184d2a5e, table.length), table]);
}

function numbers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => buffer.writeUInt32LE(value, 4 * index));
  return buffer;
}

describe.skipIf(!('zstdCompressSync' in zlib))('compressed as newer versions do', () => {
  test.each([300, 4096, null])('in pieces of %s bytes it is read', async (length) => {
    const plain = write(writeBlend(shot));
    const compressed = write(zstandard(writeBlend(shot), length));
    expect(await readBlendFile(compressed)).toEqual(await readBlendFile(plain));
  });

  test('of a large one little is decompressed', async () => {
    const path = write(zstandard(writeBlend({ ...shot, ballast: 12 * 1024 * 1024 }), 256 * 1024));
    const read = await readBlendFile(path, { bytes: 3 * 1024 * 1024, ms: 60_000 });
    expect(read).toMatchObject({ ok: true, value: { scenes: [{ engine: 'CYCLES' }, {}] } });
  });

  test('a damaged one is answered', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = zstandard(writeBlend(shot), 2000);
        for (const [place, value] of changes) bytes[bytes.length - 1 - (place % bytes.length)] = value;
        expect(typeof (await readBlendFile(write(bytes))).ok).toBe('boolean');
      }),
    );
  });
});

test('what is no .blend file is said to be none', async () => {
  const no = { ok: false, message: 'it is no .blend file: it does not start as one' };
  expect(await readBlendFile(write(Buffer.from('BLENDER, the film\nnot a scene')))).toEqual(no);
  expect(await readBlendFile(write(Buffer.alloc(0)))).toEqual(no);
  expect(await readBlendFile(write(gzipSync('something else that was compressed')))).toEqual(no);
  expect(await readBlendFile(folder)).toMatchObject({ ok: false });
  expect(await readBlendFile(join(folder, 'none.blend'))).toMatchObject({ ok: false });
});

describe('whatever a file holds', () => {
  const written = fc.constantFrom(...starts).map((start) => writeBlend({ ...shot, start }));
  const answers = async (bytes: Buffer): Promise<void> => {
    const read = await readBlendFile(write(bytes));
    for (const { frames } of read.ok ? read.value.scenes : [])
      expect(Number.isInteger(frames.start) && frames.step >= 1).toBe(true);
    if (!read.ok) expect(read.message).not.toBe('');
    rmSync(join(folder, `${files - 1}.blend`));
  };

  test('one that is cut short is answered', async () => {
    const cut = fc.tuple(written, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(cut, ([bytes, part, isCompressed]) =>
        answers((isCompressed ? gzipSync(bytes) : bytes).subarray(0, Math.floor(part * bytes.length))),
      ),
    );
  });

  test('one with damaged bytes is answered', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(written, damage, (bytes, changes) => {
        for (const [place, value] of changes) bytes[place % bytes.length] = value;
        return answers(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test('one of any bytes after a good start is answered', async () => {
    const noise = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 2000 }));
    await fc.assert(
      fc.asyncProperty(noise, ([start, bytes]) => answers(Buffer.concat([Buffer.from(start), bytes]))),
    );
  });
});
