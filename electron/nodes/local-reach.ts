import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { devNull, getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { inheritedEnvironment } from '../inherited-environment';
import { agentText } from './agent-text';
import { labelsOf } from './health/describe-node';
import { probeThisMachine } from './health/probe-this-machine';
import { describeMachine, type Machine } from './machine';
import { answersOf, type Ask } from './preflight/question';
import type { LogBytes } from './readings';
import { shellQuote } from './quote';
import { Unreachable, type AgentFiles, type AgentOwner, type Reach, type Reached } from './reach';

export interface LocalReachOptions {
  /** Where the agent keeps its runs. */
  readonly folder: string;
  /** The shipped `agent/` folder. */
  readonly agentFolder: string;
  /** What was found here the last time. */
  readonly knownLabels?: () => readonly string[];
}

/** Who starts Drover for a moment only need not wait for programs to tell their versions. */
const probeAfter = 2000;

/** This machine: its agent is a child process. */
export class LocalReach implements Reach {
  readonly folder: string;
  readonly files: AgentFiles;
  readonly ask: Ask = (lines, signal) => this.answer(lines, signal);
  private machine: Machine | null = null;
  private probing: NodeJS.Timeout | undefined;

  constructor(private readonly options: LocalReachOptions) {
    this.folder = options.folder;
    this.files = {
      read: (path, from, bytes) => readPiece(join(options.folder, ...path), from, bytes),
      find: null,
    };
  }

  async connect({ host, name, take, nice }: AgentOwner): Promise<Reached> {
    const { folder, agentFolder } = this.options;
    const text = agentText(agentFolder);
    const words = ['-c', text, 'drover-agent', folder, host, name, text, ...(take ? ['take'] : [])];
    const agent = spawnBare('sh', words);
    await started(agent);
    standBack(agent, nice);
    const { stdin, stdout, stderr } = agent;
    if (stdin === null || stdout === null || stderr === null) throw new Error('the agent has no pipes');
    let complaint = '';
    stderr.on('data', (bytes: Buffer) => (complaint = (complaint + bytes.toString()).slice(-500)));
    const ended = new Promise<string>((resolve) =>
      agent.once('exit', () =>
        resolve(`its agent has ended${complaint === '' ? '' : `: ${complaint.trim()}`}`),
      ),
    );
    return {
      input: stdin,
      output: stdout,
      ended,
      places: {
        bin: shellQuote(join(agentFolder, 'bin')),
        runtime: process.execPath,
        root: shellQuote(folder),
        sessions: shellQuote(join(agentFolder, 'session.sh')),
      },
      carrier: null,
      ask: this.ask,
      describe: (onMore) => this.describe(onMore),
      files: this.files,
      close: () => {
        // stdin's end lets the agent leave; its pipes must not keep this process alive until then.
        clearTimeout(this.probing);
        agent.unref();
        stdin.end();
        stdout.destroy();
        stderr.destroy();
      },
    };
  }

  private async answer(lines: string, signal: AbortSignal): Promise<string> {
    const { agentFolder } = this.options;
    const script = readFileSync(join(agentFolder, 'ask.sh'), 'utf8');
    const asked = spawn('sh', ['-c', script, 'drover-ask', join(agentFolder, 'bin')], {
      env: inheritedEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    await started(asked);
    const ended = new Promise((done) => asked.once('close', done));
    const { stdin, stdout } = asked;
    return answersOf({ stdin, stdout, ended, stop: () => void asked.kill('SIGKILL') }, lines, signal);
  }

  /** Programs are asked for their versions, which takes a second or two: until then they count as they were. */
  private async describe(onMore: (machine: Machine) => void): Promise<Machine> {
    const { folder, knownLabels = () => [] } = this.options;
    if (this.machine !== null) return this.machine;
    const machine = await describeMachine(folder);
    clearTimeout(this.probing);
    this.probing = setTimeout(() => void this.probe(machine).then(onMore), probeAfter);
    this.probing.unref();
    return withLabels(machine, knownLabels());
  }

  private async probe(machine: Machine): Promise<Machine> {
    const { folder, agentFolder } = this.options;
    const probe = await probeThisMachine({ folder, agentFolder, environment: inheritedEnvironment() });
    return (this.machine = withLabels(machine, probe === null ? [] : labelsOf(probe)));
  }
}

const withLabels = (machine: Machine, labels: readonly string[]): Machine => ({
  ...machine,
  labels: [...new Set([...machine.labels, ...labels])],
});

/** All that the agent starts stands back with it. */
function standBack({ pid }: ChildProcess, nice: number): void {
  try {
    if (pid !== undefined && nice > getPriority(pid)) setPriority(pid, nice);
  } catch {
    // It works as well without.
  }
}

function started(agent: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    agent.once('spawn', resolve);
    agent.once('error', (error) =>
      reject(
        'code' in error && error.code === 'ENOENT'
          ? new Unreachable(
              'this machine has no sh; install Git for Windows or WSL, and start Drover again',
              'person',
            )
          : new Unreachable(`its agent cannot be started: ${error.message}`, 'time'),
      ),
    );
  });
}

async function readPiece(path: string, from: number, bytes: number): Promise<LogBytes | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
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
      env: inheritedEnvironment(),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', ...others],
    });
  } finally {
    closeSync(nothing);
  }
}
