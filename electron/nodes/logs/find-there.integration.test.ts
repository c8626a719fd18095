import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentFiles } from '../reach';
import { findHere } from './find-here';
import { findThere, type RunScript } from './find-there';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "drover find'there-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', ':']).error === undefined;
const shells = ['sh', 'dash', 'bash'].filter(isThere);

const runIn =
  ([shell = 'sh', ...words]: readonly string[], environment = process.env): RunScript =>
  (script) =>
    new Promise((done, failed) => {
      const child = execFile(shell, [...words, '-s'], { env: environment }, (error, out) =>
        error === null ? done(out) : failed(error),
      );
      child.stdin?.end(script);
    });

const inMemory = (bytes: Buffer): AgentFiles => ({
  find: null,
  read: async (_path, from, length) => ({
    from,
    bytes: bytes.subarray(from, from + length),
    size: bytes.length,
  }),
});

/** Also what would mean something to a shell, to a pattern, or to grep's options. */
const piece = fc.constantFrom(
  ...[
    'a',
    'A',
    'b',
    '-',
    "'",
    '"',
    '$(',
    '`',
    '\\',
    '*',
    '.',
    '[',
    ' ',
    ':',
    '7',
    'é',
    '😀',
    '\t',
    '\r',
    '\u001b[1m',
  ],
);
const texts = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
const logs = fc
  .array(fc.oneof(piece, fc.constantFrom('\n', '\r\n', '\0'), fc.uint8Array({ maxLength: 3 })), {
    maxLength: 60,
  })
  .map((pieces) => Buffer.concat(pieces.map((part) => Buffer.from(part))));
const keeps = fc.constantFrom('first' as const, 'last' as const);

describe.each(shells)('grep, asked by %s', (shell) => {
  test('finds what reading finds', async () => {
    const file = join(folder, "a 'log'");
    const run = runIn([shell]);
    await fc.assert(
      fc.asyncProperty(
        logs,
        texts,
        fc.nat(40),
        fc.nat(60),
        fc.integer({ min: 1, max: 5 }),
        keeps,
        async (log, text, from, bytes, most, keep) => {
          writeFileSync(file, log);
          const there = await findThere(run, file, text, { from, bytes }, most, keep);
          const here = await findHere(inMemory(log), [], text)({ from, bytes }, most, keep);
          expect(there).toEqual(here);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

test('says that it cannot tell: a text of two lines, a grep that knows no places', async () => {
  const file = join(folder, 'log');
  writeFileSync(file, 'one\ntwo\n');
  const stretch = { from: 0, bytes: 100 };
  expect(await findThere(runIn(['sh']), file, 'one\ntwo', stretch, 5, 'first')).toBeNull();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'grep'), '#!/bin/sh\necho "grep: unknown option" >&2\nexit 2\n', { mode: 0o755 });
  const poor = runIn(['sh'], { ...process.env, PATH: `${bin}:${process.env['PATH']}` });
  expect(await findThere(poor, file, 'one', stretch, 5, 'first')).toBeNull();
  expect(await findThere(runIn(['sh']), join(folder, 'missing'), 'one', stretch, 5, 'last')).toEqual([]);
});

test.skipIf(!isThere('busybox'))('the grep of busybox is found out', async () => {
  const file = join(folder, 'log');
  writeFileSync(file, 'one\ntwo\n');
  // Where it is the shell, it is also the grep.
  const run = runIn(['busybox', 'sh']);
  expect(await findThere(run, file, 'two', { from: 0, bytes: 100 }, 5, 'first')).toBeNull();
});
