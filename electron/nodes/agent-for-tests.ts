import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import { AgentLink, type AgentEvents, type AttemptWork } from './agent-link';
import { agentText } from './agent-text';
import { agentFolder } from './node-for-tests';

const text = agentText(agentFolder);

/** Those that are here, of all in which an agent has to run. */
export const shells = ['sh', 'dash', 'bash', 'busybox'].filter(
  (shell) => spawnSync(shell, ['-c', ':']).error === undefined,
);

export const workOf = (script: string): AttemptWork => ({
  script,
  anyShell: false,
  timeoutMs: 0,
  graceMs: null,
  memoryMiB: 0,
});

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A real agent, and a link whose clock the test holds in its hand. */
export class Agent {
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
    this.link.start(attempt, { ...workOf(script), ...limits });
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
    const pid = join(folder, 'pid');
    return existsSync(folder) && (!existsSync(pid) || readFileSync(pid, 'utf8') === '');
  }

  async die(): Promise<void> {
    if (this.process.signalCode !== null || this.process.exitCode !== null) return;
    const gone = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGKILL');
    await gone;
    this.link.close();
  }
}

/** Agents in one shell that have a folder together, whose name is odd. */
export class Agents {
  readonly root = mkdtempSync(join(tmpdir(), "drover agent's "));
  private readonly all: Agent[] = [];

  constructor(private readonly shell: string) {}

  /** Another one, when it has said that it is there. */
  async add(...words: readonly string[]): Promise<Agent> {
    const made = new Agent(this.shell, this.root, ...words);
    this.all.push(made);
    await made.hello;
    return made;
  }

  /** A file of an attempt, whether it is there or not. */
  place(attempt: string, file: string): string {
    const id = join(this.root, 'ids', attempt);
    return join(this.root, 'run', existsSync(id) ? readFileSync(id, 'utf8').trim() : 'nowhere', file);
  }

  log(attempt: string): string {
    return readFileSync(this.place(attempt, 'log'), 'utf8');
  }

  pidOf(attempt: string): number {
    return Number(readFileSync(this.place(attempt, 'pid'), 'utf8').split(' ')[0]);
  }

  async appears(attempt: string, file: string): Promise<void> {
    while (!existsSync(this.place(attempt, file))) await new Promise((done) => setTimeout(done, 10));
  }

  async end(): Promise<void> {
    for (const each of this.all.splice(0)) await each.die();
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20 });
  }
}
