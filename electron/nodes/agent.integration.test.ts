import { execFileSync, spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import { AgentLink, type AgentEvents, type AttemptWork } from './agent-link';
import { attemptId } from './node-for-tests';
import { shellQuote } from './quote';

const script = resolve(import.meta.dirname, '../../resources/agent/agent.sh');
const text = readFileSync(script, 'utf8');
const shells = ['sh', 'dash', 'bash', 'busybox'].filter(
  (shell) => spawnSync(shell, ['-c', ':']).error === undefined,
);

const work = (script: string): AttemptWork => ({
  script,
  anyShell: false,
  timeoutMs: 0,
  graceMs: null,
  memoryMiB: 0,
});

/** A real agent, and a link whose clock the test holds in its hand. */
class Agent {
  readonly process: ChildProcessWithoutNullStreams;
  readonly link: AgentLink;
  readonly hello: Promise<void>;
  /** All that was taken over is accounted for. */
  readonly reconciled: Promise<void>;
  readonly ends = new Map<string, AttemptEnd>();
  readonly usages = new Map<string, AttemptUsage | null>();
  readonly places = new Map<string, string>();
  claimedBy: string | null = null;
  private waiting: (() => void)[] = [];
  private timers: (() => void)[] = [];
  private time = 0;

  constructor(
    shell: string,
    private readonly root: string,
    host = 'h1',
    ...more: readonly string[]
  ) {
    const words = ['-c', text, 'drover-agent', root, host, 'anna@desk'];
    // Without its own text it stays in the shell in which it was started.
    const argv = [...(shell === 'busybox' ? ['sh'] : []), ...words, '', ...more];
    this.process = spawn(shell, argv);
    let greeted = (): void => {};
    let tellReconciled = (): void => {};
    this.reconciled = new Promise((done) => (tellReconciled = done));
    this.hello = new Promise((done) => (greeted = done));
    const clock = {
      now: () => this.time,
      after: (_milliseconds: number, call: () => void) => {
        this.timers.push(call);
        return () => (this.timers = this.timers.filter((timer) => timer !== call));
      },
    };
    const events: AgentEvents = {
      hello: greeted,
      claimed: (name) => {
        this.claimedBy = name;
        greeted();
      },
      placed: (attempt, place) => this.places.set(attempt, place),
      ended: (attempt, end, usage) => {
        this.ends.set(attempt, end);
        this.usages.set(attempt, usage);
        this.waiting.splice(0).forEach((wake) => wake());
      },
      reconciled: () => tellReconciled(),
      pong: () => {},
      session: () => {},
      vitals: () => {},
    };
    this.link = new AgentLink(this.process.stdin, this.process.stdout, clock, events, 1000);
  }

  passTime(): void {
    this.time += 10_000;
    this.timers.splice(0).forEach((call) => call());
  }

  run(attempt: AttemptId, script: string, limits: Partial<AttemptWork> = {}): void {
    this.link.start(attempt, { ...work(script), ...limits });
  }

  /** Waits for an attempt's end; asks again and again, as the link does when time passes. */
  async end(attempt: string): Promise<AttemptEnd> {
    for (;;) {
      const end = this.ends.get(attempt);
      if (end !== undefined) return end;
      const asking = setTimeout(() => this.waiting.splice(0).forEach((wake) => wake()), 400);
      await new Promise<void>((wake) => this.waiting.push(wake));
      clearTimeout(asking);
      if (!this.ends.has(attempt) && !this.isStarting(attempt)) this.passTime();
    }
  }

  /** On a busy machine that takes longer than any time that a test may pass. */
  private isStarting(attempt: string): boolean {
    const place = this.places.get(attempt);
    if (place === undefined) return false;
    const folder = join(this.root, 'run', place);
    return existsSync(folder) && !existsSync(join(folder, 'pid'));
  }

  async die(): Promise<void> {
    if (this.process.signalCode !== null || this.process.exitCode !== null) return;
    const gone = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGKILL');
    await gone;
    this.link.close();
  }
}

describe.each(shells)('the agent in %s', (shell) => {
  let root = '';
  const agents: Agent[] = [];
  const place = (attempt: string, file: string): string => {
    const id = join(root, 'ids', attempt);
    return join(root, 'run', existsSync(id) ? readFileSync(id, 'utf8').trim() : 'nowhere', file);
  };
  const log = (attempt: string): string => readFileSync(place(attempt, 'log'), 'utf8');
  const pidOf = (attempt: string): number =>
    Number(readFileSync(place(attempt, 'pid'), 'utf8').split(' ')[0]);
  const appears = async (attempt: string, file: string): Promise<void> => {
    while (!existsSync(place(attempt, file))) await new Promise((done) => setTimeout(done, 10));
  };
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };

  async function agent(...words: readonly string[]): Promise<Agent> {
    const made = new Agent(shell, root, ...words);
    agents.push(made);
    await made.hello;
    return made;
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "drover agent's "));
  });
  afterEach(async () => {
    for (const each of agents.splice(0)) await each.die();
    rmSync(root, { recursive: true, force: true, maxRetries: 20 });
  });

  test('runs a script, keeps what it prints, and tells its exit status', async () => {
    const node = await agent();
    node.run(attemptId(1), 'echo "out"; echo "err" >&2; exit 7');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 7 });
    expect(log(attemptId(1))).toBe('out\nerr\n');
  });

  test('a death by signal is told apart from an exit status', async () => {
    const node = await agent();
    node.run(attemptId(1), "exec sh -c 'kill -SEGV $$'");
    expect(await node.end(attemptId(1))).toEqual({ kind: 'signalled', signal: 11 });
  });

  test('text of any kind reaches the script unharmed', async () => {
    const node = await agent();
    const text = '%d \\n \\0101 $HOME `id` "q" \'s\' \u{1F40E}\n\ttail';
    node.run(attemptId(1), `cat <<'END'\n${text}\nEND\n`);
    await node.end(attemptId(1));
    expect(log(attemptId(1))).toBe(`${text}\n`);
  });

  test('a script for any shell needs no other one, and reads and ends as it would there', async () => {
    const node = await agent();
    const said = '%d \\n $HOME `id` "q" \u{1F40E}\n\ttail';
    const run = (attempt: AttemptId, program: string): Promise<AttemptEnd> => {
      node.run(
        attempt,
        `export SAID=${shellQuote(said)}\ncd -- ${shellQuote(root)} || exit 72\nexec ${program}`,
        {
          anyShell: true,
        },
      );
      return node.end(attempt);
    };
    expect(await run(attemptId(1), `printf '%s|%s' "$SAID" "$PWD"`)).toEqual({ kind: 'exited', code: 0 });
    expect(log(attemptId(1))).toBe(`${said}|${root}`);
    expect(await run(attemptId(2), "sh -c 'kill -TERM $$'")).toEqual({ kind: 'signalled', signal: 15 });
    expect(await run(attemptId(3), 'drover-has-no-such-program')).toEqual({ kind: 'exited', code: 127 });
    expect(log(attemptId(3))).toContain('drover-has-no-such-program: not found');
    expect(existsSync(place(attemptId(1), 'script'))).toBe(shell !== 'bash');
  });

  test('a script that is longer than was said is not run', async () => {
    const node = await agent();
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
    expect(existsSync(join(root, 'ids', attemptId(1)))).toBe(false);
  });

  test('an id is started once, however often it is asked for', async () => {
    const first = await agent();
    first.run(attemptId(1), `echo again >>'${join(tmpdir(), 'never')}'; exit 3`);
    await first.end(attemptId(1));
    const second = await agent();
    second.run(attemptId(1), 'exit 0');
    expect(await second.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
    rmSync(join(tmpdir(), 'never'), { force: true });
  });

  test('work outlives its agent; the next one takes it over, and its result', async () => {
    const first = await agent();
    const go = join(root, 'go');
    const wait =
      `echo once >>'${root}/ledger'; while [ ! -e '${go}' ]; do sleep 0.05; done; exit 5`.replaceAll(
        "agent's",
        "agent'\\''s",
      );
    first.run(attemptId(1), wait);
    first.run(attemptId(2), 'exit 4');
    await first.end(attemptId(2));
    while (!existsSync(join(root, 'ledger'))) await new Promise((done) => setTimeout(done, 10));
    await first.die();

    const second = await agent();
    second.link.adopt([
      { attempt: attemptId(1), work: work(wait) },
      { attempt: attemptId(2), work: work('exit 9') },
      { attempt: attemptId(3), work: work('exit 6') },
    ]);
    expect(await second.reconciled).toBeUndefined();
    expect([...second.ends.keys()]).toEqual([attemptId(2)]);
    expect(await second.end(attemptId(2))).toEqual({ kind: 'exited', code: 4 });
    expect(await second.end(attemptId(3))).toEqual({ kind: 'exited', code: 6 });
    writeFileSync(go, '');
    expect(await second.end(attemptId(1))).toEqual({ kind: 'exited', code: 5 });
    expect(readFileSync(join(root, 'ledger'), 'utf8')).toBe('once\n');
  });

  test('what is gone without an exit status is lost, with the proof', async () => {
    const first = await agent();
    first.run(attemptId(1), 'exec sleep 60');
    await appears(attemptId(1), 'log');
    await first.die();
    process.kill(-pidOf(attemptId(1)), 'SIGKILL');
    const second = await agent();
    second.link.adopt([{ attempt: attemptId(1), work: work('') }]);
    expect(await second.end(attemptId(1))).toEqual({
      kind: 'lost',
      proof: 'its process is gone and left no exit status',
    });
  });

  test('a process id that another program has now is not taken for the attempt', async () => {
    const first = await agent();
    first.run(attemptId(1), 'exec sleep 60');
    await appears(attemptId(1), 'log');
    await first.die();
    const pid = pidOf(attemptId(1));
    process.kill(-pid, 'SIGKILL');
    const [, , boot] = readFileSync(place(attemptId(1), 'pid'), 'utf8')
      .trim()
      .split(' ');
    writeFileSync(place(attemptId(1), 'pid'), `${process.pid} 12345 ${boot}\n`);
    const second = await agent();
    second.link.adopt([{ attempt: attemptId(1), work: work('') }]);
    expect(await second.end(attemptId(1))).toMatchObject({ kind: 'lost' });
    writeFileSync(place(attemptId(1), 'pid'), `${process.pid} 12345 another-boot\n`);
    const third = await agent();
    third.link.adopt([{ attempt: attemptId(1), work: work('') }]);
    expect(await third.end(attemptId(1))).toEqual({
      kind: 'lost',
      proof: 'the machine was started again since',
    });
  });

  test('stop lets a program end in its own way', async () => {
    const node = await agent();
    node.run(attemptId(1), `trap 'echo saved; exit 75' TERM; echo ready; while :; do sleep 0.05; done`);
    await appears(attemptId(1), 'log');
    while (!log(attemptId(1)).includes('ready')) await new Promise((done) => setTimeout(done, 10));
    node.link.stop(attemptId(1));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 75 });
    expect(log(attemptId(1))).toContain('saved');
  });

  test('what does not listen is killed with all its children', async () => {
    const node = await agent();
    node.run(attemptId(1), `trap '' TERM; sleep 61 & echo $!; wait; sleep 62`);
    while (!existsSync(place(attemptId(1), 'log')) || log(attemptId(1)) === '')
      await new Promise((done) => setTimeout(done, 10));
    const child = Number(log(attemptId(1)));
    node.link.stop(attemptId(1));
    expect(isAlive(child)).toBe(true);
    node.passTime();
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
    while (isAlive(child)) await new Promise((done) => setTimeout(done, 10));
  });

  test('a job cannot speak for the agent', async () => {
    const node = await agent();
    node.run(attemptId(2), 'sleep 0.3; exit 8');
    node.run(
      attemptId(1),
      `echo "EXIT ${attemptId(2)} 0"; { echo "EXIT ${attemptId(2)} 0" >&3; } 2>/dev/null; exit 1`,
    );
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 1 });
    expect(await node.end(attemptId(2))).toEqual({ kind: 'exited', code: 8 });
  });

  test.runIf(shell === 'sh')(
    'what a killed keeper has left running is not taken for dead, and can still be stopped',
    async () => {
      const first = await agent();
      first.run(attemptId(1), 'echo $$; sleep 63; true');
      while (!existsSync(place(attemptId(1), 'log')) || log(attemptId(1)) === '')
        await new Promise((done) => setTimeout(done, 10));
      await first.die();
      const keeper = pidOf(attemptId(1));
      process.kill(keeper, 'SIGKILL');
      while (existsSync(`/proc/${keeper}`)) await new Promise((done) => setTimeout(done, 10));
      const second = await agent();
      second.link.adopt([{ attempt: attemptId(1), work: work('') }]);
      second.run(attemptId(2), 'true');
      await second.end(attemptId(2));
      expect(() => process.kill(-keeper, 0)).not.toThrow();
      second.link.stop(attemptId(1));
      expect(await second.end(attemptId(1))).toEqual({ kind: 'stopped' });
      expect(() => process.kill(-keeper, 0)).toThrow('ESRCH');
    },
  );

  test('an attempt that kills its own keeper is found lost, not waited for for ever', async () => {
    const node = await agent();
    node.run(attemptId(1), 'kill -KILL 0');
    await appears(attemptId(1), 'log');
    expect(await node.end(attemptId(1))).toMatchObject({ kind: 'lost' });
  });

  test('a stop that comes right after the start is not lost', async () => {
    const node = await agent();
    node.run(attemptId(1), 'sleep 64');
    node.link.stop(attemptId(1));
    await appears(attemptId(1), 'exit');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('what is to end does, also when a full disk has kept the words of that', async () => {
    const node = await agent();
    node.run(attemptId(1), `trap '' TERM; echo ready; while :; do sleep 70; done`);
    await appears(attemptId(1), 'log');
    while (!log(attemptId(1)).includes('ready')) await new Promise((done) => setTimeout(done, 10));
    writeFileSync(place(attemptId(1), 'stop'), '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('what is stopped before the node has ever seen it is never started', async () => {
    const node = await agent();
    node.link.adopt([{ attempt: attemptId(1), work: work('sleep 65') }]);
    node.link.stop(attemptId(1));
    expect(await node.end(attemptId(1))).toEqual({ kind: 'stopped' });
    expect(existsSync(place(attemptId(1), 'script'))).toBe(false);
  });

  test('nothing that an attempt has left behind outlives it', async () => {
    const node = await agent();
    node.run(attemptId(1), `(trap '' TERM HUP; exec sleep 66) & echo $!`);
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    const child = Number(log(attemptId(1)));
    while (isAlive(child)) await new Promise((done) => setTimeout(done, 10));
  });

  test.runIf(shell === 'sh')("leaves the person's variables, umask and interrupts as they are", async () => {
    process.env['root'] = 'theirs';
    process.env['id'] = '42';
    const before = process.umask(0o027);
    const node = await agent();
    process.umask(before);
    delete process.env['root'];
    delete process.env['id'];
    node.run(attemptId(1), 'echo "$root $id $# $(umask)"; sh -c \'kill -INT $$; echo survived\'');
    await node.end(attemptId(1));
    expect(log(attemptId(1))).toBe('theirs 42 0 0027\n');
  });

  test('what takes longer than it may is ended by the node itself, with nobody connected', async () => {
    const first = await agent();
    first.run(attemptId(1), `trap 'echo saved' TERM; echo ready; sleep 67 & wait; wait`, { timeoutMs: 1000 });
    await appears(attemptId(1), 'log');
    await first.die();
    await appears(attemptId(1), 'exit');
    const second = await agent();
    second.link.adopt([{ attempt: attemptId(1), work: work('') }]);
    expect(await second.end(attemptId(1))).toEqual({ kind: 'timedOut' });
    expect(log(attemptId(1))).toContain('saved');
  });

  test('what uses more memory than it may is ended, and how much that was is told', async () => {
    const node = await agent();
    const hog = `exec '${process.execPath}' -e 'const all = []; setInterval(() => all.push(Buffer.alloc(4e6, 1)), 5)'`;
    node.run(attemptId(1), hog, { memoryMiB: 200 });
    expect(await node.end(attemptId(1))).toEqual({ kind: 'outOfMemory' });
    expect(node.usages.get(attemptId(1))?.peakMemoryMiB).toBeGreaterThan(200);
  });

  test('tells the processor time, the time and the memory that an attempt took', async () => {
    const node = await agent();
    node.run(
      attemptId(1),
      `'${process.execPath}' -e 'const t = Date.now(); const used = () => process.cpuUsage().user; while (Date.now() - t < 1600 || used() < 700_000);'`,
    );
    await node.end(attemptId(1));
    const usage = node.usages.get(attemptId(1));
    expect(usage?.wallMs).toBeGreaterThan(1500);
    expect(usage?.cpuMs).toBeGreaterThan(500);
    expect(usage?.cpuMs).toBeLessThan(2 * (usage?.wallMs ?? 0));
    expect(usage?.peakMemoryMiB).toBeGreaterThan(10);
  });

  test.runIf(shell === 'sh')('what has left its group is killed when the attempt has ended', async () => {
    const node = await agent();
    node.run(attemptId(1), `setsid sleep 68 >/dev/null 2>&1 & echo $!; sleep 0.2`);
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 0 });
    const pid = Number(log(attemptId(1)));
    while (isAlive(pid)) await new Promise((done) => setTimeout(done, 50));
  });

  test('in a script, $$ is the script, and it can kill itself', async () => {
    const node = await agent();
    node.run(attemptId(1), 'echo $$; kill -KILL $$');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'signalled', signal: 9 });
    expect(Number(log(attemptId(1)))).not.toBe(pidOf(attemptId(1)));
  });

  test('an attempt whose folder was deleted is told of truly while the link lasts, and never started again', async () => {
    const node = await agent();
    node.run(attemptId(1), `echo ready; while [ ! -e '${tmpdir()}/never' ]; do sleep 0.05; done`);
    await appears(attemptId(1), 'log');
    while (log(attemptId(1)) === '') await new Promise((done) => setTimeout(done, 10));
    rmSync(dirname(place(attemptId(1), 'log')), { recursive: true });
    const second = await agent();
    second.link.adopt([{ attempt: attemptId(1), work: work('exit 0') }]);
    await second.reconciled;
    expect([...second.ends]).toEqual([]);
    second.link.stop(attemptId(1));
    expect(await second.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('how an attempt ended is told also when its folder was deleted meanwhile', async () => {
    const node = await agent();
    const go = join(tmpdir(), `${attemptId(1)}-go`);
    node.run(attemptId(1), `echo ready; while [ ! -e '${go}' ]; do sleep 0.02; done; exit 7`);
    await appears(attemptId(1), 'log');
    while (log(attemptId(1)) === '') await new Promise((done) => setTimeout(done, 10));
    rmSync(dirname(place(attemptId(1), 'log')), { recursive: true });
    writeFileSync(go, '');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 7 });
    rmSync(go);
  });

  test('of two Hosts that come at once, one has the node and the other hears whose it is', async () => {
    for (let round = 0; round < 5; round++) {
      const both = await Promise.all([agent('h1'), agent('h2')]);
      expect(both.filter(({ claimedBy }) => claimedBy === 'anna@desk')).toHaveLength(1);
      expect(both.filter(({ claimedBy }) => claimedBy === null)).toHaveLength(1);
      for (const each of both) await each.die();
      rmSync(join(root, 'host'));
    }
  });

  test('an attempt that may still be starting is not called gone; if it is, it never starts', async () => {
    const node = await agent();
    // As a keeper leaves it between making its file and writing to it.
    mkdirSync(join(root, 'run', 'halfway'), { recursive: true });
    writeFileSync(join(root, 'run', 'halfway', 'pid'), '');
    writeFileSync(join(root, 'ids', attemptId(1)), 'halfway\n');
    node.link.adopt([{ attempt: attemptId(1), work: work('') }]);
    expect(await node.end(attemptId(1))).toMatchObject({ kind: 'lost' });
    expect(existsSync(place(attemptId(1), 'void'))).toBe(true);
  });

  test('a line that was cut off in the list of what is watched does not spoil the others', async () => {
    const node = await agent();
    writeFileSync(join(root, 'live'), `${attemptId(8)} place 12.3 0 1`);
    node.run(attemptId(1), 'sleep 71', { timeoutMs: 1000 });
    expect(await node.end(attemptId(1))).toEqual({ kind: 'timedOut' });
  });

  test('lines that are no commands change nothing, and the agent goes on', async () => {
    const node = await agent();
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
    const before = readdirSync(root);
    node.process.stdin.write(Buffer.from(lines.join('\n'), 'utf8'));
    node.process.stdin.write(Buffer.from([10, 0, 255, 254, 10, 13, 10]));
    node.link.ping(424_242);
    await pong;
    expect(
      readdirSync(root).filter((file) => !before.includes(file) && !['live', 'watch', 'oom'].includes(file)),
    ).toEqual([]);
    node.run(attemptId(1), 'exit 3');
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
  });

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0 && shell !== 'sh')(
    'a full disk: what cannot be started is told, and how others ended is written when there is room',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', root]);
      try {
        const node = await agent();
        node.run(
          attemptId(1),
          `head -c 3000000 /dev/zero >'${root.replaceAll("'", "'\\''")}/filler'; exit 9`,
        );
        while (!existsSync(join(root, 'filler')) || statfsSync(root).bfree > 0)
          await new Promise((done) => setTimeout(done, 10));
        node.run(attemptId(2), 'exit 0');
        expect(await node.end(attemptId(2))).toMatchObject({ kind: 'notStarted' });
        expect(node.ends.get(attemptId(2))).toMatchObject({
          reason: expect.stringContaining('is the disk full?'),
        });
        const second = await agent();
        second.link.adopt([{ attempt: attemptId(1), work: work('') }]);
        rmSync(join(root, 'filler'));
        expect(await second.end(attemptId(1))).toEqual({ kind: 'exited', code: 9 });
        second.run(attemptId(3), 'exit 4');
        expect(await second.end(attemptId(3))).toEqual({ kind: 'exited', code: 4 });
        for (const each of agents) await each.die();
      } finally {
        execFileSync('umount', ['-l', root]);
      }
    },
  );

  test('a node that works for one Host tells another so, and can be taken over', async () => {
    const first = await agent();
    first.run(attemptId(1), 'sleep 69');
    const other = await agent('h2');
    expect(other.claimedBy).toBe('anna@desk');
    first.run(attemptId(2), 'exit 3');
    expect(await first.end(attemptId(2))).toEqual({ kind: 'exited', code: 3 });
    const third = await agent('h2', 'take');
    expect(third.claimedBy).toBeNull();
    first.link.stop(attemptId(1));
    third.link.adopt([{ attempt: attemptId(1), work: work('') }]);
    third.link.stop(attemptId(1));
    expect(await third.end(attemptId(1))).toEqual({ kind: 'stopped' });
  });

  test('a second agent of the same Host takes the place of the first', async () => {
    const first = await agent();
    const gone = new Promise((done) => first.process.once('exit', done));
    await agent();
    await gone;
  });

  test('what ended long ago is removed, what runs is not', async () => {
    const node = await agent();
    node.run(attemptId(1), 'exit 0');
    node.run(attemptId(2), 'sleep 70');
    await node.end(attemptId(1));
    await appears(attemptId(2), 'log');
    const old = new Date(Date.now() - 9 * 86_400_000);
    const folders = [attemptId(1), attemptId(2)].map((attempt) => dirname(place(attempt, 'log')));
    for (const folder of folders) utimesSync(folder, old, old);
    node.link.prune(7, 1000);
    while (existsSync(folders[0] ?? '')) await new Promise((done) => setTimeout(done, 20));
    node.run(attemptId(3), 'exit 0');
    await node.end(attemptId(3));
    expect(existsSync(folders[1] ?? '')).toBe(true);
    node.link.stop(attemptId(2));
    await node.end(attemptId(2));
  });

  test('a hundred at once all end once', async () => {
    const node = await agent();
    const ids = Array.from({ length: 100 }, (_, index) => attemptId(index));
    ids.forEach((id, index) => node.run(id, `exit ${index % 3}`));
    const ends = await Promise.all(ids.map((id) => node.end(id)));
    expect(ends).toEqual(ids.map((_, index) => ({ kind: 'exited', code: index % 3 })));
  });
});

test('is tried in more than one shell', () => {
  expect(shells).toContain('sh');
  execFileSync('sh', ['-n', script]);
});
