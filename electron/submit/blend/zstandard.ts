/** Files that Blender compressed since 3.0: pieces of their own, and at the end a table of how long they are. */
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { piece, randomBytes, streamedBytes, type Opened, type Patience } from './bytes';

export const noZstandard =
  'it is compressed with Zstandard, which needs Node.js 22.15 or newer to be read; Drover runs here on an older one';

export async function zstandardBytes(file: FileHandle, size: number, until: Patience): Promise<Opened> {
  if (!('zstdDecompress' in zlib)) return { ok: false, message: noZstandard };
  const frames = await readTable(file, size);
  if (frames === null) return { ok: true, bytes: streamedBytes(file, zlib.createZstdDecompress(), until) };
  const decompress = promisify(zlib.zstdDecompress);
  const load = async (place: number, length: number): Promise<Buffer | null> => {
    const among = frames.filter(
      (frame) => frame.place < place + length && frame.place + frame.length > place,
    );
    const parts: Buffer[] = [];
    for (const { compressed, place: from, length: whole } of among) {
      if (compressed.length > longestFrame || whole > longestFrame) return null;
      try {
        const bytes = await piece(file, compressed.place, compressed.length);
        const part = await decompress(bytes, { maxOutputLength: whole });
        if (part.length < whole) return null;
        parts.push(part.subarray(Math.max(0, place - from)));
      } catch {
        return null;
      }
    }
    return Buffer.concat(parts);
  };
  const last = frames.at(-1);
  const length = last === undefined ? 0 : last.place + last.length;
  return { ok: true, bytes: randomBytes(file, length, load, until) };
}

const longestFrame = 64 * 1024 * 1024;
const mostFrames = 100_000;

interface Frame {
  readonly place: number;
  readonly length: number;
  readonly compressed: { readonly place: number; readonly length: number };
}

/** Null: there is none, or it does not tell of this file. */
async function readTable(file: FileHandle, size: number): Promise<readonly Frame[] | null> {
  if (size < 17) return null;
  const foot = await piece(file, size - 9, 9);
  if (foot.length < 9 || foot.readUInt32LE(5) !== 0x8f92eab1) return null;
  const count = foot.readUInt32LE(0);
  const entry = (foot.readUInt8(4) & 0x80) === 0 ? 8 : 12;
  const start = size - 9 - count * entry;
  if (count > mostFrames || start < 8) return null;
  const entries = await piece(file, start, count * entry);
  const frames: Frame[] = [];
  let [place, compressedPlace] = [0, 0];
  for (let at = 0; at + entry <= entries.length; at += entry) {
    const [compressed, length] = [entries.readUInt32LE(at), entries.readUInt32LE(at + 4)];
    frames.push({ place, length, compressed: { place: compressedPlace, length: compressed } });
    place += length;
    compressedPlace += compressed;
  }
  return compressedPlace === start - 8 ? frames : null;
}
