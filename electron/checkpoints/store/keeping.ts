import { createHash } from 'node:crypto';
import type { Expected } from './catalogue';
import { endOfChunk, isEndOfChunk, mostChunk } from './cut';
import type { Depot } from './depot';

/** A file that is in the store. */
export interface KeptFile {
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** By so much the store grew. */
  readonly newBytes: number;
}

/** As much is worked on at a time: others get their turn in between. */
const readAtOnce = 4 << 20;

/** One file on its way into the store: its bytes come in order, and are cut and written as they come. */
export class Keeping {
  private readonly hash = createHash('sha256');
  private readonly round: number;
  private readonly ids: number[] = [];
  private readonly neighbours: (readonly [number, number])[] = [];
  private readonly window: Buffer;
  private filled = 0;
  private bytes = 0;
  private newBytes = 0;

  /** `most`: the size of the file, when it is known. */
  constructor(
    private readonly depot: Depot,
    most = Infinity,
  ) {
    this.round = depot.currentRound;
    this.window = Buffer.allocUnsafe(Math.min(most + 1, mostChunk + readAtOnce));
    depot.held.add(this.ids);
  }

  /** Where the next bytes are to be put; {@link took} says how many they were. It is never empty. */
  room(): Buffer {
    return this.window.subarray(this.filled);
  }

  took(count: number): void {
    this.depot.expectRound(this.round);
    this.hash.update(this.window.subarray(this.filled, this.filled + count));
    this.filled += count;
    this.bytes += count;
    if (this.filled === this.window.length) this.cut(false);
  }

  push(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const room = this.room();
      const part = bytes.subarray(done, done + room.length);
      room.set(part);
      this.took(part.length);
      done += part.length;
    }
  }

  /** Resolves when it is on disk. */
  async finish(): Promise<KeptFile> {
    try {
      this.depot.expectRound(this.round);
      this.cut(true);
      const hash = this.hash.digest();
      this.newBytes += this.depot.addFile(hash, this.bytes, Uint32Array.from(this.ids));
      this.depot.addNeighbours(this.neighbours);
      await this.depot.settle();
      return { sha256: hash.toString('hex'), bytes: this.bytes, newBytes: this.newBytes };
    } finally {
      this.end();
    }
  }

  /** What it has written is not needed any more, unless others have it too. */
  end(): void {
    this.depot.held.delete(this.ids);
  }

  private cut(isEnd: boolean): void {
    const { window, filled } = this;
    let from = 0;
    // Before the end of the file, a chunk may go on in what is to come.
    const least = isEnd ? 1 : mostChunk;
    while (filled - from >= least) from = this.take(from, isEnd);
    window.copyWithin(0, from, filled);
    this.filled = filled - from;
  }

  /** Takes the chunk that begins there, and returns its end. */
  private take(from: number, isEnd: boolean): number {
    const { depot, window, filled } = this;
    const before = this.ids.at(-1);
    const expected = before === undefined ? null : depot.catalogue.expectedAfter(before);
    if (expected !== null && this.isExpected(expected, from, isEnd)) {
      this.note(expected.id);
      return from + expected.bytes;
    }
    const end = endOfChunk(window, from, filled);
    const { id, newBytes } = depot.addChunk(window.subarray(from, end));
    this.newBytes += newBytes;
    if (before !== undefined) this.neighbours.push([before, id]);
    this.note(id);
    return end;
  }

  /** Whether the same chunk comes here as last time. It is what would be cut off here too. */
  private isExpected({ bytes, mark }: Expected, from: number, isEnd: boolean): boolean {
    const end = from + bytes;
    const isCutHere = end <= this.filled && isEndOfChunk(this.window, from, end);
    if (!isCutHere && !(isEnd && end === this.filled)) return false;
    return this.depot.markOf(this.window.subarray(from, end)).equals(mark);
  }

  private note(id: number): void {
    this.ids.push(id);
    this.depot.needed?.add(id);
  }
}
