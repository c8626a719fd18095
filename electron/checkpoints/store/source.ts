import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Keeping } from './keeping';
import type { Depot } from './depot';
import type { Pace } from './pace';
import { cancelled, ChunkTrouble, explainOutside } from './trouble';

/** File systems tell the time of a change only so exactly: two within this time may look like one. */
const clockStepMs = 50;

/** Reads a file of this machine into the store; it has to be finished. One that is written to meanwhile is refused. */
export async function readFileToKeep(
  depot: Depot,
  path: string,
  pace: Pace,
  signal: AbortSignal,
): Promise<Keeping> {
  // Links are not followed, and what is no file must not be waited for.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const told = (error: unknown): never => {
    throw explainOutside(error, path, 'read');
  };
  const handle = await open(path, flags).catch(told);
  let keeping: Keeping | null = null;
  try {
    const before = await handle.stat({ bigint: true }).catch(told);
    if (!before.isFile()) throw new ChunkTrouble('outside', `${path} is not a file, so it cannot be kept`);
    await letTimePass(before);
    const size = Number(before.size);
    keeping = new Keeping(depot, size);
    let bytes = 0;
    for (;;) {
      if (signal.aborted) throw cancelled();
      const { bytesRead } = await handle.read(keeping.room()).catch(told);
      bytes += bytesRead;
      if (bytes > size) throw changed(path);
      if (bytesRead === 0) break;
      keeping.took(bytesRead);
      await pace.wait(bytesRead, signal).catch(() => {});
    }
    const after = await handle.stat({ bigint: true }).catch(told);
    const named = await lstat(path, { bigint: true }).catch(() => null);
    if (bytes !== size || !isSame(before, after) || named === null || !isSame(before, named))
      throw changed(path);
    return keeping;
  } catch (error) {
    keeping?.end();
    throw error;
  } finally {
    await handle.close();
  }
}

/** A change right after this look would otherwise bear the same time as one right before it. */
async function letTimePass({ mtimeMs, ctimeMs }: BigIntStats): Promise<void> {
  const age = Date.now() - Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
  if (age >= 0 && age < clockStepMs) await setTimeout(clockStepMs - age);
}

const isSame = (one: BigIntStats, other: BigIntStats): boolean =>
  one.dev === other.dev &&
  one.ino === other.ino &&
  one.size === other.size &&
  one.mtimeNs === other.mtimeNs &&
  one.ctimeNs === other.ctimeNs;

const changed = (path: string): ChunkTrouble =>
  new ChunkTrouble(
    'changed',
    `${path} was written to while it was copied, so it was not kept. Keep it when the program has finished it`,
  );
