import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRoute } from './route';
import type { SshSettings } from './settings';
import { parseTarget } from './target';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drover-ssh-config-'));
  mkdirSync(join(home, '.ssh'));
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(home, '.ssh', name), text);
const route = (target: string, environment: Record<string, string> = {}): Promise<readonly SshSettings[]> =>
  findRoute(parseTarget(target), { home, environment });
async function settings(target: string, environment?: Record<string, string>): Promise<SshSettings> {
  const last = (await route(target, environment)).at(-1);
  if (last === undefined) throw new Error('no route');
  return last;
}

test('without a configuration it is as with ssh', async () => {
  expect(await settings('node7', { SSH_AUTH_SOCK: '/run/agent' })).toEqual({
    name: 'node7',
    host: 'node7',
    port: 22,
    user: userInfo().username,
    knownAs: 'node7',
    knownHostsFiles: expect.arrayContaining([
      join(home, '.ssh/known_hosts'),
      join(home, '.ssh/known_hosts2'),
    ]),
    identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((key) => join(home, '.ssh', key)),
    usualIdentityFiles: true,
    identitiesOnly: false,
    agents: ['/run/agent'],
    jumps: [],
    connectTimeout: 20_000,
    aliveInterval: 60_000,
  });
});

test('reads what it says of an alias; what is said first counts, key files add up', async () => {
  write(
    'config',
    `
    # the farm
    Host render? !render9
      HostName=%h.farm.example
      Port 2222   # not the usual
      User "anna b"
      IdentityFile "~/my keys/%r_%h"
      IdentityFile %d/.ssh/100%%
      identitiesonly YES
      IdentityAgent $FARM_AGENT
      UserKnownHostsFile ~/.ssh/farm "/tmp/other hosts"
      GlobalKnownHostsFile none
      ConnectTimeout 3
      ServerAliveInterval 7
    Host *
      Port 99
      IdentityFile ~/.ssh/all
    `,
  );
  expect(await settings('render1', { FARM_AGENT: '/run/farm' })).toEqual({
    name: 'render1',
    host: 'render1.farm.example',
    port: 2222,
    user: 'anna b',
    knownAs: '[render1.farm.example]:2222',
    knownHostsFiles: [join(home, '.ssh/farm'), '/tmp/other hosts'],
    identityFiles: [
      join(home, 'my keys/anna b_render1.farm.example'),
      join(home, '.ssh/100%'),
      join(home, '.ssh/all'),
    ],
    usualIdentityFiles: false,
    identitiesOnly: true,
    agents: ['/run/farm'],
    jumps: [],
    connectTimeout: 3000,
    aliveInterval: 7000,
  });
  expect(await settings('render9')).toMatchObject({ host: 'render9', port: 99 });
});

test('what is typed comes before what is configured', async () => {
  write('config', 'Host node\nUser anna\nPort 2222\nMatch user bob\nHostName bobs.example');
  expect(await settings('bob@node:23')).toMatchObject({ user: 'bob', port: 23, host: 'bobs.example' });
});

test('Match knows host, originalhost, user, all, final and their negations, and never carries out a command', async () => {
  const proof = join(home, 'carried-out');
  write(
    'config',
    `
    Match exec "touch ${proof}"
      Port 1
    Match originalhost node !user root
      HostName node.example
    Match final host *.example
      HostKeyAlias the-node
    Match host node.example
      Port 2
    `,
  );
  expect(await settings('anna@node')).toMatchObject({ host: 'node.example', port: 2, knownAs: 'the-node' });
  expect(await settings('root@node')).toMatchObject({ host: 'node', port: 22 });
  expect(() => rmSync(proof)).toThrow('ENOENT');
});

test('Include takes in other files, in the section where it stands', async () => {
  mkdirSync(join(home, '.ssh/conf.d'));
  write('conf.d/a', 'Host a\n  Port 11\nHost b\n  Port 12');
  write('conf.d/b', 'User everybody');
  write('config', 'Include conf.d/* ~/.ssh/missing\nHost c\n  Include only-c\nHost a b c\n  Port 13');
  write('only-c', 'Port 14');
  expect(await settings('a')).toMatchObject({ port: 11, user: 'everybody' });
  expect(await settings('b')).toMatchObject({ port: 12 });
  expect(await settings('c')).toMatchObject({ port: 14 });
  write('only-c', 'Include only-c');
  await expect(settings('c')).rejects.toThrow('includes itself');
});

test('follows ProxyJump over several hosts, each with settings of its own', async () => {
  write(
    'config',
    `
    Host node
      ProxyJump anna@gate:2200,inner
    Host gate
      HostName gate.example
      ProxyJump outer
    Host inner
      ProxyJump never
      User ivan
    Host outer
      Port 2300
    `,
  );
  expect((await route('node')).map(({ name, host, port, user }) => [name, host, port, user])).toEqual([
    ['outer', 'outer', 2300, userInfo().username],
    ['anna@gate:2200', 'gate.example', 2200, 'anna'],
    ['inner', 'inner', 22, 'ivan'],
    ['node', 'node', 22, userInfo().username],
  ]);
});

test('a circle of hosts is refused with its path', async () => {
  write('config', 'Host a\nProxyJump b\nHost b\nProxyJump a');
  await expect(route('a')).rejects.toThrow('goes in a circle: a, b, a, b');
});

test('a ProxyCommand is refused, with the way out; a ProxyJump before it counts', async () => {
  write(
    'config',
    'Host a\n  ProxyCommand ssh -W "%h:%p" gate\nHost b\n  ProxyJump none\n  ProxyCommand nc %h %p',
  );
  await expect(route('a')).rejects.toThrow(/ProxyCommand “ssh -W %h:%p gate”.*ProxyJump instead/);
  expect(await route('b')).toHaveLength(1);
});

test.each([
  ['Host a\n  Port x', 'port is “x”, not a number from 1 to 65535'],
  ['Host a\n  IdentityFile ~/%z', '“~/%z” has %z, which is not understood here'],
  ['Host a\n  HostName -oX', 'is not a node'],
  ['Host a\n  HostKeyAlias b:22', 'may only be a name or an address'],
  ['Host a\n  User "b', 'cannot be understood'],
])('%j is a failure of the configuration', async (text, message) => {
  write('config', text);
  await expect(route('a')).rejects.toMatchObject({ step: 'configuration' });
  await expect(route('a')).rejects.toThrow(message);
});
