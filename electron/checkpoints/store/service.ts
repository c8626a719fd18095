import type { KeptEntry } from './catalogue';
import { collect, collectable, removeUnneeded } from './collecting';
import type { Depot } from './depot';
import { IdSet } from './id-set';
import { Keeping, type KeptFile } from './keeping';
import { isDamagedCatalogue, openDepot, setCatalogueAside, type OpenedDepot } from './opening';
import { Pace } from './pace';
import { giveReserveBack, setReserveAside } from './reserve';
import { restoreFile, damaged } from './restoring';
import { readFileToKeep } from './source';
import { Turns } from './turns';
import { type ChunkTrouble, explainTrouble, missing } from './trouble';
import { verifyFile, type VerifyingRound } from './verifying';
import type { Answer, Question, QuestionOf, StoredFile, WorkerData } from './worker-messages';

/** So many files are read at once; more would only be slower together. */
const mostReadAtOnce = 8;

/** What the thread of a store does when it is asked. */
export class StoreService {
  private readonly folder: string;
  private readonly pace: Pace;
  private opened: OpenedDepot | null = null;
  private isFirst = true;
  private readonly reading = new Turns(mostReadAtOnce);
  private readonly collecting = new Turns(1);
  private readonly copies = new Map<number, AbortController>();
  private readonly streams = new Map<number, Keeping>();
  private readonly rounds = new Map<number, VerifyingRound>();

  constructor({ folder, mostBytesASecond }: WorkerData) {
    this.folder = folder;
    this.pace = new Pace(mostBytesASecond);
  }

  async answer(question: Question): Promise<Answer> {
    const { opened } = this;
    try {
      return await this.carryOut(question);
    } catch (error) {
      const trouble = explainTrouble(error, this.folder);
      // What another has opened anew meanwhile is not the one that failed.
      if (opened === null || opened === this.opened) await this.recover(trouble);
      return { kind: 'trouble', trouble: trouble.kind, message: trouble.message };
    }
  }

  private async carryOut(question: Question): Promise<Answer> {
    switch (question.kind) {
      case 'open':
        return { kind: 'opened', warnings: this.open().warnings };
      case 'keepFile':
        return { kind: 'kept', file: await this.keepFile(question.keeping, question.path) };
      case 'push': {
        const keeping = this.streams.get(question.keeping) ?? new Keeping(this.depot);
        this.streams.set(question.keeping, keeping);
        await this.pace.wait(question.bytes.length);
        this.whileKept(question.keeping, () => keeping.push(question.bytes));
        return { kind: 'done' };
      }
      case 'finish': {
        const keeping = this.streams.get(question.keeping) ?? new Keeping(this.depot);
        // From now on it cannot be cancelled.
        this.streams.delete(question.keeping);
        return { kind: 'kept', file: await keeping.finish() };
      }
      case 'cancel':
        this.copies.get(question.keeping)?.abort();
        this.endStream(question.keeping);
        return { kind: 'done' };
      case 'restore':
        await restoreFile(this.depot, this.file(question.sha256), question.path);
        return { kind: 'done' };
      case 'read':
        return { kind: 'bytes', bytes: this.read(question.sha256, question.chunk) };
      case 'file': {
        const file = this.depot.catalogue.file(hashOf(question.sha256));
        return { kind: 'file', file: file === null ? null : storedFile(file) };
      }
      case 'files': {
        const after = Buffer.from(question.after, 'hex');
        return {
          kind: 'files',
          files: this.depot.catalogue.filesAfter(after, question.count).map(storedFile),
        };
      }
      case 'usage':
        return { kind: 'usage', usage: this.usage() };
      case 'verify':
        return { kind: 'verified', problem: await this.verify(question) };
      case 'endVerify':
        this.rounds.delete(question.run);
        return { kind: 'done' };
      case 'collect': {
        const { needed, keptBefore, isTrial } = question;
        const known = hashesIn(needed);
        const unwanted = { isNeeded: (hash: Buffer) => known.has(hash.toString('latin1')), keptBefore };
        const { depot } = this;
        const freed = isTrial
          ? await collectable(depot, unwanted)
          : await this.whileCollecting(() => collect(depot, unwanted, this.pace));
        return { kind: 'collected', freed };
      }
      case 'without': {
        const gone = hashesIn(question.unwanted);
        const isNeeded = (hash: Buffer): boolean => !gone.has(hash.toString('latin1'));
        const freed = await collectable(this.depot, { isNeeded, keptBefore: Infinity });
        return { kind: 'collected', freed };
      }
      case 'limit':
        this.pace.mostBytesASecond = question.mostBytesASecond;
        return { kind: 'done' };
      case 'close':
        await this.close();
        return { kind: 'done' };
    }
  }

  private get depot(): Depot {
    return this.open().depot;
  }

  /** Only the first time, a new store may be made: later, a folder that is not there was lost. */
  private open(): OpenedDepot {
    this.opened ??= openDepot(this.folder, this.isFirst);
    this.isFirst = false;
    return this.opened;
  }

  private async keepFile(number: number, path: string): Promise<KeptFile> {
    const copy = new AbortController();
    this.copies.set(number, copy);
    try {
      // Others may read while this one waits for the disk.
      const keeping = await this.reading.take(() => readFileToKeep(this.depot, path, this.pace, copy.signal));
      return await keeping.finish();
    } finally {
      this.copies.delete(number);
    }
  }

  /** A stream that failed has ended. */
  private whileKept(number: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.endStream(number);
      throw error;
    }
  }

  private endStream(number: number): void {
    this.streams.get(number)?.end();
    this.streams.delete(number);
  }

  private read(sha256: string, chunk: number): Uint8Array | null {
    const file = this.file(sha256);
    const id = file.chunks[chunk];
    if (id === undefined) return null;
    const bytes = this.depot.contentOf(id);
    if (bytes === null) throw damaged(file.hash);
    // Of its own, so that it can be handed over.
    return new Uint8Array(bytes);
  }

  private async verify({ run, sha256, mostBytesASecond }: QuestionOf<'verify'>): Promise<string | null> {
    const file = this.file(sha256);
    const round = this.rounds.get(run) ?? { proven: new IdSet(), pace: new Pace(mostBytesASecond) };
    this.rounds.set(run, round);
    return verifyFile(this.depot, file, round);
  }

  private file(sha256: string): KeptEntry {
    const file = this.depot.catalogue.file(hashOf(sha256));
    if (file === null) throw missing(sha256);
    return file;
  }

  private usage(): { readonly bytes: number; readonly files: number; readonly chunks: number } {
    const { packs, catalogue } = this.depot;
    let bytes = 0;
    for (const length of packs.lengths().values()) bytes += length;
    return { bytes, files: catalogue.count('files'), chunks: catalogue.count('chunks') };
  }

  /** One at a time, and with some room even on a full disk. */
  private whileCollecting<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.collecting.take(async () => {
      giveReserveBack(this.folder);
      try {
        return await work();
      } finally {
        setReserveAside(this.folder);
      }
    });
  }

  /** So that what comes next works if it can. */
  private async recover({ kind, cause }: ChunkTrouble): Promise<void> {
    const { opened } = this;
    if (opened === null) return;
    if (kind === 'diskFull') await this.whileCollecting(() => removeUnneeded(opened.depot)).catch(() => {});
    if (kind !== 'gone' && !isDamagedCatalogue(cause)) return;
    await this.close().catch(() => {});
    if (kind !== 'gone') setCatalogueAside(this.folder);
  }

  private async close(): Promise<void> {
    const { opened } = this;
    this.opened = null;
    for (const copy of this.copies.values()) copy.abort();
    for (const number of this.streams.keys()) this.endStream(number);
    if (opened === null) return;
    try {
      await opened.depot.close();
    } finally {
      opened.release();
    }
  }
}

function hashOf(sha256: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing(sha256);
  return Buffer.from(sha256, 'hex');
}

const storedFile = ({ hash, bytes, keptAt }: KeptEntry): StoredFile => ({
  sha256: hash.toString('hex'),
  bytes,
  keptAt,
});

function hashesIn(hashes: Uint8Array): ReadonlySet<string> {
  const all = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  const found = new Set<string>();
  for (let at = 0; at < all.length; at += 32) found.add(all.toString('latin1', at, at + 32));
  return found;
}
