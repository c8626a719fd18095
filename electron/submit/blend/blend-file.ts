/** What a .blend file says of its scenes, read from the file itself, without Blender. */
import { stat } from 'node:fs/promises';
import { accepted, refused, type Parsed } from '../document/parsed';
import type { Bytes, Patience } from './bytes';
import { collectBlocks } from './collect';
import { longestStart, readLayout } from './layout';
import { openBytes } from './open-bytes';
import { at, type BlendReading } from './reading';
import { readScenes, type BlendScene } from './scenes';

export interface BlendFile {
  /** Of the Blender that saved it: `3.4`. */
  readonly version: string;
  /** The one that was open when the file was saved comes first. There is at least one. */
  readonly scenes: readonly BlendScene[];
  /** By name. */
  readonly cameras: readonly string[];
}

const usual: Patience = { bytes: 1024 ** 3, ms: 3000 };

/** Reads little of a large file: scenes stand near the start, and how they are to be read near the end. */
export async function readBlendFile(path: string, patience = usual): Promise<Parsed<BlendFile>> {
  try {
    // Before it is opened: opening a pipe would wait for somebody to write to it.
    if (!(await stat(path)).isFile()) return refused('it is no file');
    const opened = await openBytes(path, patience);
    if (!opened.ok) return refused(opened.message);
    try {
      return await readWith(readBlend(), opened.bytes);
    } finally {
      await opened.bytes.close();
    }
  } catch (error) {
    return refused(`it cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readWith<Result>(reading: BlendReading<Result>, bytes: Bytes): Promise<Result> {
  let next = reading.next();
  while (next.done !== true) {
    const wanted = next.value;
    const found =
      wanted.kind === 'at' ? await bytes.at(wanted.place, wanted.length) : await bytes.tail(wanted.length);
    next = reading.next(found);
  }
  return next.value;
}

export function* readBlend(): BlendReading<Parsed<BlendFile>> {
  const start = yield* at(0, longestStart);
  const layout = start === null ? null : readLayout(start);
  if (layout === null) return refused('it is no .blend file: it does not start as one');
  const blocks = yield* collectBlocks(layout);
  const found = readScenes(blocks, layout);
  if (found.scenes.length === 0) return refused('no scene can be found in it; it is damaged or cut short');
  return accepted({ version: layout.version, ...found });
}
