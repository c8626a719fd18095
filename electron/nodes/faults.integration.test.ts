/** What happens to nodes that are reached over SSH, and what must not become of their work. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canPullCables, Cable } from '../../build/integration/sshd/network';
import { Person } from '../../build/integration/sshd/person';
import { Place } from '../../build/integration/sshd/place';
import { hasSshd, type ServerOptions, type SshdServer } from '../../build/integration/sshd/sshd';
import { noRequest } from '../../shared/model/amounts';
import type { AttemptId } from '../../shared/model/ids';
import type { Order } from '../engine/effects';
import { step } from '../engine/farm-for-tests';
import type { Clock } from '../engine/ports';
import { Hashes } from './files/hashes';
import {
  agentFolder,
  attemptId,
  fastClock,
  nodeReachedBy,
  realClock,
  type NodeForTests,
} from './node-for-tests';
import { FollowedNode } from './reports-for-tests';
import { SshReach } from './ssh-reach';

/** A silence is called an end after so much: 23 s in all, in less than 3. */
const speed = 8;

let place: Place;
let server: SshdServer;
let nodes: FollowedNode[] = [];

async function serve(options: ServerOptions = {}): Promise<void> {
  server = await place.servers.start(options);
  place.configure(place.alias('render1', server));
}

beforeEach(() => {
  place = new Place();
});
afterEach(async () => {
  for (const { node } of nodes.splice(0)) node.close();
  await place.close();
});

function connect(options: NodeForTests = {}): FollowedNode {
  const { home, knownHostsFile } = place;
  const reach = new SshReach('render1', {
    ...{ agentFolder, home, knownHostsFile, environment: {}, asks: new Person() },
    hashes: new Hashes(),
  });
  const made = new FollowedNode((report) => nodeReachedBy(reach, report, { node: 'render1', ...options }));
  nodes.push(made);
  return made;
}

async function connected(options: NodeForTests = {}): Promise<FollowedNode> {
  const made = connect(options);
  await made.up();
  return made;
}

const order = (attempt: AttemptId, text: string, timeoutMs: number | null = null): Order => ({
  ...{ attempt, node: 'render1', batch: 'b1', batchName: 'Test', job: 'film', task: 0 },
  step: { ...step({}), action: { kind: 'script', text }, folder: server.home, timeoutMs },
  ...{ output: join(server.home, 'out'), request: noRequest, placement: null },
});

const there = (file: string): string => join(server.home, file);
/** Writes down that it has begun, and waits to be let go. */
const waiting = (attempt: AttemptId, status: number): Order =>
  order(
    attempt,
    `echo ${attempt} >>${there('ledger')}; while [ ! -e ${there('go')} ]; do sleep 0.02; done; exit ${status}`,
  );
const letGo = (): void => writeFileSync(there('go'), '');
const ledger = (): string => readFileSync(there('ledger'), 'utf8');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 10));
}

/** It runs, once. */
async function begun(): Promise<void> {
  await until(() => existsSync(there('ledger')) && ledger() !== '');
}

const runFolder = (attempt: string): string =>
  join(server.home, '.drover', 'run', readFileSync(there(`.drover/ids/${attempt}`), 'utf8').trim());

const signal = (pids: readonly number[], name: NodeJS.Signals): void =>
  pids.forEach((pid) => process.kill(pid, name));

describe.skipIf(!hasSshd)('a node over SSH (with sshd)', () => {
  test('whose SSH server is killed is told to be away; when it is back, the end of its work is told once', async () => {
    await serve();
    const node = await connected();
    node.start(waiting(attemptId(1), 5));
    await begun();
    const before = node.reports.count;
    await server.kill();
    expect(await node.down('OFFLINE', before)).not.toBe('');
    letGo();
    await until(() => existsSync(join(runFolder(attemptId(1)), 'exit')));
    expect(node.reports.ends(attemptId(1))).toEqual([]);
    await server.start();
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    node.start(order(attemptId(2), 'exit 6'));
    expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 6 });
    expect(node.reports.ends(attemptId(1))).toHaveLength(1);
    expect(ledger()).toBe(`${attemptId(1)}\n`);
  });

  test('whose agent is killed gets another one, and nothing is lost', async () => {
    await serve();
    const node = await connected();
    node.start(waiting(attemptId(1), 5));
    await begun();
    const before = node.reports.count;
    signal([Number(readFileSync(there('.drover/agent.pid'), 'utf8').split(' ')[0])], 'SIGKILL');
    expect(await node.down('OFFLINE', before)).toContain('its agent has ended');
    await node.up(before);
    letGo();
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    expect(ledger()).toBe(`${attemptId(1)}\n`);
  });

  test('whose agent is stopped for good gets another one, and the first does nothing more when it goes on', async () => {
    await serve();
    const node = await connected({ clock: fastClock(speed) });
    node.start(waiting(attemptId(1), 5));
    await begun();
    const before = node.reports.count;
    const [stopped = 0] = readFileSync(there('.drover/agent.pid'), 'utf8').split(' ').map(Number);
    signal([stopped], 'SIGSTOP');
    node.start(waiting(attemptId(2), 6));
    await node.down('OFFLINE', before);
    await node.up(before);
    signal([stopped], 'SIGCONT');
    await until(() => !existsSync(`/proc/${stopped}`));
    letGo();
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 6 });
    expect(ledger()).toBe(`${attemptId(1)}\n${attemptId(2)}\n`);
  });

  test('whose home has an odd name does its work there', async () => {
    await serve({ home: `it's "home" of $USER * \\ $(id) \`id\`; x` });
    const node = await connected();
    node.start(order(attemptId(1), 'echo "$HOME" >seen'));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    expect(readFileSync(there('seen'), 'utf8')).toBe(`${server.home}\n`);
    expect(existsSync(join(runFolder(attemptId(1)), 'log'))).toBe(true);
  });

  test('that lets in too few sessions at once says what is to be changed', async () => {
    await serve({ maxSessions: 1 });
    const node = connect();
    expect(await node.down('OFFLINE')).toContain(
      'only 1 session at once, and Drover needs 3. Raise MaxSessions',
    );
  });

  test.runIf(canPullCables)('whose home cannot be written says where, and works when it can', async () => {
    await serve();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', server.home]);
    const node = connect({ clock: fastClock(speed) });
    try {
      expect(await node.down('OFFLINE')).toMatch(/\.drover.* who may write in it/);
    } finally {
      execFileSync('umount', [server.home]);
    }
    await node.up();
    node.start(order(attemptId(1), 'exit 3'));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
  });

  test('that is silent for a while is not known to be there, and nothing comes of it', async () => {
    await serve();
    const node = await connected({ clock: fastClock(speed) });
    node.start(waiting(attemptId(1), 5));
    await begun();
    const before = node.reports.count;
    const connections = server.running('@notty');
    signal(connections, 'SIGSTOP');
    expect(await node.down('STARTING', before)).toContain('what runs there may go on');
    signal(connections, 'SIGCONT');
    await node.up(before);
    letGo();
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    expect(ledger()).toBe(`${attemptId(1)}\n`);
  });

  test('that was started again has lost what ran, and says by what it knows that', async () => {
    await serve();
    const node = await connected();
    node.start(waiting(attemptId(1), 5));
    await begun();
    const file = join(runFolder(attemptId(1)), 'pid');
    const [pid, start] = readFileSync(file, 'utf8').split(' ');
    writeFileSync(file, `${pid} ${start} 00000000-before-it-started-again\n`);
    process.kill(-Number(pid), 'SIGKILL');
    await server.kill();
    await server.start();
    expect(await node.end(attemptId(1))).toEqual({
      kind: 'lost',
      proof: 'the machine was started again since',
    });
    letGo();
    node.start(waiting(attemptId(2), 0));
    expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 0 });
    expect(ledger()).toBe(`${attemptId(1)}\n${attemptId(2)}\n`);
  });

  test('that works for one Drover tells another whose it is, and can be taken over', async () => {
    await serve();
    const anna = await connected();
    anna.start(waiting(attemptId(1), 5));
    await begun();
    const ben = connect({ host: 'h2', owner: 'ben@lab' });
    expect(await ben.down('ERROR')).toContain('that of anna@desk');
    ben.node.reconnect(true);
    await ben.up();
    expect(await anna.down('ERROR')).toContain('that of ben@lab');
    ben.start(order(attemptId(2), 'exit 6'));
    expect(await ben.end(attemptId(2))).toEqual({ kind: 'exited', code: 6 });
    anna.node.reconnect(true);
    letGo();
    expect(await anna.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    expect(ledger()).toBe(`${attemptId(1)}\n`);
  });

  test('that its Drover lets go works for one that has waited for it', async () => {
    await serve();
    const anna = await connected();
    const impatient: Clock = {
      ...realClock,
      after: (wait, call) => realClock.after(wait === 60_000 ? 1000 : wait, call),
    };
    const ben = connect({ host: 'h2', owner: 'ben@lab', clock: impatient });
    await ben.down('ERROR');
    await anna.node.release();
    await ben.up();
    ben.start(order(attemptId(1), 'exit 3'));
    expect(await ben.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
  });

  test('whose clock is an hour off, and jumps, ends nothing too early and measures truly', async () => {
    await serve();
    mkdirSync(there('bin'));
    writeFileSync(there('.profile'), `PATH=${there('bin')}:$PATH\n`);
    const date = ['#!/bin/sh', 'exec /bin/date -d "1 hour" "$@"', ''].join('\n');
    writeFileSync(there('bin/date'), date, { mode: 0o755 });
    const node = await connected();
    node.start(order(attemptId(1), 'date +%s >seen; sleep 1.2', 60_000));
    await until(() => existsSync(there('seen')) && statSync(there('seen')).size > 0);
    writeFileSync(there('bin/date'), date.replace('1 hour', '-1 hour'), { mode: 0o755 });
    const { end, usage } = await node.reports.first('attemptEnded');
    expect(end).toEqual({ kind: 'exited', code: 0 });
    expect(Number(readFileSync(there('seen'), 'utf8')) - Date.now() / 1000).toBeGreaterThan(3000);
    expect(usage?.wallMs).toBeGreaterThan(1000);
    expect(usage?.wallMs).toBeLessThan(60_000);
  });

  test('whose profile and shell print, and leave programs running, does its work', async () => {
    await serve({ greeting: 'Welcome! STARTED ' });
    const mark = there('bin');
    writeFileSync(
      there('.profile'),
      `echo HELLO 9 garbage; printf 'no end'; PATH=$PATH:${mark}; trap 'echo bye' EXIT; sleep 20 &\n`,
    );
    const node = await connected();
    node.start(order(attemptId(1), 'echo "$PATH" >seen'));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    expect(readFileSync(there('seen'), 'utf8')).toContain(`:${mark}\n`);
  });

  test('whose task prints a gigabyte and closes its outputs goes on', async () => {
    await serve();
    const node = await connected();
    node.start(
      order(attemptId(1), 'head -c 1073741824 /dev/zero; echo end; exec >&- 2>&-; sleep 0.2; exit 4'),
    );
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 4 });
    const { size, bytes } = await node.node.readLog(attemptId(1), -4, 4);
    expect([size, bytes.toString()]).toEqual([1_073_741_828, 'end\n']);
  });
});

describe.skipIf(!hasSshd || !canPullCables)(
  'a network that is cut (with network namespaces, as root)',
  () => {
    let cable: Cable;
    beforeEach(async () => {
      cable = new Cable();
      await serve({ network: cable });
    });
    afterEach(() => cable.remove());

    test('and back after a second: nobody notices, and nothing is done twice', async () => {
      const node = await connected();
      node.start(waiting(attemptId(1), 5));
      await begun();
      const before = node.reports.count;
      cable.pull();
      node.start(waiting(attemptId(2), 6));
      letGo();
      await new Promise((done) => setTimeout(done, 1000));
      cable.plug();
      expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
      expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 6 });
      expect(node.reports.count).toBe(before + 2);
      expect(ledger()).toBe(`${attemptId(1)}\n${attemptId(2)}\n`);
    });

    test('for good: the node is OFFLINE, its work is unknown; when it is back after all, so are its results', async () => {
      const node = await connected({ clock: fastClock(speed) });
      node.start(waiting(attemptId(1), 5));
      await begun();
      const before = node.reports.count;
      cable.pull();
      node.start(waiting(attemptId(2), 6));
      await node.down('OFFLINE', before);
      letGo();
      await until(() => existsSync(join(runFolder(attemptId(1)), 'exit')));
      expect(readdirSync(there('.drover/ids'))).toEqual([attemptId(1)]);
      expect(node.reports.ends(attemptId(1))).toEqual([]);
      cable.plug();
      expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
      expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 6 });
      expect(ledger()).toBe(`${attemptId(1)}\n${attemptId(2)}\n`);
    });
  },
);
