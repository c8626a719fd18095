import { stat } from 'node:fs/promises';
import { AtOnce } from './at-once';
import { hashOf } from '../../file-hash';

interface Known {
  readonly state: string;
  readonly hash: string;
}

const mostKnown = 200_000;
/** A file that was changed so shortly before may be changed again without its time telling. */
const settled = 2000;

/** The SHA256 of files of this machine: worked out again only when a file is another one than before. */
export class Hashes {
  private readonly known = new Map<string, Known>();
  private readonly onTheWay = new Map<string, Promise<string>>();
  private readonly atOnce = new AtOnce(2);

  constructor(private readonly read: (path: string, signal?: AbortSignal) => Promise<string> = hashOf) {}

  /** With a signal it is worked out for this caller alone, and ends when the signal says so. */
  async of(path: string, signal?: AbortSignal): Promise<string> {
    const { state, changedAt } = await look(path);
    const known = this.known.get(path);
    if (known?.state === state) return known.hash;
    if (signal !== undefined) return this.atOnce.do(() => this.work(path, state, changedAt, signal));
    const key = `${state} ${path}`;
    let working = this.onTheWay.get(key);
    if (working === undefined) {
      working = this.atOnce
        .do(() => this.work(path, state, changedAt))
        .finally(() => this.onTheWay.delete(key));
      this.onTheWay.set(key, working);
    }
    return working;
  }

  private async work(path: string, state: string, changedAt: number, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const begun = Date.now();
    const hash = await this.read(path, signal);
    if ((await look(path)).state !== state)
      throw new Error(`${path} is being written. Try again when it is finished.`);
    this.known.delete(path);
    if (begun - changedAt > settled) this.remember(path, { state, hash });
    return hash;
  }

  private remember(path: string, known: Known): void {
    this.known.set(path, known);
    if (this.known.size <= mostKnown) return;
    for (const oldest of this.known.keys()) {
      this.known.delete(oldest);
      break;
    }
  }
}

async function look(path: string): Promise<{ readonly state: string; readonly changedAt: number }> {
  const { size, mtimeNs, mtimeMs, ctimeNs, ino } = await stat(path, { bigint: true });
  return { state: `${size} ${mtimeNs} ${ctimeNs} ${ino}`, changedAt: Number(mtimeMs) };
}
