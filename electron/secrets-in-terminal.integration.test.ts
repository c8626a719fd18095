import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecretsByTool, secretsInTerminal } from './secrets-in-terminal';

/** As libsecret's: a file for each attribute `name`; what it was called with is written down. */
const fake = `#!/bin/sh
printf '%s\\n' "$*" >>"$KEPT/calls"
[ -e "$KEPT/locked" ] && exit 1
do=$1
while [ $# -gt 1 ]; do shift; done
file=$KEPT/secret-$(printf %s "$1" | cksum | cut -d ' ' -f 1)
case $do in
  store) cat >"$file" ;;
  lookup) [ -e "$file" ] && cat "$file" ;;
  clear) rm -f "$file" ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-secret-tool-'));
  writeFileSync(join(folder, 'secret-tool'), fake);
  chmodSync(join(folder, 'secret-tool'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const name = 'password of ann@render1:22';
const secret = 'a "b" $c\n🧀';
const calls = (): string => readFileSync(join(folder, 'calls'), 'utf8');
const tool = (): SecretsByTool =>
  new SecretsByTool({ environment: { PATH: `${folder}:${process.env['PATH']}`, KEPT: folder } });

describe.skipIf(process.platform === 'win32')('secrets by secret-tool', () => {
  test('are there for the next start, and in no argument', async () => {
    expect(await tool().get(name)).toBeNull();
    expect(await tool().set(name, secret)).toBe(true);
    expect(await tool().get(name)).toBe(secret);
    expect(await tool().get('another')).toBeNull();
    expect(calls()).toContain(`store --label=Drover: ${name} application drover name ${name}\n`);
    expect(calls()).not.toContain('$c');
    await tool().forget(name);
    expect(await tool().get(name)).toBeNull();
  });

  test('are known until the end when the store does not take them', async () => {
    writeFileSync(join(folder, 'locked'), '');
    const locked = tool();
    expect(await locked.set(name, secret)).toBe(false);
    expect(await locked.get(name)).toBe(secret);
    expect(await tool().get(name)).toBeNull();
  });

  test('are known until the end when there is no such tool', async () => {
    const none = new SecretsByTool({ program: join(folder, 'not-there') });
    expect(await none.set(name, secret)).toBe(false);
    expect(await none.get(name)).toBe(secret);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });
});

test('on macOS nothing is put into the Keychain, which is said', async () => {
  const secrets = secretsInTerminal('darwin');
  expect(await secrets.set(name, secret)).toBe(false);
  expect(secrets.lack).toContain('Keychain');
});
