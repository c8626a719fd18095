import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { lockFolder } from '../../folder-lock';
import { Catalogue } from './catalogue';
import { Depot } from './depot';
import { Packs, type FoundRecord } from './packs';
import { contentOf, decodeEntry, headerBytes, type FileEntry } from './record';
import { setReserveAside } from './reserve';
import { ChunkTrouble, gone } from './trouble';

export interface OpenedDepot {
  readonly depot: Depot;
  readonly warnings: readonly string[];
  release(): void;
}

const format = 1;
const formatFile = 'format.json';
const catalogueFile = 'catalogue.sqlite';

/** `mayMake`: there may be no store yet. Nothing is changed in a folder that it cannot use. */
export function openDepot(folder: string, mayMake: boolean): OpenedDepot {
  const isNew = expectFormat(folder, mayMake);
  const lock = lockFolder(folder);
  if (lock === null)
    throw new ChunkTrouble(
      'inUse',
      `the checkpoints in ${folder} are being used by another Drover. End that one, or choose another folder`,
    );
  try {
    if (isNew) writeFormat(folder);
    const packs = new Packs(folder);
    const { catalogue, warnings } = openCatalogue(join(folder, catalogueFile));
    const depot = new Depot(folder, packs, catalogue);
    takeIn(depot);
    setReserveAside(folder);
    return { depot, warnings, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Sets a catalogue aside that cannot be used; the packs have all that it knew. */
export function setCatalogueAside(folder: string): string {
  const file = join(folder, catalogueFile);
  const aside = `${file}.damaged-${Date.now()}`;
  // The log goes first: it must never meet a catalogue that it is not of.
  for (const suffix of ['-wal', '-shm', ''])
    if (statSync(file + suffix, { throwIfNoEntry: false }) !== undefined)
      renameSync(file + suffix, aside + suffix);
  return aside;
}

export const isDamagedCatalogue = (error: unknown): boolean =>
  error instanceof SQLite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);

/** Whether the folder is to become a store. Throws if it cannot be one. */
function expectFormat(folder: string, mayMake: boolean): boolean {
  if (mayMake) makeFolder(folder);
  const names = statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
  if (!names.includes(formatFile)) {
    if (!mayMake) throw gone(folder);
    // One that was begun and killed, or has its packs at least.
    if (names.every((name) => /^(host\.lock|format\.json)/.test(name)) || names.includes('packs'))
      return true;
    throw new ChunkTrouble(
      'other',
      `${folder} holds other things, and no checkpoints. Choose a folder for them that is empty or new`,
    );
  }
  const found = formatOf(readFileSync(join(folder, formatFile), 'utf8'));
  if (found !== null && found > format)
    throw new ChunkTrouble(
      'newer',
      `the checkpoints in ${folder} are of a newer Drover. Use that one, or choose another folder`,
    );
  return found === null;
}

/** Made with the folders above it only where they are missing, as Node does not tell then that a disk is read-only. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') mkdirSync(folder, { recursive: true, mode: 0o700 });
    else if (code !== 'EEXIST') throw error;
  }
}

function formatOf(text: string): number | null {
  const [, found] = /^\{"droverCheckpoints":(\d{1,9})\}\s*$/.exec(text) ?? [];
  return found === undefined ? null : Number(found);
}

function writeFormat(folder: string): void {
  const file = join(folder, formatFile);
  writeFileSync(`${file}.part`, `{"droverCheckpoints":${format}}\n`, { mode: 0o600 });
  const handle = openSync(`${file}.part`, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${file}.part`, file);
}

function openCatalogue(file: string): {
  readonly catalogue: Catalogue;
  readonly warnings: readonly string[];
} {
  try {
    return { catalogue: new Catalogue(file), warnings: [] };
  } catch (error) {
    if (!isDamagedCatalogue(error)) throw error;
    const aside = setCatalogueAside(join(file, '..'));
    const warning = `The catalogue of checkpoints was damaged, and is now ${aside}. What it said was read again from the packs.`;
    return { catalogue: new Catalogue(file), warnings: [warning] };
  }
}

/** Brings the catalogue up to what the packs hold: what was written last, or other packs than it knows. */
function takeIn({ packs, catalogue }: Depot): void {
  const there = packs.lengths();
  const known = catalogue.packLengths();
  for (const pack of known.keys()) if (!there.has(pack)) catalogue.forgetPack(pack);
  const newest = Math.max(...there.keys());
  const files: FoundRecord[] = [];
  for (const [pack, length] of [...there].toSorted(([a], [b]) => a - b)) {
    const from = known.get(pack) ?? 0;
    if (length <= from) continue;
    catalogue.atOnce(() => {
      for (const found of packs.scan(pack, from)) {
        // Only the end of what was written last may be torn; to look into all packs would take long.
        const isSure = from === 0 && pack !== newest;
        if (found.header.kind === 'file') files.push(found);
        else if (isSure || contentAt(packs, found) !== null) takeInChunk(catalogue, found);
      }
      catalogue.notePack(pack, length);
    });
  }
  catalogue.atOnce(() => {
    for (const found of files) {
      const content = contentAt(packs, found);
      const entry = content === null ? null : decodeEntry(content);
      if (entry !== null) takeInFile(catalogue, entry, found);
    }
  });
}

function contentAt(packs: Packs, { header, place }: FoundRecord): Buffer | null {
  const bytes = packs.read(place, headerBytes + header.stored);
  return bytes === null ? null : contentOf(header, bytes.subarray(headerBytes));
}

function takeInChunk(catalogue: Catalogue, { header, place }: FoundRecord): void {
  const { hash, bytes, stored } = header;
  const known = catalogue.chunk(hash);
  if (known !== null && known.place !== null) return;
  const id = known?.id ?? catalogue.nextChunk++;
  catalogue.putChunk({ id, hash, bytes, place, stored, mark: null });
}

/** One of whose chunks nothing is known was removed before: its record was only not overwritten yet. */
function takeInFile(
  catalogue: Catalogue,
  { hash, bytes, keptAt, chunks }: FileEntry,
  found: FoundRecord,
): void {
  const ids = chunks.map((chunk) => catalogue.chunk(chunk)?.id);
  if (ids.some((id) => id === undefined)) return;
  const { place, header } = found;
  const known = Uint32Array.from(ids.filter((id) => id !== undefined));
  catalogue.putFile({ hash, bytes, keptAt, chunks: known, place, stored: header.stored });
}
