/** Stores of checkpoints on disk for the tests, gone when a test is. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { ChunkStore } from './store';

export const workerFile = resolve(import.meta.dirname, '../../../out/main/checkpoint-worker.js');

export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

export function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'drover-checkpoints-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

export async function openStore(folder: string): Promise<ChunkStore> {
  const { store } = await ChunkStore.open(folder, { workerFile, mostBytesASecond: null });
  onTestFinished(() => store.close());
  return store;
}

/** A file system of its own, in memory. */
export function smallDisk(size: string): {
  readonly folder: string;
  readonly remount: (options: string) => void;
} {
  const folder = newFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return {
    folder,
    remount: (options) => void execFileSync('mount', ['-o', `remount,${options}`, folder]),
  };
}

export function newFile(bytes: Uint8Array, folder = newFolder()): string {
  const path = join(folder, 'state');
  writeFileSync(path, bytes);
  return path;
}

export function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** The files that hold the bytes of the store. */
export const packsOf = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'packs'))
    .toSorted()
    .map((name) => join(folder, 'packs', name));

/** What the store gives back for this. */
export async function contentOf(store: ChunkStore, sha256: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const bytes of store.read(sha256)) parts.push(bytes);
  return Buffer.concat(parts);
}

export async function restored(store: ChunkStore, sha256: string): Promise<Buffer> {
  const path = join(newFolder(), 'back');
  await store.restore(sha256, path);
  return readFileSync(path);
}

/** What is wrong with each, by its hash. */
export async function problemsOf(
  store: ChunkStore,
  which: Iterable<string> | 'all' = 'all',
): Promise<ReadonlyMap<string, string | null>> {
  const found = new Map<string, string | null>();
  for await (const { sha256, problem } of store.verify(which)) found.set(sha256, problem);
  return found;
}

/** Whatever was kept so far may go. */
export const noGrace = { graceMs: -60_000 };
