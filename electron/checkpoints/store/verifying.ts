import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { KeptEntry } from './catalogue';
import type { Depot } from './depot';
import type { IdSet } from './id-set';
import type { Pace } from './pace';
import { decodeEntry } from './record';

/** What verifies some files, one after the other. */
export interface VerifyingRound {
  /** Chunks that need not be read again, as other files had them too. */
  readonly proven: IdSet;
  readonly pace: Pace;
}

/** Reads every byte of a file back. In words what is wrong; null: it is whole. */
export async function verifyFile(
  depot: Depot,
  file: KeptEntry,
  { proven, pace }: VerifyingRound,
): Promise<string | null> {
  const hash = createHash('sha256');
  let isReadWhole = true;
  let damagedChunks = 0;
  depot.held.add(file.chunks);
  try {
    for (const id of file.chunks) {
      if (proven.has(id)) {
        isReadWhole = false;
        continue;
      }
      const bytes = depot.contentOf(id);
      if (bytes === null) damagedChunks++;
      else {
        hash.update(bytes);
        proven.add(id);
        await pace.wait(bytes.length);
      }
      await setImmediate();
    }
    if (damagedChunks > 0)
      return `${damagedChunks} of its ${file.chunks.length} parts are damaged or gone; when the same file is kept again, it is whole again`;
    if (isReadWhole && !hash.digest().equals(file.hash))
      return 'its parts do not make the file that was kept';
    return await verifyList(depot, file);
  } finally {
    depot.held.delete(file.chunks);
  }
}

/** The packs must say the same as the catalogue, as they alone may be left one day. */
async function verifyList(depot: Depot, file: KeptEntry): Promise<string | null> {
  const now = depot.catalogue.file(file.hash);
  if (now === null) return null;
  const content = depot.contentAt(now.place, now.stored, null);
  const entry = content === null ? null : decodeEntry(content);
  if (entry === null || !entry.hash.equals(file.hash) || entry.chunks.length !== now.chunks.length) {
    depot.mendFile(now);
    await depot.settle();
    return null;
  }
  const isListed = entry.chunks.every(
    (chunk, index) => depot.catalogue.chunk(chunk)?.id === now.chunks[index],
  );
  return isListed ? null : 'the list of its parts is not the one that was kept';
}
