import { open, type FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { piece, randomBytes, streamedBytes, type Opened, type Patience } from './bytes';
import { zstandardBytes } from './zstandard';

export async function openBytes(path: string, patience: Patience): Promise<Opened> {
  const file = await open(path, 'r');
  const until = { bytes: patience.bytes, ms: performance.now() + patience.ms };
  try {
    const opened = await bytesOf(file, until);
    if (!opened.ok) await file.close();
    return opened;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function bytesOf(file: FileHandle, until: Patience): Promise<Opened> {
  const { size } = await file.stat();
  const start = await piece(file, 0, Math.min(4, size));
  if (start.length === 4 && start.readUInt16BE(0) === 0x1f8b)
    return { ok: true, bytes: streamedBytes(file, createGunzip(), until) };
  if (start.length === 4 && start.readUInt32LE(0) === 0xfd2fb528) return zstandardBytes(file, size, until);
  const load = (place: number, length: number): Promise<Buffer> =>
    piece(file, place, Math.min(Math.max(length, window), size - place));
  return { ok: true, bytes: randomBytes(file, size, load, until) };
}

const window = 64 * 1024;
