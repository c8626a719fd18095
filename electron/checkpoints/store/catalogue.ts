/**
 * Where everything is, for quick finding: an SQLite database beside the packs. What it says is always on disk
 * already; what it does not say yet, or does not say any more, can be read from the packs.
 */
import { randomBytes } from 'node:crypto';
import SQLite from 'better-sqlite3';
import type { Place } from './packs';
import { recognitionKeyBytes } from './recognition';
import { headerBytes, type RecordKind } from './record';

/** A chunk. Its bytes can be lost; then a file that has them brings them back. */
export interface Chunk {
  readonly id: number;
  readonly bytes: number;
  /** Null: its bytes are not there. */
  readonly place: Place | null;
  readonly stored: number;
  /** Null: it is not known yet by what it is recognised. */
  readonly mark: Buffer | null;
}

export interface NewChunk extends Chunk {
  readonly hash: Buffer;
  readonly place: Place;
}

export interface Expected {
  readonly id: number;
  readonly bytes: number;
  readonly mark: Buffer;
}

/** A file that is kept. */
export interface KeptEntry {
  readonly hash: Buffer;
  readonly bytes: number;
  readonly chunks: Uint32Array;
  readonly keptAt: number;
  readonly place: Place;
  readonly stored: number;
}

/** What came together between two moments at which all was on disk. */
export interface Additions {
  readonly chunks: readonly NewChunk[];
  readonly files: readonly KeptEntry[];
  /** Of files that are kept again: when. */
  readonly keptAgain: readonly { readonly hash: Buffer; readonly keptAt: number }[];
  /** Which chunk came after which in the newest file that has them. */
  readonly neighbours: readonly (readonly [number, number])[];
  readonly moved: readonly Moved[];
  readonly lengths: ReadonlyMap<number, number>;
}

export interface Moved {
  readonly kind: RecordKind;
  readonly id: number;
  readonly from: Place;
  readonly to: Place;
}

interface RecordRow {
  readonly kind: RecordKind;
  readonly id: number;
  readonly at: number;
  readonly stored: number;
}

interface ChunkRow {
  readonly id: number;
  readonly bytes: number;
  readonly pack: number;
  readonly at: number;
  readonly stored: number;
  readonly mark: Buffer | null;
}

interface FileRow {
  readonly hash: Buffer;
  readonly bytes: number;
  readonly chunks: Buffer;
  readonly keptAt: number;
  readonly pack: number;
  readonly at: number;
  readonly stored: number;
}

/** `pack` is 0 when the bytes of a chunk are lost. */
const schema = `
  CREATE TABLE IF NOT EXISTS store (key BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS packs (pack INTEGER PRIMARY KEY, length INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, pack INTEGER NOT NULL,
    at INTEGER NOT NULL, stored INTEGER NOT NULL, mark BLOB, next INTEGER);
  CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, chunks BLOB NOT NULL,
    keptAt INTEGER NOT NULL, pack INTEGER NOT NULL, at INTEGER NOT NULL, stored INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS chunksOfPack ON chunks (pack, at);
  CREATE INDEX IF NOT EXISTS filesOfPack ON files (pack, at);`;

/** More of it stays in the write-ahead log until then. */
const pagesBetweenCheckpoints = 8000;

/** What is asked for every chunk. */
interface Often {
  readonly chunk: SQLite.Statement<[Buffer], ChunkRow>;
  readonly chunkById: SQLite.Statement<[number], ChunkRow & { readonly hash: Buffer }>;
  readonly expected: SQLite.Statement<[number], Expected>;
  readonly putChunk: SQLite.Statement<[number, Buffer, number, number, number, number, Buffer | null]>;
  readonly setNext: SQLite.Statement<[number, number]>;
  readonly move: Readonly<Record<RecordKind, SQLite.Statement<[number, number, number, number, number]>>>;
  readonly removeChunk: SQLite.Statement<[number]>;
}

export class Catalogue {
  readonly key: Buffer;
  /** Of the next new chunk. */
  nextChunk: number;
  private readonly database: SQLite.Database;
  private readonly often: Often;

  constructor(file: string) {
    this.database = new SQLite(file, { timeout: 0 });
    try {
      this.database.pragma('journal_mode = WAL');
      // The newest may be lost when the power is cut; the packs have it then.
      this.database.pragma('synchronous = NORMAL');
      this.database.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints}`);
      this.database.exec(schema);
      this.key = this.keyOfStore();
      this.nextChunk = this.number('SELECT max(id) AS number FROM chunks') + 1;
      this.often = statementsOf(this.database);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  chunk(hash: Buffer): Chunk | null {
    const row = this.often.chunk.get(hash);
    return row === undefined ? null : chunkOf(row);
  }

  chunkById(id: number): (Chunk & { readonly hash: Buffer }) | null {
    const row = this.often.chunkById.get(id);
    return row === undefined ? null : { ...chunkOf(row), hash: row.hash };
  }

  /** What came after this chunk in the newest file that has it. */
  expectedAfter(id: number): Expected | null {
    return this.often.expected.get(id) ?? null;
  }

  file(hash: Buffer): KeptEntry | null {
    const row = this.one<FileRow>('SELECT * FROM files WHERE hash = ?', hash);
    return row === undefined ? null : entryOf(row);
  }

  /** So many of them, in the order of their hashes. */
  filesAfter(hash: Buffer, count: number): readonly KeptEntry[] {
    const sql = 'SELECT * FROM files WHERE hash > ? ORDER BY hash LIMIT ?';
    return this.all<FileRow>(sql, hash, count).map(entryOf);
  }

  chunksAfter(id: number, count: number): readonly number[] {
    const sql = 'SELECT id FROM chunks WHERE id > ? ORDER BY id LIMIT ?';
    return this.all<{ readonly id: number }>(sql, id, count).map((row) => row.id);
  }

  count(of: 'files' | 'chunks'): number {
    return this.number(`SELECT count(*) AS number FROM ${of}`);
  }

  packLengths(): Map<number, number> {
    const rows = this.all<{ readonly pack: number; readonly length: number }>('SELECT * FROM packs');
    return new Map(rows.map(({ pack, length }) => [pack, length]));
  }

  /** How many bytes of a pack are records that are needed, and where the last of them ends. */
  needOf(pack: number): { readonly bytes: number; readonly end: number } {
    const records =
      'SELECT at, stored FROM chunks WHERE pack = ? UNION ALL SELECT at, stored FROM files WHERE pack = ?';
    const sql = `SELECT total(stored + ${headerBytes}) AS bytes, ifnull(max(at + stored + ${headerBytes}), 0) AS end FROM (${records})`;
    return (
      this.one<{ readonly bytes: number; readonly end: number }>(sql, pack, pack) ?? { bytes: 0, end: 0 }
    );
  }

  /** The records of a pack that are needed. */
  recordsOf(pack: number): readonly RecordRow[] {
    const sql = `SELECT 'chunk' AS kind, id, at, stored FROM chunks WHERE pack = ?
      UNION ALL SELECT 'file' AS kind, id, at, stored FROM files WHERE pack = ? ORDER BY at`;
    return this.all(sql, pack, pack);
  }

  apply(additions: Additions): void {
    this.atOnce(() => {
      for (const chunk of additions.chunks) this.putChunk(chunk);
      for (const file of additions.files) this.putFile(file);
      for (const { hash, keptAt } of additions.keptAgain)
        this.run('UPDATE files SET keptAt = ? WHERE hash = ?', keptAt, hash);
      for (const [id, next] of additions.neighbours) this.often.setNext.run(next, id);
      for (const { kind, id, from, to } of additions.moved)
        this.often.move[kind].run(to.pack, to.at, id, from.pack, from.at);
      for (const [pack, length] of additions.lengths) this.notePack(pack, length);
    });
  }

  notePack(pack: number, length: number): void {
    this.run('INSERT OR REPLACE INTO packs VALUES (?, ?)', pack, length);
  }

  /** Its records are not there any more. */
  forgetPack(pack: number): void {
    this.atOnce(() => {
      this.run('UPDATE chunks SET pack = 0 WHERE pack = ?', pack);
      this.run('DELETE FROM packs WHERE pack = ?', pack);
    });
  }

  setMark(id: number, mark: Buffer): void {
    this.run('UPDATE chunks SET mark = ? WHERE id = ?', mark, id);
  }

  /** The bytes of a chunk turned out not to be there. */
  loseChunk(id: number, place: Place): void {
    this.run('UPDATE chunks SET pack = 0 WHERE id = ? AND pack = ? AND at = ?', id, place.pack, place.at);
  }

  removeFile(hash: Buffer): void {
    this.run('DELETE FROM files WHERE hash = ?', hash);
  }

  removeChunks(ids: readonly number[]): void {
    this.atOnce(() => {
      for (const id of ids) this.often.removeChunk.run(id);
    });
  }

  /** Of all that was done before, nothing can be lost any more, not even when the power is cut. */
  settle(): void {
    this.database.pragma('wal_checkpoint(TRUNCATE)');
  }

  atOnce(work: () => void): void {
    this.database.transaction(work)();
  }

  close(): void {
    this.database.close();
  }

  putChunk({ id, hash, bytes, place, stored, mark }: NewChunk): void {
    this.often.putChunk.run(id, hash, bytes, place.pack, place.at, stored, mark);
  }

  putFile({ hash, bytes, chunks, keptAt, place, stored }: KeptEntry): void {
    const ids = Buffer.from(chunks.buffer, chunks.byteOffset, chunks.byteLength);
    const sql = `INSERT OR REPLACE INTO files (hash, bytes, chunks, keptAt, pack, at, stored) VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.run(sql, hash, bytes, ids, keptAt, place.pack, place.at, stored);
  }

  private keyOfStore(): Buffer {
    const known = this.one<{ readonly key: Buffer }>('SELECT key FROM store');
    if (known !== undefined) return known.key;
    const key = randomBytes(recognitionKeyBytes);
    this.run('INSERT INTO store VALUES (?)', key);
    return key;
  }

  private number(sql: string): number {
    return this.one<{ readonly number: number | null }>(sql)?.number ?? 0;
  }

  private one<Row>(sql: string, ...values: readonly unknown[]): Row | undefined {
    return this.all<Row>(sql, ...values)[0];
  }

  private all<Row>(sql: string, ...values: readonly unknown[]): readonly Row[] {
    return this.database.prepare<unknown[], Row>(sql).all(...values);
  }

  private run(sql: string, ...values: readonly unknown[]): void {
    this.database.prepare(sql).run(...values);
  }
}

function statementsOf(database: SQLite.Database): Often {
  const move = 'SET pack = ?, at = ? WHERE id = ? AND pack = ? AND at = ?';
  return {
    chunk: database.prepare('SELECT id, bytes, pack, at, stored, mark FROM chunks WHERE hash = ?'),
    chunkById: database.prepare('SELECT id, hash, bytes, pack, at, stored, mark FROM chunks WHERE id = ?'),
    expected: database.prepare(
      `SELECT id, bytes, mark FROM chunks
        WHERE id = (SELECT next FROM chunks WHERE id = ?) AND pack > 0 AND mark IS NOT NULL`,
    ),
    putChunk: database.prepare(
      `INSERT INTO chunks (id, hash, bytes, pack, at, stored, mark) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET pack = excluded.pack, at = excluded.at, stored = excluded.stored,
          mark = ifnull(excluded.mark, mark)`,
    ),
    setNext: database.prepare('UPDATE chunks SET next = ? WHERE id = ?'),
    move: {
      chunk: database.prepare(`UPDATE chunks ${move}`),
      file: database.prepare(`UPDATE files ${move}`),
    },
    removeChunk: database.prepare('DELETE FROM chunks WHERE id = ?'),
  };
}

const chunkOf = ({ id, bytes, pack, at, stored, mark }: ChunkRow): Chunk => ({
  id,
  bytes,
  stored,
  mark,
  place: pack > 0 ? { pack, at } : null,
});

/** Numbers are stored in the order of this processor's bytes: all that Drover runs on have the same. */
function entryOf({ hash, bytes, chunks, keptAt, pack, at, stored }: FileRow): KeptEntry {
  const ids = new Uint32Array(chunks.length / 4);
  new Uint8Array(ids.buffer).set(chunks);
  return { hash, bytes, chunks: ids, keptAt, place: { pack, at }, stored };
}
