/** What a batch has made so far, and the pictures among it. */
import { constants } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchId } from '../shared/model/ids';
import { isPlainPath, pictureType } from '../shared/ipc/result-address';
import type { BatchRecord } from './engine/state';
import { changedSince, type FoundOutputs } from './report/outputs/find-outputs';
import { outputsOf } from './report/outputs/outputs';

/** Larger ones are for programs that are made for them. */
const largestPicture = 256 * 1024 * 1024;

export interface OpenPicture {
  /** To be closed by whoever asked for it. */
  readonly file: FileHandle;
  readonly bytes: number;
  readonly type: string;
}

export const resultsOf = (batch: BatchRecord): Promise<FoundOutputs> => outputsOf(batch);

/**
 * A picture in the folder of a batch's results, by a path of plain names. Null: it is not there, was not made by the
 * batch, is no picture, too large, or reached by a link: that could lead anywhere.
 */
export async function openPicture(
  batches: ReadonlyMap<BatchId, BatchRecord>,
  id: BatchId,
  path: string,
): Promise<OpenPicture | null> {
  const batch = batches.get(id);
  const type = pictureType(path);
  if (batch === undefined || batch.startedAt === null || type === null || !isPlainPath(path)) return null;
  const place = join(batch.output, path);
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => null,
  );
  if (file === null) return null;
  try {
    const [own, there, real] = await Promise.all([file.stat(), lstat(place), realPlace(batch.output, path)]);
    const isSame = own.ino === there.ino && own.dev === there.dev && (await realpath(place)) === real;
    const isMade = changedSince(own, batch.startedAt);
    if (isSame && isMade && own.isFile() && own.size <= largestPicture)
      return { file, bytes: own.size, type };
  } catch {
    // It is gone again.
  }
  await file.close();
  return null;
}

/** Where it lies if no part of the path below the folder is a link. */
const realPlace = async (folder: string, path: string): Promise<string> => join(await realpath(folder), path);
