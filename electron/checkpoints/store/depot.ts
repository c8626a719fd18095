import type { Additions, Catalogue, Chunk, KeptEntry, NewChunk } from './catalogue';
import { pack } from './compression';
import type { IdSet } from './id-set';
import type { Packs, Place } from './packs';
import { recognisedBy } from './recognition';
import { contentOf, decodeHeader, encodeEntry, encodeHeader, headerBytes, sha256 } from './record';
import { explainTrouble } from './trouble';

/** What is in the packs, but perhaps not on disk yet. */
class Unsettled implements Additions {
  private readonly byHash = new Map<string, NewChunk>();
  private readonly hashes = new Map<number, Buffer>();
  readonly filesByHash = new Map<string, KeptEntry>();
  readonly keptAgain: { readonly hash: Buffer; readonly keptAt: number }[] = [];
  readonly neighbours: (readonly [number, number])[] = [];
  readonly moved: Additions['moved'][number][] = [];
  lengths: ReadonlyMap<number, number> = new Map();
  /** That it was written to. */
  readonly packs = new Set<number>();
  settled: Promise<void> | null = null;

  constructor(readonly round: number) {}

  get chunks(): readonly NewChunk[] {
    return [...this.byHash.values()];
  }

  get files(): readonly KeptEntry[] {
    return [...this.filesByHash.values()];
  }

  addChunk(chunk: NewChunk): void {
    this.byHash.set(keyOf(chunk.hash), chunk);
    this.hashes.set(chunk.id, chunk.hash);
  }

  chunk(hash: Buffer): NewChunk | undefined {
    return this.byHash.get(keyOf(hash));
  }

  hashOf(id: number): Buffer | undefined {
    return this.hashes.get(id);
  }

  isAbout(hash: Buffer): boolean {
    return this.filesByHash.has(keyOf(hash)) || this.keptAgain.some((again) => again.hash.equals(hash));
  }
}

const keyOf = (hash: Buffer): string => hash.toString('latin1');

/** The packs and their catalogue, together: what the catalogue says is on disk. */
export class Depot {
  /** The chunks that must not be removed because something is being kept or put back. */
  readonly held = new Set<Iterable<number>>();
  /** While it is found out which chunks are needed: those that are. */
  needed: IdSet | null = null;
  /** Raised when what was written could not be brought to disk: nothing builds on it from then on. */
  private round = 0;
  private failure: Error = new Error('nothing has failed');
  private open = new Unsettled(0);
  private settling: Unsettled | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    readonly packs: Packs,
    readonly catalogue: Catalogue,
  ) {}

  /** What is kept builds on what is in the packs now: {@link expectRound} throws if that was given up. */
  get currentRound(): number {
    return this.round;
  }

  expectRound(round: number): void {
    if (round !== this.round) throw this.failure;
  }

  /** Writes it if it is new; tells what it is called, and by how many bytes the packs grew. */
  addChunk(bytes: Buffer): { readonly id: number; readonly newBytes: number } {
    const hash = sha256(bytes);
    const known = this.chunk(hash);
    if (known !== null && known.place !== null) {
      if (known.mark === null) this.catalogue.setMark(known.id, this.markOf(bytes));
      return { id: known.id, newBytes: 0 };
    }
    const packed = pack(bytes);
    const stored = packed.bytes.length;
    const { compression } = packed;
    const header = encodeHeader({ kind: 'chunk', compression, bytes: bytes.length, stored, hash });
    const place = this.append(header, packed.bytes);
    const id = known?.id ?? this.catalogue.nextChunk++;
    const mark = this.markOf(bytes);
    this.open.addChunk({ id, hash, bytes: bytes.length, place, stored, mark });
    return { id, newBytes: headerBytes + stored };
  }

  /** By which these bytes are recognised when they come again. */
  markOf(bytes: Uint8Array): Buffer {
    return recognisedBy(this.catalogue.key, bytes);
  }

  /** The file whose chunks these are. By how many bytes the packs grew. */
  addFile(hash: Buffer, bytes: number, chunks: Uint32Array): number {
    const keptAt = Date.now();
    const known = this.pendingFile(hash) ?? this.catalogue.file(hash);
    if (known !== null) {
      this.open.keptAgain.push({ hash, keptAt });
      return 0;
    }
    const { place, stored } = this.writeEntry({ hash, bytes, chunks, keptAt });
    this.open.filesByHash.set(keyOf(hash), { hash, bytes, chunks, keptAt, place, stored });
    return headerBytes + stored;
  }

  addNeighbours(pairs: Iterable<readonly [number, number]>): void {
    this.open.neighbours.push(...pairs);
  }

  /** Its list of chunks is written once more: the one in the packs is damaged. */
  mendFile(file: KeptEntry): void {
    const { place, stored } = this.writeEntry(file);
    this.open.filesByHash.set(keyOf(file.hash), { ...file, place, stored });
  }

  /** A copy of the record, which stays where it is until all is on disk. */
  copy(
    record: { readonly kind: 'chunk' | 'file'; readonly id: number; readonly stored: number },
    from: Place,
  ): void {
    const bytes = this.packs.read(from, headerBytes + record.stored);
    if (bytes === null) return;
    const to = this.append(bytes.subarray(0, headerBytes), bytes.subarray(headerBytes));
    this.open.moved.push({ kind: record.kind, id: record.id, from, to });
  }

  /** Null: it is not here, or its bytes are not as they were. */
  contentOf(id: number): Buffer | null {
    const chunk = this.catalogue.chunkById(id);
    if (chunk === null || chunk.place === null) return null;
    const bytes = this.contentAt(chunk.place, chunk.stored, chunk.hash);
    if (bytes === null) this.catalogue.loseChunk(id, chunk.place);
    return bytes;
  }

  /** What the record there holds. Null: it is not there, or damaged; `hash` is what it must be, if that is known. */
  contentAt(place: Place, stored: number, hash: Buffer | null): Buffer | null {
    const bytes = this.packs.read(place, headerBytes + stored);
    const header = bytes === null ? null : decodeHeader(bytes);
    if (bytes === null || header === null || (hash !== null && !header.hash.equals(hash))) return null;
    return contentOf(header, bytes.subarray(headerBytes));
  }

  /** Whether it is about to be in the catalogue. */
  isPending(hash: Buffer): boolean {
    return this.open.isAbout(hash) || this.settling?.isAbout(hash) === true;
  }

  /** Whether there is something in this pack that the catalogue does not know yet. */
  isWriting(pack: number): boolean {
    return this.open.packs.has(pack) || this.settling?.packs.has(pack) === true;
  }

  /** Resolves when all that was added so far is on disk and in the catalogue. Many wait for it together. */
  settle(): Promise<void> {
    const { open } = this;
    open.settled ??= this.last = this.last.catch(() => {}).then(() => this.bringToDisk(open));
    return open.settled;
  }

  async close(): Promise<void> {
    await this.settle().catch(() => {});
    this.packs.close();
    this.catalogue.close();
  }

  private async bringToDisk(some: Unsettled): Promise<void> {
    this.expectRound(some.round);
    this.open = new Unsettled(this.round);
    this.settling = some;
    try {
      some.lengths = await this.packs.sync();
      this.catalogue.apply(some);
    } catch (error) {
      this.giveUp(error);
      throw this.failure;
    } finally {
      this.settling = null;
    }
  }

  private giveUp(error: unknown): void {
    this.failure = explainTrouble(error, this.folder);
    this.round++;
    this.open = new Unsettled(this.round);
    try {
      this.packs.rollBack(this.catalogue.packLengths());
    } catch {
      // What could not be cut off is passed over, or found again, when the store is opened.
    }
  }

  private writeEntry({ hash, bytes, chunks, keptAt }: Omit<KeptEntry, 'place' | 'stored'>): {
    readonly place: Place;
    readonly stored: number;
  } {
    const entry = encodeEntry({ hash, bytes, keptAt, chunks: this.hashesOf(chunks) });
    const stored = entry.length;
    const header = {
      kind: 'file',
      compression: 'plain',
      bytes: stored,
      stored,
      hash: sha256(entry),
    } as const;
    return { place: this.append(encodeHeader(header), entry), stored };
  }

  private hashesOf(ids: Uint32Array): readonly Buffer[] {
    return Array.from(ids, (id) => {
      const hash = this.open.hashOf(id) ?? this.settling?.hashOf(id) ?? this.catalogue.chunkById(id)?.hash;
      if (hash === undefined) throw new Error(`chunk ${id} is not in the catalogue`);
      return hash;
    });
  }

  private append(header: Buffer, body: Uint8Array): Place {
    const before = this.packs.writing;
    const place = this.packs.append(header, body);
    this.open.packs.add(place.pack);
    // What has not come to disk is in memory: not more than a pack of it.
    if (before !== null && before !== place.pack) this.settle().catch(() => {});
    return place;
  }

  private chunk(hash: Buffer): Chunk | null {
    return this.open.chunk(hash) ?? this.settling?.chunk(hash) ?? this.catalogue.chunk(hash);
  }

  private pendingFile(hash: Buffer): KeptEntry | null {
    const key = keyOf(hash);
    return this.open.filesByHash.get(key) ?? this.settling?.filesByHash.get(key) ?? null;
  }
}
