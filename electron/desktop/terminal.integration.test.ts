import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTerminal } from './terminal';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-terminal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

const words = ['ssh', '-p', '2222', '-l', 'STUDIO\\anna$(id)', "render1'; x"];
const open = (platform: string): Promise<boolean> =>
  openTerminal({
    words,
    url: 'ssh://anna@render1:2222',
    platform,
    environment: { PATH: folder, OUT: join(folder, 'said') },
  });
const said = (): string => readFileSync(join(folder, 'said'), 'utf8');

test('the first terminal that opens has the program and its words as they are', async () => {
  program('x-terminal-emulator', 'exit 1');
  program('konsole', `printf '%s|' konsole "$@" >"$OUT"`);
  program('xterm', `printf '%s|' xterm "$@" >"$OUT"`);
  expect(await open('linux')).toBe(true);
  expect(said()).toBe(['konsole', '-e', ...words, ''].join('|'));
});

test('one that stays open has opened', async () => {
  execFileSync('mkfifo', [join(folder, 'said.pipe')]);
  program('x-terminal-emulator', `echo open >"$OUT"; read -r never <"$OUT.pipe"`);
  expect(await open('linux')).toBe(true);
  expect(said()).toBe('open\n');
  writeFileSync(join(folder, 'said.pipe'), 'end\n');
});

test('macOS is asked to open an address', async () => {
  program('open', `printf '%s|' "$@" >"$OUT"`);
  expect(await open('darwin')).toBe(true);
  expect(said()).toBe('ssh://anna@render1:2222|');
});

test('without any terminal that is said', async () => {
  expect(await open('linux')).toBe(false);
  expect(existsSync(join(folder, 'said'))).toBe(false);
});
