import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf } from '../../file-hash';
import { Hashes } from './hashes';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-hashes-'));
  file = join(folder, 'scene');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const longAgo = 1_600_000_000;

function write(path: string, text: string): void {
  writeFileSync(path, text);
  utimesSync(path, longAgo, longAgo);
}

test('a file is read once, and again when it is another one, also of the same size and time', async () => {
  let reads = 0;
  const hashes = new Hashes((path) => {
    reads++;
    return hashOf(path);
  });
  write(file, 'one');
  expect(await Promise.all([hashes.of(file), hashes.of(file)])).toEqual([sha('one'), sha('one')]);
  expect(await hashes.of(file)).toBe(sha('one'));
  expect(reads).toBe(1);
  write(join(folder, 'new'), 'two');
  renameSync(join(folder, 'new'), file);
  expect(await hashes.of(file)).toBe(sha('two'));
  write(file, 'six');
  expect(await hashes.of(file)).toBe(sha('six'));
  expect(reads).toBe(3);
});

test('what was written a moment ago is read again: it may be written once more in the same moment', async () => {
  let reads = 0;
  const hashes = new Hashes((path) => {
    reads++;
    return hashOf(path);
  });
  writeFileSync(file, 'one');
  await hashes.of(file);
  await hashes.of(file);
  expect(reads).toBe(2);
});

test('what is written while it is read is said', async () => {
  const hashes = new Hashes(async (path) => {
    writeFileSync(path, `${statSync(path).size} and more`);
    return hashOf(path);
  });
  write(file, 'one');
  await expect(hashes.of(file)).rejects.toThrow(`${file} is being written`);
});
