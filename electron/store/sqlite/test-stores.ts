/** Stores on disk for the tests, gone when a test is. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { listSnapshots } from './snapshot-files';
import { SqliteStore } from './store';

const worker = resolve(import.meta.dirname, '../../../out/main/store-worker.js');

export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

export function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'drover-store-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

export const newFile = (): string => join(newFolder(), 'drover.sqlite');

export function openStore(file: string, keepFacts = 1_000_000): SqliteStore {
  const store = new SqliteStore(file, worker, { keepFacts });
  onTestFinished(() => store.close().catch(() => {}));
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

export function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** The file of the newest snapshot, or of the one so many before it. */
export function snapshotPath(file: string, before = 0): string {
  const found = listSnapshots(file)[before];
  if (found === undefined) throw new Error('there is no such snapshot');
  return found.path;
}
