/**
 * Snapshots are files beside the database, so that they outlive damage to it, and so that writing
 * one does not hold up appends. A file: a line of JSON about it, then the state.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface SnapshotFile {
  readonly path: string;
  /** Of the store whose state it is. */
  readonly identity: string;
  /** The number of the last fact that it contains. */
  readonly last: number;
}

export interface Snapshot {
  readonly state: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970, for people; the order of snapshots is that of their facts. */
  readonly savedAt: number;
}

interface Header {
  readonly format: number;
  readonly savedAt: number;
  readonly bytes: number;
  readonly checksum: number;
}

const format = 1;
const lineEnd = 0x0a;
const writeAtOnce = 4 << 20;

const prefixOf = (file: string): string => `${basename(file)}.snapshot-`;
const unfinished = '.part';

/** Those beside this database, of whichever store, the newest first. */
export function listSnapshots(file: string): readonly SnapshotFile[] {
  const prefix = prefixOf(file);
  return filesBeside(file, prefix)
    .flatMap((name) => {
      const [, identity, last] = /^([0-9a-f]+)-(\d+)$/.exec(name.slice(prefix.length)) ?? [];
      if (identity === undefined || last === undefined) return [];
      return [{ path: join(dirname(file), name), identity, last: Number(last) }];
    })
    .toSorted((a, b) => b.last - a.last);
}

/** Null: it is not as it was written. */
export function readSnapshot({ path }: SnapshotFile): Snapshot | null {
  const content = readFileSync(path);
  const end = content.indexOf(lineEnd);
  const header = end < 0 ? null : parseHeader(content.toString('utf8', 0, end));
  if (header === null || header.format !== format) return null;
  const state = new Uint8Array(content.subarray(end + 1));
  if (state.length !== header.bytes || crc32(state) !== header.checksum) return null;
  return { state, savedAt: header.savedAt };
}

/** Resolves when it is on disk; a half-written one never has the name of a snapshot. */
export async function writeSnapshot(
  file: string,
  identity: string,
  last: number,
  state: Uint8Array,
): Promise<SnapshotFile> {
  const path = join(dirname(file), `${prefixOf(file)}${identity}-${last}`);
  const header: Header = { format, savedAt: Date.now(), bytes: state.length, checksum: crc32(state) };
  try {
    const handle = await open(path + unfinished, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(header)}\n`);
      for (let from = 0; from < state.length; from += writeAtOnce)
        await handle.writeFile(state.subarray(from, from + writeAtOnce));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(path + unfinished, path);
  } catch (error) {
    await rm(path + unfinished, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
  return { path, identity, last };
}

/** Removes these, and what writing left unfinished when the program was killed. */
export async function removeSnapshots(file: string, snapshots: readonly SnapshotFile[]): Promise<void> {
  const folder = dirname(file);
  const prefix = prefixOf(file);
  const left = filesBeside(file, prefix).filter((name) => name.endsWith(unfinished));
  for (const path of [...snapshots.map(({ path }) => path), ...left.map((name) => join(folder, name))])
    await rm(path, { force: true });
}

function filesBeside(file: string, prefix: string): readonly string[] {
  return readdirSync(dirname(file)).filter((name) => name.startsWith(prefix));
}

function parseHeader(line: string): Header | null {
  try {
    const { format, savedAt, bytes, checksum }: Partial<Header> = JSON.parse(line);
    if (format === undefined || savedAt === undefined || bytes === undefined || checksum === undefined)
      return null;
    return { format, savedAt, bytes, checksum };
  } catch {
    return null;
  }
}

/** Only then the new name outlives a power cut. Windows cannot, and need not, be asked for it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
