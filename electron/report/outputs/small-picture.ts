/** Pictures small enough to be part of a page: made small here, as they are, or by ffmpeg where it is installed. */
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { sizeOfJpeg, sizeOfWebp, type PictureSize } from './picture-size';
import { longestSide, thumbnailOf } from './thumbnail';

export interface SmallPicture extends PictureSize {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly bytes: Buffer;
}

/** What a picture may bring with it into the page. */
const mostBytes = 96 * 1024;
const longestRun = 3000;

const browsers = new Map<string, Pick<SmallPicture, 'type'> & { sizeOf(bytes: Buffer): PictureSize | null }>([
  ['.jpg', { type: 'image/jpeg', sizeOf: sizeOfJpeg }],
  ['.jpeg', { type: 'image/jpeg', sizeOf: sizeOfJpeg }],
  ['.webp', { type: 'image/webp', sizeOf: sizeOfWebp }],
]);
/** Of these, only ffmpeg makes something that a page can show. */
const others: ReadonlySet<string> = new Set(['.exr', '.tif', '.tiff', '.dpx', '.tga', '.bmp']);

export const isPicture = (path: string): boolean => {
  const ending = endingOf(path);
  return ending === '.png' || browsers.has(ending) || others.has(ending);
};

/** Null: it is no picture that can be read, or not in time. */
export async function smallPictureOf(path: string, signal: AbortSignal): Promise<SmallPicture | null> {
  if (signal.aborted) return null;
  if (endingOf(path) === '.png') return ofPng(path, signal);
  return (await asItIs(path)) ?? byFfmpeg(path, signal);
}

const endingOf = (path: string): string => extname(path).toLowerCase();

async function ofPng(path: string, signal: AbortSignal): Promise<SmallPicture | null> {
  const small = await thumbnailOf(path, signal);
  return small === null ? null : { ...small, type: 'image/png' };
}

async function asItIs(path: string): Promise<SmallPicture | null> {
  const known = browsers.get(endingOf(path));
  if (known === undefined) return null;
  try {
    const about = await stat(path);
    if (!about.isFile() || about.size > mostBytes) return null;
    const bytes = await readFile(path);
    const size = bytes.length > mostBytes ? null : known.sizeOf(bytes);
    return size === null ? null : { ...shrunk(size), type: known.type, bytes };
  } catch {
    return null;
  }
}

/** The size in which it is shown. */
function shrunk({ width, height }: PictureSize): PictureSize {
  const scale = Math.min(1, longestSide / width, longestSide / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** It reads one picture and nothing that a file may lead to. */
function byFfmpeg(path: string, signal: AbortSignal): Promise<SmallPicture | null> {
  const words = [
    ...[
      '-v',
      'error',
      '-nostdin',
      '-protocol_whitelist',
      'file,pipe',
      '-f',
      'image2',
      '-pattern_type',
      'none',
    ],
    // The light of a scene, as screens show it.
    ...(endingOf(path) === '.exr' ? ['-apply_trc', 'iec61966_2_1'] : []),
    ...['-i', path, '-frames:v', '1', '-pix_fmt', 'rgb24'],
    ...['-vf', `scale=${longestSide}:${longestSide}:force_original_aspect_ratio=decrease`],
    ...['-f', 'image2pipe', '-c:v', 'png', '-'],
  ];
  return new Promise((resolve) => {
    const limits = { signal, timeout: longestRun, killSignal: 'SIGKILL', maxBuffer: 4 * mostBytes } as const;
    execFile('ffmpeg', words, { ...limits, encoding: 'buffer' }, (error, bytes) => {
      // As all PNG files begin: their size stands at a fixed place.
      const isWhole = error === null && bytes.length > 24;
      resolve(
        isWhole
          ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), type: 'image/png', bytes }
          : null,
      );
    });
  });
}
