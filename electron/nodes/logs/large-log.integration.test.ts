import { randomBytes } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Place } from '../../../build/integration/sshd/place';
import { Person } from '../../../build/integration/sshd/person';
import { hasSshd } from '../../../build/integration/sshd/sshd';
import { Hashes } from '../files/hashes';
import { agentFolder } from '../node-for-tests';
import { LocalReach } from '../local-reach';
import type { AgentFiles } from '../reach';
import { SshReach } from '../ssh-reach';
import { searchLog, type LogQuery } from './search';

const mebibyte = 1024 * 1024;
const never = new AbortController().signal;
const path = ['run', 'p', 'log'];

const query = (text: string, more: Partial<LogQuery> = {}): LogQuery => ({
  ...{ text, direction: 'forwards', from: 0, most: 1000 },
  ...more,
});

/** Counts what is read. */
function counted(files: AgentFiles): AgentFiles & { readonly reads: number[] } {
  const reads: number[] = [];
  return {
    ...files,
    reads,
    read: (file, from, bytes) => {
      reads.push(bytes);
      return files.read(file, from, bytes);
    },
  };
}

/** A file with a few texts in it; the rest is a hole, which needs no room on the disk. */
function makeLog(folder: string, size: number, texts: ReadonlyMap<number, string>): void {
  mkdirSync(join(folder, 'run', 'p'), { recursive: true });
  const file = openSync(join(folder, ...path), 'w');
  ftruncateSync(file, size);
  for (const [at, text] of texts) writeSync(file, text, at);
  closeSync(file);
}

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'drover-large-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const local = () => counted(new LocalReach({ folder, agentFolder }).files);

describe('a log of two gibibytes', () => {
  const size = 2048 * mebibyte;
  const places = [5, mebibyte - 3, 1500 * mebibyte, size - 7];
  const texts = new Map(places.map((at) => [at, 'Needle\n']));

  test('its end is read at once, and its last line is found in a piece', async () => {
    makeLog(folder, size, texts);
    const files = local();
    const end = await files.read(path, -64 * 1024, 64 * 1024);
    expect(end?.from).toBe(size - 64 * 1024);
    expect(end?.bytes.subarray(-7).toString()).toBe('Needle\n');
    const last = query('needle', { direction: 'backwards', from: size, most: 1 });
    expect(await searchLog(files, path, last, never)).toMatchObject({ matches: [size - 7] });
    expect(files.reads.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(2 * mebibyte);
  });

  test('is searched piece by piece, in little memory', async () => {
    makeLog(folder, size, texts);
    const files = local();
    const before = process.memoryUsage().rss;
    let most = 0;
    const watched: AgentFiles = {
      ...files,
      read: (...asked) => {
        most = Math.max(most, process.memoryUsage().rss);
        return files.read(...asked);
      },
    };
    const found = await searchLog(watched, path, query('needle'), never);
    expect(found).toEqual({ matches: places, to: size - 1, toEnd: true, size });
    expect(Math.max(...files.reads)).toBeLessThan(mebibyte + 10);
    expect(most - before).toBeLessThan(400 * mebibyte);
  }, 120_000);
});

test('a line of a hundred megabytes without an end', async () => {
  const size = 100 * mebibyte;
  makeLog(folder, size, new Map([[size - 6, 'Needle']]));
  const files = local();
  expect((await searchLog(files, path, query('needle'), never)).matches).toEqual([size - 6]);
  const lineEnds = await searchLog(files, path, query('\n', { direction: 'backwards', from: size }), never);
  expect(lineEnds).toMatchObject({ matches: [], to: 0, toEnd: true });
}, 60_000);

test('random bytes', async () => {
  makeLog(folder, 0, new Map());
  const bytes = randomBytes(5 * mebibyte);
  bytes.write('Needle', 3 * mebibyte - 2);
  writeFileSync(join(folder, ...path), bytes);
  const { matches } = await searchLog(local(), path, query('needle'), never);
  expect(matches).toEqual([3 * mebibyte - 2]);
});

describe.skipIf(!hasSshd)('over SSH (with sshd)', () => {
  let place: Place;
  beforeEach(() => void (place = new Place()));
  afterEach(() => place.close());

  test('a large log is searched on its node: only its places come back', async () => {
    const server = await place.servers.start();
    place.configure(place.alias('render1', server));
    const size = 300 * mebibyte;
    const places = [0, 64 * mebibyte - 2, 200 * mebibyte];
    makeLog(join(server.home, '.drover'), size, new Map(places.map((at) => [at, "it's a Needle\n"])));
    const { home, knownHostsFile } = place;
    const options = {
      agentFolder,
      home,
      knownHostsFile,
      environment: {},
      asks: new Person(),
      hashes: new Hashes(),
    };
    const reached = await new SshReach('render1', options).connect(
      { host: 'h1', name: 'anna@desk', take: false, nice: 0 },
      never,
    );
    try {
      const files = counted(reached.files);
      const wish = query("IT'S A NEEDLE");
      expect(await searchLog(files, path, wish, never)).toMatchObject({ matches: places, toEnd: true, size });
      const backwards = { ...wish, direction: 'backwards', from: size, most: 2 } as const;
      expect((await searchLog(files, path, backwards, never)).matches).toEqual(places.slice(1));
      expect(files.reads).toEqual([0, 0]);
      // What grep cannot be asked for is read, for as long as the search may last.
      const lines = await searchLog(files, path, query('needle\n'), AbortSignal.abort());
      expect(lines).toMatchObject({ matches: [7], to: mebibyte, toEnd: false });
    } finally {
      reached.close();
      await reached.ended;
    }
  }, 60_000);
});
