import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { devNull } from 'node:os';
import { delimiter, join } from 'node:path';
import systeminformation from 'systeminformation';
import type { AttemptId } from '../../shared/model/ids';
import type { Order } from '../engine/effects';
import type { Clock } from '../engine/ports';
import type { Report } from '../engine/reports';
import { AgentLink } from './agent-link';
import { agentVersion } from './agent-protocol';
import { describeMachine, type Machine } from './machine';
import type { LogBytes, NodeLink, NodeLoad } from './node-link';
import { scriptFor } from './script';

export interface LocalNodeOptions {
  /** Where the agent keeps its runs. */
  readonly folder: string;
  /** The shipped `agent/` folder. */
  readonly agentFolder: string;
  readonly clock: Clock;
  readonly report: (report: Report) => void;
}

const firstRetry = 500;
const longestRetry = 30_000;

/** This machine. Its agent is a child process; what the agent starts outlives both. */
export class LocalNode implements NodeLink {
  readonly node = 'local';
  private readonly name = 'This machine';
  private link: AgentLink | null = null;
  private agent: ChildProcess | null = null;
  private closed = false;
  private retryAfter = firstRetry;
  private readonly machine: Promise<Machine>;

  constructor(private readonly options: LocalNodeOptions) {
    this.machine = describeMachine(options.folder);
    // Whoever awaits it hears of it; until then it must not end the program.
    this.machine.catch(() => {});
  }

  open(): void {
    const { agentFolder, folder, clock } = this.options;
    // As text, not as a file: a shell keeps its script's file open, and so would all attempts.
    const script = readFileSync(join(agentFolder, 'agent.sh'), 'utf8');
    const agent = spawnBare('sh', ['-c', script, 'drover-agent', folder]);
    this.agent = agent;
    let complaint = '';
    const { stdin, stdout, stderr } = agent;
    if (stdin === null || stdout === null || stderr === null) throw new Error('the agent has no pipes');
    stderr.on('data', (bytes: Buffer) => (complaint = (complaint + bytes.toString()).slice(-500)));
    agent.on('error', (error) => {
      this.lost(
        'code' in error && error.code === 'ENOENT'
          ? 'this machine has no sh; install Git for Windows or WSL, and start Drover again'
          : `its agent cannot be started: ${error.message}`,
      );
    });
    agent.on('exit', () =>
      this.lost(`its agent has ended${complaint === '' ? '' : `: ${complaint.trim()}`}`),
    );
    this.link = new AgentLink(stdin, stdout, clock, {
      hello: (version) => {
        this.greet(version).catch((error: unknown) => this.lost(`it cannot be described: ${String(error)}`));
      },
      ended: (attempt, end) => {
        this.options.report({ kind: 'attemptEnded', attempt, end });
      },
      reconciled: () => this.options.report({ kind: 'reconciled', node: this.node }),
    });
  }

  start(order: Order): void {
    this.link?.start(order.attempt, this.script(order));
  }

  stop(attempt: AttemptId): void {
    this.link?.stop(attempt);
  }

  reconcile(orders: readonly Order[]): void {
    this.link?.adopt(orders.map((order) => ({ attempt: order.attempt, script: this.script(order) })));
  }

  async readLog(attempt: AttemptId, from: number, bytes: number): Promise<LogBytes> {
    const file = await open(join(this.options.folder, 'run', attempt, 'log'), 'r').catch(() => null);
    if (file === null) return { from: 0, bytes: Buffer.alloc(0), size: 0 };
    try {
      const { size } = await file.stat();
      const start = from < 0 ? Math.max(0, size + from) : Math.min(from, size);
      const buffer = Buffer.alloc(Math.max(0, Math.min(bytes, size - start)));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      return { from: start, bytes: buffer.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  }

  async load(): Promise<NodeLoad | null> {
    const [cpu, memory] = await Promise.all([systeminformation.currentLoad(), systeminformation.mem()]);
    return { cpu: cpu.currentLoad / 100, memory: memory.total === 0 ? 0 : memory.active / memory.total };
  }

  close(): void {
    this.closed = true;
    this.link?.close();
    // stdin's end lets the agent leave; its pipes must not keep this process alive until then.
    this.agent?.unref();
    this.agent?.stdout?.destroy();
    this.agent?.stderr?.destroy();
  }

  private script(order: Order): string {
    return scriptFor(order, { bin: join(this.options.agentFolder, 'bin'), runtime: process.execPath });
  }

  private async greet(version: number): Promise<void> {
    const link = this.link;
    const { capacity, labels, system } = await this.machine;
    if (this.closed || link !== this.link) return;
    if (version !== agentVersion)
      return this.lost(`its agent speaks version ${version}, not ${agentVersion}`);
    this.retryAfter = firstRetry;
    this.options.report({
      kind: 'nodeUp',
      node: this.node,
      name: this.name,
      nodeKind: 'local',
      system,
      capacity,
      labels,
    });
  }

  private lost(reason: string): void {
    if (this.closed || this.link === null) return;
    this.link.close();
    this.link = null;
    this.agent?.kill();
    this.options.report({
      kind: 'nodeDown',
      node: this.node,
      name: this.name,
      nodeKind: 'local',
      state: 'ERROR',
      reason,
    });
    const wait = this.retryAfter;
    this.retryAfter = Math.min(longestRetry, wait * 2);
    this.options.clock.after(wait, () => {
      if (!this.closed) this.open();
    });
  }
}

/**
 * With pipes and nothing else. Electron's open files are not closed on exec, so attempts, which
 * outlive it, would hold on to its sockets, databases and terminal: /dev/null takes their places.
 */
function spawnBare(program: string, words: readonly string[]): ChildProcess {
  const held = process.platform === 'win32' ? [] : readdirSync('/dev/fd').map(Number);
  const nothing = openSync(devNull, 'r+');
  try {
    const others = Array.from({ length: Math.max(0, Math.max(...held, nothing) - 2) }, () => nothing);
    // Its own process group: an interrupt from the terminal is for Drover alone.
    return spawn(program, words, {
      env: environment(),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', ...others],
    });
  } finally {
    closeSync(nothing);
  }
}

/** What tasks inherit: the person's environment without what Drover's own start has added. */
function environment(): NodeJS.ProcessEnv {
  const own = /^(ELECTRON_RUN_AS_NODE|NODE_OPTIONS|INIT_CWD|npm_.*|DROVER_(DATA|RUNTIME|ELECTRON|PACKED))$/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !/[\\/](node_modules[\\/]\.bin|node-gyp-bin)$/.test(folder));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
