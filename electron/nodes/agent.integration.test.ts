import { execFileSync, spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptEnd } from '../../shared/model/attempt';
import { AgentLink } from './agent-link';

const script = resolve(import.meta.dirname, '../../resources/agent/agent.sh');
const shells = ['sh', 'dash', 'bash', 'busybox'].filter(
  (shell) => spawnSync(shell, ['-c', ':']).error === undefined,
);

/** A real agent, and a link whose clock the test holds in its hand. */
class Agent {
  readonly process: ChildProcessWithoutNullStreams;
  readonly link: AgentLink;
  readonly hello: Promise<void>;
  /** All that was taken over is accounted for. */
  readonly reconciled: Promise<void>;
  readonly ends = new Map<string, AttemptEnd>();
  private waiting: (() => void)[] = [];
  private timers: (() => void)[] = [];
  private time = 0;

  constructor(shell: string, root: string) {
    const argv = shell === 'busybox' ? ['sh', script, root] : [script, root];
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
    this.link = new AgentLink(this.process.stdin, this.process.stdout, clock, {
      hello: greeted,
      ended: (attempt, end) => {
        this.ends.set(attempt, end);
        this.waiting.splice(0).forEach((wake) => wake());
      },
      reconciled: () => tellReconciled(),
    });
  }

  passTime(): void {
    this.time += 10_000;
    this.timers.splice(0).forEach((call) => call());
  }

  /** Waits for an attempt's end; asks again and again, as the link does when time passes. */
  async end(attempt: string): Promise<AttemptEnd> {
    for (;;) {
      const end = this.ends.get(attempt);
      if (end !== undefined) return end;
      const asking = setTimeout(() => this.waiting.splice(0).forEach((wake) => wake()), 100);
      await new Promise<void>((wake) => this.waiting.push(wake));
      clearTimeout(asking);
      if (!this.ends.has(attempt)) this.passTime();
    }
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
  const place = (attempt: string, file: string): string => join(root, 'run', attempt, file);
  const log = (attempt: string): string => readFileSync(place(attempt, 'log'), 'utf8');
  const pidOf = (attempt: string): number =>
    Number(readFileSync(place(attempt, 'pid'), 'utf8').split(' ')[0]);
  const appears = async (file: string): Promise<void> => {
    while (!existsSync(file)) await new Promise((done) => setTimeout(done, 10));
  };
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };

  async function agent(): Promise<Agent> {
    const made = new Agent(shell, root);
    agents.push(made);
    await made.hello;
    return made;
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "drover agent's "));
  });
  afterEach(async () => {
    for (const each of agents.splice(0)) await each.die();
    rmSync(root, { recursive: true, force: true });
  });

  test('runs a script, keeps what it prints, and tells its exit status', async () => {
    const node = await agent();
    node.link.start('a-1', 'echo "out"; echo "err" >&2; exit 7');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 7 });
    expect(log('a-1')).toBe('out\nerr\n');
  });

  test('a death by signal is told apart from an exit status', async () => {
    const node = await agent();
    node.link.start('a-1', "exec sh -c 'kill -SEGV $$'");
    expect(await node.end('a-1')).toEqual({ kind: 'signalled', signal: 11 });
  });

  test('text of any kind reaches the script unharmed', async () => {
    const node = await agent();
    const text = '%d \\n \\0101 $HOME `id` "q" \'s\' \u{1F40E}\n\ttail';
    node.link.start('a-1', `cat <<'END'\n${text}\nEND\n`);
    await node.end('a-1');
    expect(log('a-1')).toBe(`${text}\n`);
  });

  test('an id is started once, however often it is asked for', async () => {
    const first = await agent();
    first.link.start('a-1', `echo again >>'${join(tmpdir(), 'never')}'; exit 3`);
    await first.end('a-1');
    const second = await agent();
    second.link.start('a-1', 'exit 0');
    expect(await second.end('a-1')).toEqual({ kind: 'exited', code: 3 });
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
    first.link.start('a-1', wait);
    first.link.start('a-2', 'exit 4');
    await first.end('a-2');
    await appears(join(root, 'ledger'));
    await first.die();

    const second = await agent();
    second.link.adopt([
      { attempt: 'a-1', script: wait },
      { attempt: 'a-2', script: 'exit 9' },
      { attempt: 'a-3', script: 'exit 6' },
    ]);
    expect(await second.reconciled).toBeUndefined();
    expect([...second.ends.keys()]).toEqual(['a-2']);
    expect(await second.end('a-2')).toEqual({ kind: 'exited', code: 4 });
    expect(await second.end('a-3')).toEqual({ kind: 'exited', code: 6 });
    writeFileSync(go, '');
    expect(await second.end('a-1')).toEqual({ kind: 'exited', code: 5 });
    expect(readFileSync(join(root, 'ledger'), 'utf8')).toBe('once\n');
  });

  test('what is gone without an exit status is lost, with the proof', async () => {
    const first = await agent();
    first.link.start('a-1', 'exec sleep 60');
    await appears(place('a-1', 'log'));
    await first.die();
    process.kill(-pidOf('a-1'), 'SIGKILL');
    const second = await agent();
    second.link.adopt([{ attempt: 'a-1', script: '' }]);
    expect(await second.end('a-1')).toEqual({
      kind: 'lost',
      proof: 'its process is gone and left no exit status',
    });
  });

  test('a process id that another program has now is not taken for the attempt', async () => {
    const first = await agent();
    first.link.start('a-1', 'exec sleep 60');
    await appears(place('a-1', 'log'));
    await first.die();
    const pid = pidOf('a-1');
    process.kill(-pid, 'SIGKILL');
    const [, , boot] = readFileSync(place('a-1', 'pid'), 'utf8').trim().split(' ');
    writeFileSync(place('a-1', 'pid'), `${process.pid} 12345 ${boot}\n`);
    const second = await agent();
    second.link.adopt([{ attempt: 'a-1', script: '' }]);
    expect(await second.end('a-1')).toMatchObject({ kind: 'lost' });
    writeFileSync(place('a-1', 'pid'), `${process.pid} 12345 another-boot\n`);
    const third = await agent();
    third.link.adopt([{ attempt: 'a-1', script: '' }]);
    expect(await third.end('a-1')).toEqual({ kind: 'lost', proof: 'the machine was started again since' });
  });

  test('stop lets a program end in its own way', async () => {
    const node = await agent();
    node.link.start('a-1', `trap 'echo saved; exit 75' TERM; echo ready; while :; do sleep 0.05; done`);
    await appears(place('a-1', 'log'));
    while (!log('a-1').includes('ready')) await new Promise((done) => setTimeout(done, 10));
    node.link.stop('a-1');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 75 });
    expect(log('a-1')).toContain('saved');
  });

  test('what does not listen is killed with all its children', async () => {
    const node = await agent();
    node.link.start('a-1', `trap '' TERM; sleep 61 & echo $!; wait; sleep 62`);
    while (!existsSync(place('a-1', 'log')) || log('a-1') === '')
      await new Promise((done) => setTimeout(done, 10));
    const child = Number(log('a-1'));
    node.link.stop('a-1');
    expect(isAlive(child)).toBe(true);
    node.passTime();
    expect(await node.end('a-1')).toEqual({ kind: 'stopped' });
    while (isAlive(child)) await new Promise((done) => setTimeout(done, 10));
  });

  test('a job cannot speak for the agent', async () => {
    const node = await agent();
    node.link.start('a-2', 'sleep 0.3; exit 8');
    node.link.start('a-1', 'echo "EXIT a-2 0"; { echo "EXIT a-2 0" >&3; } 2>/dev/null; exit 1');
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 1 });
    expect(await node.end('a-2')).toEqual({ kind: 'exited', code: 8 });
  });

  test.runIf(shell === 'sh')(
    'what a killed keeper has left running is not taken for dead, and can still be stopped',
    async () => {
      const first = await agent();
      first.link.start('a-1', 'echo $$; sleep 63; true');
      while (!existsSync(place('a-1', 'log')) || log('a-1') === '')
        await new Promise((done) => setTimeout(done, 10));
      await first.die();
      const keeper = pidOf('a-1');
      process.kill(keeper, 'SIGKILL');
      while (existsSync(`/proc/${keeper}`)) await new Promise((done) => setTimeout(done, 10));
      const second = await agent();
      second.link.adopt([{ attempt: 'a-1', script: '' }]);
      second.link.start('a-2', 'true');
      await second.end('a-2');
      expect(() => process.kill(-keeper, 0)).not.toThrow();
      second.link.stop('a-1');
      expect(await second.end('a-1')).toEqual({ kind: 'stopped' });
      expect(() => process.kill(-keeper, 0)).toThrow('ESRCH');
    },
  );

  test('an attempt that kills its own keeper is found lost, not waited for for ever', async () => {
    const node = await agent();
    node.link.start('a-1', 'kill -KILL 0');
    await appears(place('a-1', 'log'));
    expect(await node.end('a-1')).toMatchObject({ kind: 'lost' });
  });

  test('a stop that comes right after the start is not lost', async () => {
    const node = await agent();
    node.link.start('a-1', 'sleep 64');
    node.link.stop('a-1');
    await appears(place('a-1', 'exit'));
    expect(await node.end('a-1')).toEqual({ kind: 'stopped' });
  });

  test('what is stopped before the node has ever seen it is never started', async () => {
    const node = await agent();
    node.link.adopt([{ attempt: 'a-1', script: 'sleep 65' }]);
    node.link.stop('a-1');
    expect(await node.end('a-1')).toEqual({ kind: 'stopped' });
    expect(existsSync(place('a-1', 'script'))).toBe(false);
  });

  test('nothing that an attempt has left behind outlives it', async () => {
    const node = await agent();
    node.link.start('a-1', `(trap '' TERM HUP; exec sleep 66) & echo $!`);
    expect(await node.end('a-1')).toEqual({ kind: 'exited', code: 0 });
    const child = Number(log('a-1'));
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
    node.link.start('a-1', 'echo "$root $id $# $(umask)"; sh -c \'kill -INT $$; echo survived\'');
    await node.end('a-1');
    expect(log('a-1')).toBe('theirs 42 0 0027\n');
  });

  test('a hundred at once all end once', async () => {
    const node = await agent();
    const ids = Array.from({ length: 100 }, (_, index) => `a-${index}` as const);
    ids.forEach((id, index) => node.link.start(id, `exit ${index % 3}`));
    const ends = await Promise.all(ids.map((id) => node.end(id)));
    expect(ends).toEqual(ids.map((_, index) => ({ kind: 'exited', code: index % 3 })));
  });
});

test('is tried in more than one shell', () => {
  expect(shells).toContain('sh');
  execFileSync('sh', ['-n', script]);
});
