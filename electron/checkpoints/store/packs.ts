/** The files that hold the bytes of a store: records, one after the other, in files of some size. */
import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeHeader, headerBytes, magic, type RecordHeader } from './record';
import { gone } from './trouble';

/** Where a record begins. */
export interface Place {
  readonly pack: number;
  readonly at: number;
}

export interface FoundRecord {
  readonly header: RecordHeader;
  readonly place: Place;
}

/** Small enough to be written anew when most of it is not needed any more. */
const packBytes = 64 << 20;
const mostOpen = 32;
const scanBytes = 1 << 20;

const datasync = promisify(fdatasync);
const nameOf = (pack: number): string => `${String(pack).padStart(8, '0')}.pack`;

export class Packs {
  private readonly folder: string;
  /** For reading, the least recently used first. */
  private readonly readers = new Map<number, number>();
  /** That hold what is perhaps not on disk yet. */
  private readonly unsynced = new Map<number, number>();
  private readonly syncing = new Set<number>();
  private current: { readonly pack: number; readonly handle: number; length: number } | null = null;
  private newest: number;
  private isFolderUnsynced = false;

  constructor(private readonly place: string) {
    this.folder = join(place, 'packs');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.newest = Math.max(0, ...this.lengths().keys());
  }

  /** Of all that are there. */
  lengths(): Map<number, number> {
    const found = new Map<number, number>();
    for (const name of readdirSync(this.folder)) {
      const [, number] = /^(\d{8})\.pack$/.exec(name) ?? [];
      if (number !== undefined) found.set(Number(number), statSync(join(this.folder, name)).size);
    }
    return found;
  }

  /** What records are appended to; null: a new one is begun. */
  get writing(): number | null {
    return this.current?.pack ?? null;
  }

  append(header: Buffer, body: Uint8Array): Place {
    const pack = this.packToWrite();
    const { length: at, handle } = pack;
    try {
      writeAll(handle, header, body, at);
    } catch (error) {
      ftruncateSync(handle, at);
      throw error;
    }
    pack.length = at + header.length + body.length;
    this.unsynced.set(pack.pack, handle);
    return { pack: pack.pack, at };
  }

  /** Resolves when all that was appended before is on disk; with the lengths of those that grew. */
  async sync(): Promise<ReadonlyMap<number, number>> {
    const handles = [...this.unsynced];
    this.unsynced.clear();
    for (const [pack] of handles) this.syncing.add(pack);
    const lengths = new Map(handles.map(([pack, handle]) => [pack, fstatSync(handle).size]));
    try {
      if (this.isFolderUnsynced) this.syncFolder();
      await Promise.all(handles.map(([, handle]) => datasync(handle)));
      for (const [pack, handle] of handles) this.expect(pack, handle);
    } finally {
      for (const [pack, handle] of handles) {
        this.syncing.delete(pack);
        if (pack !== this.current?.pack && !this.unsynced.has(pack)) closeSync(handle);
      }
    }
    return lengths;
  }

  /** The header and what follows it, as they are on disk. Null: the pack is gone, or too short. */
  read({ pack, at }: Place, bytes: number): Buffer | null {
    const handle = this.reader(pack);
    if (handle === null) return null;
    const found = Buffer.allocUnsafe(bytes);
    return readAll(handle, found, at) === bytes ? found : null;
  }

  /** Its records from there on. What is none is passed over. */
  *scan(pack: number, from: number): Generator<FoundRecord> {
    const length = this.lengths().get(pack) ?? 0;
    for (let at = from; at + headerBytes <= length;) {
      const bytes = this.read({ pack, at }, headerBytes);
      const header = bytes === null ? null : decodeHeader(bytes);
      if (header !== null && at + headerBytes + header.stored <= length) {
        yield { header, place: { pack, at } };
        at += headerBytes + header.stored;
      } else at = this.nextMagic(pack, at + 1, length);
    }
  }

  /** Cuts off what follows. */
  truncate(pack: number, length: number): void {
    truncateSync(join(this.folder, nameOf(pack)), length);
    if (this.current?.pack === pack) this.current.length = length;
  }

  remove(pack: number): void {
    this.forget(pack);
    rmSync(join(this.folder, nameOf(pack)), { force: true });
  }

  /** As they were when their lengths were these: what was appended since is given up. */
  rollBack(lengths: ReadonlyMap<number, number>): void {
    for (const [pack, length] of this.lengths()) {
      const known = lengths.get(pack);
      if (known === undefined) this.remove(pack);
      else if (length > known) this.truncate(pack, known);
    }
  }

  close(): void {
    const handles = new Set([...this.unsynced.values(), ...this.readers.values()]);
    if (this.current !== null) handles.add(this.current.handle);
    for (const handle of handles) closeSync(handle);
  }

  private packToWrite(): { readonly pack: number; readonly handle: number; length: number } {
    if (this.current !== null && this.current.length < packBytes) return this.current;
    const { current } = this;
    this.current = null;
    // One that still has to be synced is closed when it is.
    if (current !== null && !this.unsynced.has(current.pack) && !this.syncing.has(current.pack))
      closeSync(current.handle);
    const last = current === null ? this.lengths().get(this.newest) : undefined;
    const goesOn = last !== undefined && last < packBytes;
    const pack = goesOn ? this.newest : this.newest + 1;
    const flags = constants.O_RDWR | (goesOn ? 0 : constants.O_CREAT | constants.O_EXCL);
    const handle = openSync(join(this.folder, nameOf(pack)), flags, 0o600);
    this.newest = pack;
    this.isFolderUnsynced ||= !goesOn;
    this.current = { pack, handle, length: goesOn ? last : 0 };
    return this.current;
  }

  /** A folder that was removed goes on to be written without complaint: its files have only lost their names. */
  private expect(pack: number, handle: number): void {
    const named = statSync(join(this.folder, nameOf(pack)), { throwIfNoEntry: false });
    if (named?.ino !== fstatSync(handle).ino) throw gone(this.place);
  }

  /** Only then a new name outlives a power cut. Windows cannot, and need not, be asked for it. */
  private syncFolder(): void {
    if (process.platform !== 'win32') {
      const handle = openSync(this.folder, 'r');
      try {
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    }
    this.isFolderUnsynced = false;
  }

  private reader(pack: number): number | null {
    const handle = this.readers.get(pack) ?? this.openReader(pack);
    if (handle === null) return null;
    this.readers.delete(pack);
    this.readers.set(pack, handle);
    for (const [oldest, unused] of this.readers) {
      if (this.readers.size <= mostOpen) break;
      closeSync(unused);
      this.readers.delete(oldest);
    }
    return handle;
  }

  private openReader(pack: number): number | null {
    try {
      return openSync(join(this.folder, nameOf(pack)), 'r');
    } catch (error) {
      // Only one pack is gone, and not the folder with all of them.
      statSync(this.folder);
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  private forget(pack: number): void {
    const handles = new Set([this.readers.get(pack), this.unsynced.get(pack)]);
    if (this.current?.pack === pack) {
      handles.add(this.current.handle);
      this.current = null;
    }
    this.readers.delete(pack);
    this.unsynced.delete(pack);
    for (const handle of handles) if (handle !== undefined) closeSync(handle);
  }

  private nextMagic(pack: number, from: number, length: number): number {
    for (let at = from; at + magic.length <= length; at += scanBytes - magic.length + 1) {
      const bytes = this.read({ pack, at }, Math.min(scanBytes, length - at));
      const index = bytes?.indexOf(magic) ?? -1;
      if (index >= 0) return at + index;
    }
    return length;
  }
}

function writeAll(handle: number, header: Buffer, body: Uint8Array, at: number): void {
  let left: readonly Uint8Array[] = [header, body];
  for (let done = 0; left.length > 0;) {
    const written = writevSync(handle, left, at + done);
    done += written;
    left = after(left, written);
  }
}

/** What is left of these when so many bytes of them are done. */
function after(parts: readonly Uint8Array[], done: number): readonly Uint8Array[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  return done < first.length ? [first.subarray(done), ...others] : after(others, done - first.length);
}

function readAll(handle: number, into: Buffer, at: number): number {
  let done = 0;
  while (done < into.length) {
    const read = readSync(handle, into, done, into.length - done, at + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
