/** Hashes of results, for reports: worked out in the background, as far as there is time. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Hashes } from './nodes/files/hashes';
import type { ReportInput } from './report/input';

const piece = 512 * 1024;
/** For each part of its time that it works, it leaves so many to the farm. */
const leaves = 5;

async function hashGently(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: piece, signal })) {
    const begun = performance.now();
    hash.update(bytes);
    const worked = performance.now() - begun;
    if (bytes.length === piece) await setTimeout(leaves * worked, undefined, { signal });
  }
  return hash.digest('hex');
}

export class ResultHashes {
  private readonly hashes = new Hashes(hashGently);

  /** For so long from the first one on, unless they are called off; those that are known are told after that, too. */
  within(milliseconds: number, calledOff: AbortSignal): ReportInput['hash'] {
    let signal: AbortSignal | null = null;
    return (path) => {
      signal ??= AbortSignal.any([calledOff, AbortSignal.timeout(milliseconds)]);
      return this.hashes.of(path, signal).catch(() => null);
    };
  }
}
