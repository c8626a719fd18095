import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Person } from '../../../build/integration/sshd/person';
import { Place } from '../../../build/integration/sshd/place';
import { hasSshd, type SshdServer } from '../../../build/integration/sshd/sshd';
import { noRequest } from '../../../shared/model/amounts';
import type { AttemptEnd } from '../../../shared/model/attempt';
import { everything } from '../../../shared/model/files';
import type { AttemptId } from '../../../shared/model/ids';
import type { Order } from '../../engine/effects';
import { done, step } from '../../engine/farm-for-tests';
import type { AgentNode } from '../agent-node';
import { agentFolder, fastClock, nodeReachedBy, realClock } from '../node-for-tests';
import { Reports } from '../reports-for-tests';
import { SshReach } from '../ssh-reach';
import { SshFiles } from '../ssh/files';
import { Hashes } from './hashes';

let place: Place;
let server: SshdServer;
let folder: string;
let output: string;
let nodes: AgentNode[] = [];
beforeEach(async () => {
  place = new Place();
  server = await place.servers.start();
  place.configure(place.alias('render1', server));
  folder = join(place.home, 'project');
  output = join(place.home, 'results');
  mkdirSync(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const node of nodes.splice(0)) node.close();
  await place.close();
});

interface Connected {
  readonly link: AgentNode;
  readonly reports: Reports;
  readonly end: (attempt: AttemptId) => Promise<AttemptEnd>;
}

/** `open`: what is said to be running whenever it is there again. `onWords`: how far it is with files. */
async function connected(
  open: readonly Order[] = [],
  onWords: (words: string, link: AgentNode) => unknown = () => {},
  clock = realClock,
): Promise<Connected> {
  const reports = new Reports();
  const { home, knownHostsFile } = place;
  const options = { home, knownHostsFile, agentFolder, environment: {}, asks: new Person() };
  const link = nodeReachedBy(
    new SshReach('render1', { ...options, hashes: new Hashes() }),
    (report) => {
      reports.take(report);
      if (report.kind === 'nodeUp') link.reconcile(open);
    },
    { node: 'render1', clock, tellFiles: (_, words) => words !== null && onWords(words, link) },
  );
  nodes.push(link);
  link.open();
  await reports.first('reconciled');
  const end = async (attempt: AttemptId): Promise<AttemptEnd> =>
    (await reports.first('attemptEnded', (report) => report.attempt === attempt)).end;
  return { link, reports, end };
}

function order(attempt: AttemptId, text: string, send: readonly string[], more: Partial<Order> = {}): Order {
  const files = { kind: 'staged', send, fetch: everything } as const;
  return {
    ...{ attempt, node: 'render1', batch: 'b1', batchName: 'Test', job: 'film', task: 0 },
    step: { ...step({}), action: { kind: 'script', text }, folder, files },
    ...{ output, request: noRequest, placement: null },
    ...more,
  };
}

const there = (...names: readonly string[]): string => join(server.home, '.drover', ...names);
const work = (): string => there('work', readdirSync(there('work'))[0] ?? '');
const namesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted();
const inCache = (): readonly string[] =>
  readdirSync(there('cache'), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

interface Signal {
  readonly after: Promise<void>;
  readonly set: () => void;
}

function signal(): Signal {
  let set = (): void => {};
  const after = new Promise<void>((done) => (set = done));
  return { after, set: () => set() };
}

/** Counts the bytes that arrive here, and calls once when there are so many. */
function whenFetched(bytes: number, call: () => void) {
  // oxlint-disable-next-line typescript/unbound-method -- below, it is called on what it belongs to
  const { readOn } = SshFiles.prototype;
  const count = counter(bytes, call);
  return vi.spyOn(SshFiles.prototype, 'readOn').mockImplementation(function (
    this: SshFiles,
    path,
    from,
    take,
  ) {
    return readOn.call(this, path, from, async (piece) => {
      await take(piece);
      count(piece);
    });
  });
}

/** The same for those that leave. */
function whenSent(bytes: number, call: () => void) {
  // oxlint-disable-next-line typescript/unbound-method -- below, it is called on what it belongs to
  const { writeOn } = SshFiles.prototype;
  const count = counter(bytes, call);
  async function* counted(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      yield piece;
      count(piece);
    }
  }
  return vi.spyOn(SshFiles.prototype, 'writeOn').mockImplementation(function (
    this: SshFiles,
    path,
    from,
    pieces,
    mode,
  ) {
    return writeOn.call(this, path, from, counted(pieces), mode);
  });
}

function counter(bytes: number, call: () => void): (piece: Buffer) => void {
  let count = 0;
  return (piece) => {
    if (count < bytes && count + piece.length >= bytes) call();
    count += piece.length;
  };
}

/** From which byte on each began. */
const placesOf = (spy: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }) =>
  spy.mock.calls.map(([, from]) => from);

// A busy machine may be slow; nothing here is about time.
const timeout = 120_000;

describe.skipIf(!hasSshd)('a staged step on a node over SSH (with sshd)', { timeout }, () => {
  test('finds its files there, whatever their names, and its results come back', async () => {
    const names = [
      ...['plain.txt', 'a b', "it's", 'new\nline', 'at the end\n', '-rf', 'Käse.TXT', '日本', 'käse.txt'],
      ...['$(touch hacked)', '`x`', '"q"', 'back\\slash', '%s%b', '*', '[a]', 'deep/er/.hidden', '\\0101'],
    ];
    for (const name of names) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), `this is ${name}`);
    }
    writeFileSync(join(folder, 'empty'), '');
    writeFileSync(join(folder, 'run.sh'), '#!/bin/sh\ncp -R . "$1" && pwd && echo "$2 $DROVER_PARAM_Mine"\n');
    chmodSync(join(folder, 'run.sh'), 0o755);
    const told: string[] = [];
    const { link, end } = await connected([], (words) => told.push(words));
    const made = order('a-1', `./run.sh {{Output}} {{Mine}}`, ['**']);
    link.start({ ...made, step: { ...made.step, parameters: { Mine: join(folder, 'a b') } } });
    expect(await end('a-1')).toEqual(done);
    expect(told[0]).toBe('checking what is to be sent');
    expect(told).toContainEqual(expect.stringMatching(/^sending 0 of 20 files, 0 of \d+ bytes$/));
    expect(told).toContainEqual(expect.stringMatching(/^fetching 0 of 20 files, 0 of \d+ bytes$/));
    for (const name of names) expect(readFileSync(join(output, name), 'utf8')).toBe(`this is ${name}`);
    expect(namesIn(output)).toEqual(namesIn(folder));
    expect(statSync(join(output, 'run.sh')).mode & 0o100).toBe(0o100);
    const [where, mine] = (await link.readLog('a-1', 0, 1000)).bytes.toString().split('\n');
    expect(where).toMatch(/\/\.drover\/work\/b1-[0-9a-f]+\/in-[0-9a-f]+$/);
    expect(mine).toBe(`${where}/a b ${where}/a b`);
    expect(existsSync(join(work(), 'out-a-1'))).toBe(false);
  });

  test('what it finishes comes back while it goes on; in the end all is as it is there', async () => {
    const go = there('go');
    const text = [
      'cd {{Output}} && mkdir deep',
      'echo one >deep/first; echo half >second; echo scratch >temporary; : >reserved',
      `while [ ! -e ${go} ]; do date +%N >>grows; sleep 0.05; done`,
      'echo whole >second; rm temporary; echo here >reserved',
    ].join('\n');
    // As quick as it may be without calling the link slow.
    const { link, end } = await connected([], () => {}, fastClock(8));
    link.start(order('a-1', text, []));
    const early = ['deep/first', 'second', 'temporary'];
    while (!early.every((name) => existsSync(join(output, name))))
      await new Promise((again) => setTimeout(again, 20));
    expect(early.map((name) => readFileSync(join(output, name), 'utf8'))).toEqual([
      'one\n',
      'half\n',
      'scratch\n',
    ]);
    expect(['grows', 'reserved'].filter((name) => existsSync(join(output, name)))).toEqual([]);
    writeFileSync(go, '');
    expect(await end('a-1')).toEqual(done);
    expect(namesIn(output)).toEqual(['deep', 'deep/first', 'grows', 'reserved', 'second']);
    expect(readFileSync(join(output, 'second'), 'utf8')).toBe('whole\n');
  });

  test('what another has made meanwhile under the name of what was brought early stays', async () => {
    const go = there('go');
    const text = `cd {{Output}} && echo mine >same && while [ ! -e ${go} ]; do sleep 0.05; done; rm same`;
    const { link, end } = await connected([], () => {}, fastClock(8));
    link.start(order('a-1', text, []));
    while (!existsSync(join(output, 'same'))) await new Promise((again) => setTimeout(again, 20));
    rmSync(join(output, 'same'));
    writeFileSync(join(output, 'same'), 'of somebody else');
    writeFileSync(go, '');
    expect(await end('a-1')).toEqual(done);
    expect(namesIn(output)).toEqual(['same']);
  });

  test('a file is sent once for all tasks, also when it has two names or another step needs it', async () => {
    const sent = vi.spyOn(SshFiles.prototype, 'writeOn');
    const bytes = randomBytes(3_000_000);
    for (const name of ['scene', 'same']) writeFileSync(join(folder, name), bytes);
    const { link, end } = await connected();
    const attempts = Array.from({ length: 20 }, (_, index): AttemptId => `a-${index}`);
    for (const attempt of attempts)
      link.start(order(attempt, `cat scene same >{{Output}}/${attempt}`, ['scene', 'same']));
    link.start(order('a-other', 'cat scene >{{Output}}/other', ['scene'], { job: 'other' }));
    for (const attempt of [...attempts, 'a-other' as const]) expect(await end(attempt)).toEqual(done);
    expect(sent).toHaveBeenCalledTimes(1);
    expect(inCache()).toHaveLength(1);
    expect(readFileSync(join(output, 'a-7')).equals(Buffer.concat([bytes, bytes]))).toBe(true);
    expect(readFileSync(join(output, 'other')).equals(bytes)).toBe(true);
  });

  test('a fetch whose connection is cut goes on where it was', async () => {
    const made = order('a-1', 'head -c 50000000 /dev/urandom >{{Output}}/big && cksum <{{Output}}/big', []);
    const read = whenFetched(20_000_000, () => {
      expect(existsSync(join(output, 'big'))).toBe(false);
      for (const session of server.running('sshd')) process.kill(session, 'SIGKILL');
    });
    const { link, reports, end } = await connected([made]);
    expect(await end('a-1')).toEqual(done);
    expect(reports.of('attemptEnded')).toHaveLength(1);
    expect(placesOf(read)).toEqual([0, expect.toSatisfy((from: number) => from >= 20_000_000)]);
    const sum = execFileSync('cksum', { input: readFileSync(join(output, 'big')), encoding: 'utf8' });
    expect((await link.readLog('a-1', 0, 1000)).bytes.toString()).toBe(sum);
    expect(readdirSync(output)).toEqual(['big']);
  });

  test('after a restart of Drover, what was half sent or half fetched goes on', async () => {
    const bytes = randomBytes(30_000_000);
    writeFileSync(join(folder, 'big'), bytes);
    const made = order('a-1', 'echo once >>ledger; cp big {{Output}}/big', ['big']);
    const isClosed = { sending: signal(), fetching: signal() };
    const write = whenSent(15_000_000, isClosed.sending.set);
    const read = whenFetched(15_000_000, isClosed.fetching.set);
    for (const { after } of Object.values(isClosed)) {
      const { link } = await connected([made]);
      await after;
      link.close();
    }
    const { end } = await connected([made]);
    expect(await end('a-1')).toEqual(done);
    for (const spy of [write, read])
      expect(placesOf(spy)).toEqual([0, expect.toSatisfy((from: number) => from > 5_000_000)]);
    expect(readFileSync(join(output, 'big')).equals(bytes)).toBe(true);
    const inputs = readdirSync(work()).find((name) => name.startsWith('in-')) ?? '';
    expect(readFileSync(join(work(), inputs, 'ledger'), 'utf8')).toBe('once\n');
  });

  test('an input that has changed is sent anew, and what runs already keeps its own', async () => {
    writeFileSync(join(folder, 'scene'), 'one');
    const { link, end } = await connected();
    const text = (name: string): string =>
      `: >{{Output}}/begun; while [ ! -e ${server.home}/go ]; do sleep 0.05; done; cp scene {{Output}}/${name}`;
    link.start(order('a-1', text('first'), ['scene']));
    while (!existsSync(there('work')) || !existsSync(join(work(), 'out-a-1', 'begun')))
      await new Promise((turn) => setTimeout(turn, 20));
    writeFileSync(join(folder, 'scene'), 'two');
    writeFileSync(join(server.home, 'go'), '');
    link.start(order('a-2', text('second'), ['scene']));
    expect([await end('a-1'), await end('a-2')]).toEqual([done, done]);
    expect(readFileSync(join(output, 'first'), 'utf8')).toBe('one');
    expect(readFileSync(join(output, 'second'), 'utf8')).toBe('two');
  });

  test('a file that was altered there is not used', async () => {
    writeFileSync(join(folder, 'scene'), 'right');
    const first = await connected();
    first.link.start(order('a-1', 'chmod u+w scene && echo wrong >scene', ['scene']));
    expect(await first.end('a-1')).toEqual(done);
    expect(readFileSync(inCache()[0] ?? '', 'utf8')).toBe('wrong\n');
    first.link.close();
    const second = await connected();
    second.link.start(order('a-2', 'cp scene {{Output}}/scene', ['scene']));
    expect(await second.end('a-2')).toEqual(done);
    expect(readFileSync(join(output, 'scene'), 'utf8')).toBe('right');
  });

  test('links that lead out are refused by name, there and here', async () => {
    writeFileSync(join(place.home, 'secret'), 'secret');
    symlinkSync('../secret', join(folder, 'borrowed'));
    symlinkSync('plain', join(folder, 'inner'));
    writeFileSync(join(folder, 'plain'), 'plain');
    const { link, end } = await connected();
    link.start(order('a-1', 'true', ['*']));
    expect(await end('a-1')).toEqual({
      kind: 'notStarted',
      reason: `${join(folder, 'borrowed')} is a link that leads out of ${folder}, and is not sent; put the file itself there.`,
    });
    link.start(order('a-2', 'cp inner {{Output}}/inner', ['inner']));
    expect(await end('a-2')).toEqual(done);
    expect(readFileSync(join(output, 'inner'), 'utf8')).toBe('plain');

    link.start(
      order('a-3', 'cd {{Output}} && ln -s /etc/passwd stolen && echo good >good && ln -s good link', []),
    );
    expect(await end('a-3')).toMatchObject({
      kind: 'notFetched',
      reason: expect.stringContaining('"stolen" is a link that leads out of the output folder, on render1'),
    });
    expect(readdirSync(output).toSorted()).toEqual(['good', 'inner', 'link']);

    mkdirSync(join(place.home, 'elsewhere'));
    symlinkSync('../elsewhere', join(output, 'sub'));
    link.start(order('a-4', 'mkdir -p {{Output}}/sub/more && echo x >{{Output}}/sub/more/x', []));
    expect(await end('a-4')).toMatchObject({
      kind: 'notFetched',
      reason: expect.stringContaining(`${join(output, 'sub')} is a link that leads out of ${output}`),
    });
    expect(readdirSync(join(place.home, 'elsewhere'))).toEqual([]);
  });

  test('what is missing, here or there, is said', async () => {
    const { link, end } = await connected();
    link.start(order('a-1', 'true', ['scene.blend']));
    expect(await end('a-1')).toEqual({
      kind: 'notStarted',
      reason: `no file in ${folder} is named scene.blend. Check "send" of the step.`,
    });
    link.start(order('a-2', 'rm -rf {{Output}}', []));
    expect(await end('a-2')).toMatchObject({
      kind: 'notFetched',
      reason: expect.stringMatching(/^~\/\.drover\/work\/b1-[0-9a-f]+\/out-a-2 on render1 is gone$/),
    });
    // An attempt that failed has failed, with or without results.
    link.start(order('a-3', 'echo half >{{Output}}/half; exit 3', []));
    expect(await end('a-3')).toEqual({ kind: 'exited', code: 3 });
    expect(readFileSync(join(output, 'half'), 'utf8')).toBe('half\n');
  });

  test('what does not fit on the disk here is not begun', async () => {
    const { link, end } = await connected();
    link.start(order('a-1', 'dd if=/dev/zero of={{Output}}/huge bs=1 count=0 seek=8T', []));
    expect(await end('a-1')).toMatchObject({
      kind: 'notFetched',
      reason: expect.stringMatching(
        /^8\.0 TiB are to be fetched from render1, but only \S+ [KMGT]iB are free on the disk of .*results here\. Make room/,
      ),
    });
    expect(readdirSync(output)).toEqual([]);
  });

  test('what is stopped while its files are on their way never starts', async () => {
    writeFileSync(join(folder, 'big'), randomBytes(30_000_000));
    const { link, end } = await connected(
      [],
      (words, other) => words.startsWith('sending') && other.stop('a-1'),
    );
    link.start(order('a-1', 'echo >{{Output}}/ran', ['big']));
    expect(await end('a-1')).toEqual({ kind: 'stopped' });
    link.start(order('a-2', 'echo >{{Output}}/ran-too', []));
    expect(await end('a-2')).toEqual(done);
    expect(readdirSync(output)).toEqual(['ran-too']);
    expect(existsSync(there('ids', 'a-1'))).toBe(false);
  });

  test('without a program for it there, sums are worked out here', async () => {
    const tools = join(server.home, 'tools');
    mkdirSync(tools);
    for (const tool of ['sh', 'cat', 'mkdir', 'ln', 'cp', 'rm', 'df', 'tail', 'touch', 'cmp', 'chmod', 'mv'])
      symlinkSync(
        execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(),
        join(tools, tool),
      );
    const agent = join(place.home, 'agent');
    execFileSync('cp', ['-R', agentFolder, agent]);
    const script = readFileSync(join(agent, 'files.sh'), 'utf8');
    writeFileSync(join(agent, 'files.sh'), `PATH=${tools}\n${script}`);
    writeFileSync(join(folder, 'scene'), 'a scene');
    const reports = new Reports();
    const { home, knownHostsFile } = place;
    const link = nodeReachedBy(
      new SshReach('render1', {
        ...{ home, knownHostsFile, agentFolder: agent, environment: {} },
        ...{ asks: new Person(), hashes: new Hashes() },
      }),
      reports.take,
      { node: 'render1' },
    );
    nodes.push(link);
    link.open();
    await reports.first('nodeUp');
    link.reconcile([]);
    link.start(order('a-1', 'cp scene {{Output}}/scene', ['scene']));
    expect((await reports.first('attemptEnded')).end).toEqual(done);
    expect(readFileSync(join(output, 'scene'), 'utf8')).toBe('a scene');
    rmSync(agent, { recursive: true });
  });
});
