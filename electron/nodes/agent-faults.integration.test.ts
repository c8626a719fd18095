import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Agents, shells, workOf } from './agent-for-tests';
import { attemptId } from './node-for-tests';

describe.each(shells)('what must not confuse the agent in %s', (shell) => {
  let agents: Agents;
  beforeEach(() => {
    agents = new Agents(shell);
  });
  afterEach(() => agents.close());

  test('a script that is longer than was said is not run', async () => {
    const node = await agents.add();
    const refused = new Promise<string>((done) =>
      node.process.stdout.on('data', (bytes: Buffer) => {
        const [line] = /REFUSED .*/.exec(bytes.toString()) ?? [];
        if (line !== undefined) done(line);
      }),
    );
    node.process.stdin.write(`START ${attemptId(1)} 0 1 0 own 4\ntrue; echo more\n`);
    expect(await refused).toBe(`REFUSED ${attemptId(1)} its script has come in pieces`);
    node.run(attemptId(2), 'exit 3');
    expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 3 });
    expect(existsSync(join(agents.root, 'ids', attemptId(1)))).toBe(false);
  });

  test('what is gone without an exit status is lost, with the proof', async () => {
    const first = await agents.add();
    first.run(attemptId(1), 'exec sleep 60');
    await agents.appears(attemptId(1), 'log');
    await first.die();
    process.kill(-agents.pidOf(attemptId(1)), 'SIGKILL');
    const second = await agents.add();
    second.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
    expect(await second.end(attemptId(1))).toEqual({
      kind: 'lost',
      proof: 'its process is gone and left no exit status',
    });
  });

  test('a process id that another program has now is not taken for the attempt', async () => {
    const first = await agents.add();
    first.run(attemptId(1), 'exec sleep 60');
    await agents.appears(attemptId(1), 'log');
    await first.die();
    const pid = agents.pidOf(attemptId(1));
    process.kill(-pid, 'SIGKILL');
    const [, , boot] = readFileSync(agents.place(attemptId(1), 'pid'), 'utf8')
      .trim()
      .split(' ');
    writeFileSync(agents.place(attemptId(1), 'pid'), `${process.pid} 12345 ${boot}\n`);
    const second = await agents.add();
    second.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
    expect(await second.end(attemptId(1))).toMatchObject({ kind: 'lost' });
    writeFileSync(agents.place(attemptId(1), 'pid'), `${process.pid} 12345 another-boot\n`);
    const third = await agents.add();
    third.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
    expect(await third.end(attemptId(1))).toEqual({
      kind: 'lost',
      proof: 'the machine was started again since',
    });
  });

  test('an attempt whose folder was deleted is told of truly while the link lasts, and never started again', async () => {
    const node = await agents.add();
    node.run(attemptId(1), `echo ready; while [ ! -e '${tmpdir()}/never' ]; do sleep 0.05; done`);
    await agents.appears(attemptId(1), 'log');
    while (agents.log(attemptId(1)) === '') await new Promise((done) => setTimeout(done, 10));
    rmSync(dirname(agents.place(attemptId(1), 'log')), { recursive: true });
    const second = await agents.add();
    second.link.adopt([{ attempt: attemptId(1), work: workOf('exit 0') }]);
    await second.reconciled;
    expect([...second.ends]).toEqual([]);
    second.link.stop(attemptId(1));
    expect(await second.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('how an attempt ended is told also when its folder was deleted meanwhile', async () => {
    const node = await agents.add();
    const go = join(tmpdir(), `${attemptId(1)}-go`);
    node.run(attemptId(1), `echo ready; while [ ! -e '${go}' ]; do sleep 0.02; done; exit 7`);
    await agents.appears(attemptId(1), 'log');
    while (agents.log(attemptId(1)) === '') await new Promise((done) => setTimeout(done, 10));
    rmSync(dirname(agents.place(attemptId(1), 'log')), { recursive: true });
    writeFileSync(go, '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 7 });
    rmSync(go);
  });

  test('of two Hosts that come at once, one has the node and the other hears whose it is', async () => {
    for (let round = 0; round < 5; round++) {
      const both = await Promise.all([agents.add('h1'), agents.add('h2')]);
      expect(both.filter(({ claimedBy }) => claimedBy === 'anna@desk')).toHaveLength(1);
      expect(both.filter(({ claimedBy }) => claimedBy === null)).toHaveLength(1);
      for (const each of both) await each.die();
      rmSync(join(agents.root, 'host'));
    }
  });

  test('an attempt that may still be starting is not called gone; if it is, it never starts', async () => {
    const node = await agents.add();
    // As a keeper leaves it between making its file and writing to it.
    mkdirSync(join(agents.root, 'run', 'halfway'), { recursive: true });
    writeFileSync(join(agents.root, 'run', 'halfway', 'pid'), '');
    writeFileSync(join(agents.root, 'ids', attemptId(1)), 'halfway\n');
    node.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
    expect(await node.end(attemptId(1))).toMatchObject({ kind: 'lost' });
    expect(existsSync(agents.place(attemptId(1), 'void'))).toBe(true);
  });

  test('a line that was cut off in the list of what is watched does not spoil the others', async () => {
    const node = await agents.add();
    writeFileSync(join(agents.root, 'live'), `${attemptId(8)} place 12.3 0 1`);
    node.run(attemptId(1), 'sleep 71', { timeoutMs: 1000 });
    expect(await node.end(attemptId(1))).toEqual({ kind: 'timedOut' });
  });

  test('lines that are no commands change nothing, and the agent goes on', async () => {
    const node = await agents.add();
    const line = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')),
      fc
        .tuple(
          fc.constantFrom('START', 'QUERY', 'STOP', 'PING', 'LOOK', 'EXIT', '$(touch x)', '`', '-e'),
          fc.array(
            fc.constantFrom('a-7', '../../x', '$HOME', '*', '-1', '99999999999999999999', '%b', '"', "'"),
          ),
        )
        .map(([word, words]) => [word, ...words].join(' ')),
    );
    const lines = fc.sample(line, { numRuns: 300, seed: 7 });
    const pong = new Promise<void>((done) => {
      let text = '';
      node.process.stdout.on('data', (bytes: Buffer) => {
        text += bytes.toString();
        if (text.includes('PONG 424242')) done();
      });
    });
    const before = readdirSync(agents.root);
    node.process.stdin.write(Buffer.from(lines.join('\n'), 'utf8'));
    node.process.stdin.write(Buffer.from([10, 0, 255, 254, 10, 13, 10]));
    node.link.ping(424_242);
    await pong;
    expect(
      readdirSync(agents.root).filter(
        (file) => !before.includes(file) && !['live', 'watch', 'oom'].includes(file),
      ),
    ).toEqual([]);
    node.run(attemptId(1), 'exit 3');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
  });

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0 && shell !== 'sh')(
    'a full disk: what cannot be started is told, and how others ended is written when there is room',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', agents.root]);
      try {
        const node = await agents.add();
        node.run(
          attemptId(1),
          `head -c 3000000 /dev/zero >'${agents.root.replaceAll("'", "'\\''")}/filler'; exit 9`,
        );
        while (!existsSync(join(agents.root, 'filler')) || statfsSync(agents.root).bfree > 0)
          await new Promise((done) => setTimeout(done, 10));
        node.run(attemptId(2), 'exit 0');
        expect(await node.end(attemptId(2))).toMatchObject({ kind: 'notStarted' });
        expect(node.ends.get(attemptId(2))).toMatchObject({
          reason: expect.stringContaining('is the disk full?'),
        });
        const second = await agents.add();
        second.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
        rmSync(join(agents.root, 'filler'));
        expect(await second.end(attemptId(1))).toEqual({ kind: 'exited', code: 9 });
        second.run(attemptId(3), 'exit 4');
        expect(await second.end(attemptId(3))).toEqual({ kind: 'exited', code: 4 });
        await agents.end();
      } finally {
        execFileSync('umount', ['-l', agents.root]);
      }
    },
  );

  test('a node that works for one Host tells another so, and can be taken over', async () => {
    const first = await agents.add();
    first.run(attemptId(1), 'sleep 69');
    const other = await agents.add('h2');
    expect(other.claimedBy).toBe('anna@desk');
    first.run(attemptId(2), 'exit 3');
    expect(await first.end(attemptId(2))).toEqual({ kind: 'exited', code: 3 });
    const third = await agents.add('h2', 'take');
    expect(third.claimedBy).toBeNull();
    first.link.stop(attemptId(1));
    third.link.adopt([{ attempt: attemptId(1), work: workOf('') }]);
    third.link.stop(attemptId(1));
    expect(await third.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('a second agent of the same Host takes the place of the first', async () => {
    const first = await agents.add();
    const gone = new Promise((done) => first.process.once('exit', done));
    await agents.add();
    await gone;
  });

  test('what ended long ago is removed, what runs is not', async () => {
    const node = await agents.add();
    node.run(attemptId(1), 'exit 0');
    node.run(attemptId(2), 'sleep 70');
    await node.end(attemptId(1));
    await agents.appears(attemptId(2), 'log');
    const old = new Date(Date.now() - 9 * 86_400_000);
    const folders = [attemptId(1), attemptId(2)].map((attempt) => dirname(agents.place(attempt, 'log')));
    for (const folder of folders) utimesSync(folder, old, old);
    node.link.prune(7, 1000);
    while (existsSync(folders[0] ?? '')) await new Promise((done) => setTimeout(done, 20));
    node.run(attemptId(3), 'exit 0');
    await node.end(attemptId(3));
    expect(existsSync(folders[1] ?? '')).toBe(true);
    node.link.stop(attemptId(2));
    await node.end(attemptId(2));
  });
});
