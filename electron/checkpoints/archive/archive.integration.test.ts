import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Manifest } from './manifest';
import { BadArchive, readArchive } from './read';
import { readRecords } from './tar';
import { writeArchive } from './write';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});
const inFolder = (name: string): string => join(folder, name);

const names = ['state.cpt', 'deep/er/ä \u{1F40E}\n"x".bin', `${'long/'.repeat(60)}end`];
const contents = new Map(names.map((name, index) => [name, Buffer.alloc(index * 700 + 3, index + 65)]));

const manifest = (more: Partial<Manifest> = {}): Manifest => ({
  ...{ drover: 'checkpoint', version: 1, type: 'FULL', name: 'state.cpt', madeAt: 1.7e12, at: 40 },
  of: { job: 'melt', step: 'main', task: '', node: 'render1' },
  files: [...contents].map(([path, bytes]) => ({ path, bytes: bytes.length, hash: sha256(bytes) })),
  ...more,
});

async function* inParts(hash: string): AsyncGenerator<Uint8Array> {
  for (const bytes of contents.values())
    if (sha256(bytes) === hash)
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  await Promise.resolve();
}

const write = (file: string, what = manifest(), replaces = false): Promise<void> =>
  writeArchive(file, what, inParts, replaces);

async function read(file: string): Promise<Manifest> {
  return readArchive(file, async (bytes) => {
    const hash = createHash('sha256');
    for await (const some of bytes) hash.update(some);
    return hash.digest('hex');
  });
}

describe('an archive of a checkpoint', () => {
  it('has all of it, whatever its files are called, and is read by other programs', async () => {
    const file = inFolder('c1.tar');
    await write(file);
    expect(await read(file)).toEqual(manifest());
    mkdirSync(inFolder('out'));
    execFileSync('tar', ['-xf', file, '-C', inFolder('out')]);
    for (const [name, bytes] of contents)
      expect(readFileSync(join(folder, 'out', 'files', name)).equals(bytes)).toBe(true);
    expect(JSON.parse(readFileSync(inFolder('out/manifest.json'), 'utf8'))).toEqual(manifest());
  });

  it('takes no name that is taken, and leaves nothing behind when it cannot be written', async () => {
    const file = inFolder('c1.tar');
    writeFileSync(file, 'mine');
    await expect(write(file)).rejects.toMatchObject({ code: 'EEXIST' });
    const lost = manifest({ files: [{ path: 'a', bytes: 3, hash: 'ef'.repeat(32) }] });
    await expect(write(file, lost, true)).rejects.toThrow('0 bytes in the store instead of 3');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['c1.tar']);
    await write(file, manifest(), true);
    expect(await read(file)).toEqual(manifest());
  });

  it('is refused when a byte of it is not as it was, wherever it is cut', async () => {
    const file = inFolder('c1.tar');
    await write(file);
    const whole = readFileSync(file);
    const bad = inFolder('bad.tar');
    for (const at of [0, 600, 5000, whole.length - 1200]) {
      writeFileSync(bad, whole.subarray(0, at));
      await expect(read(bad)).rejects.toThrow(/cut short/);
    }
    const content = whole.lastIndexOf('CCC');
    writeFileSync(bad, whole);
    const damaged = Buffer.from(whole);
    damaged[content] = 0x20;
    writeFileSync(bad, damaged);
    await expect(read(bad)).rejects.toThrow('is damaged: its SHA-256 is not that of the manifest');
  });

  it('is refused when it would lead elsewhere, or has what it should not', async () => {
    const file = inFolder('bad.tar');
    const [first] = manifest().files;
    if (first === undefined) throw new Error('there is one');
    for (const path of ['../up', '/etc/passwd', 'a/../../b', 'C:\\x', 'a//b', './a', '', 'a\0b']) {
      await write(file, manifest({ files: [{ ...first, path }] }), true);
      await expect(read(file)).rejects.toThrow(/manifest.json/);
    }
    await write(file, manifest({ files: [first, first] }), true);
    await expect(read(file)).rejects.toThrow('two files have the same name');

    for (const make of [
      () => symlinkSync('/etc/passwd', inFolder('in/files/state.cpt')),
      () => mkdirSync(inFolder('in/files/state.cpt')),
      () => writeFileSync(inFolder('in/files/other'), 'more'),
      () => {},
    ]) {
      rmSync(inFolder('in'), { recursive: true, force: true });
      mkdirSync(inFolder('in/files'), { recursive: true });
      writeFileSync(inFolder('in/manifest.json'), JSON.stringify(manifest({ files: [first] })));
      make();
      const inside = readdirSync(inFolder('in/files')).map((name) => `files/${name}`);
      execFileSync('tar', ['-cf', file, '-C', inFolder('in'), 'manifest.json', ...inside]);
      await expect(read(file)).rejects.toThrow(/is no plain file|is not as its manifest says|is missing/);
    }
    writeFileSync(file, 'no archive at all '.repeat(100));
    await expect(read(file)).rejects.toThrow('it is no tar archive, or damaged');
  });

  it('of whatever bytes is refused in words', async () => {
    const file = inFolder('any.tar');
    await write(file);
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(3000), fc.uint8Array({ maxLength: 40 }), async (at, bytes) => {
        const changed = Buffer.from(whole);
        changed.set(bytes, at);
        writeFileSync(file, changed);
        const outcome = await read(file).catch((error: unknown) => error);
        if (!(outcome instanceof BadArchive)) expect(outcome).toMatchObject({ files: manifest().files });
        expect(() => readRecords(Buffer.from(bytes))).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});
