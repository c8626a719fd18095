/** Runs one command to its end, or to where it is stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { longTimeout } from './long-timeout';
import { OutputLines, type OutputLine } from './output-lines';
import { openOutputPipe } from './output-pipe';
import { askToEnd, endTree } from './process-tree';

export interface ProcessOrder {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** A private folder for what the run itself needs. */
  readonly ownFolder: string;
  readonly timeoutMs: number | null;
  /** How long it may go on after it was asked to end. Null: it is not asked. */
  readonly noticeMs: number | null;
}

export interface ProcessListener {
  onStart(pid: number): void;
  onLine(line: OutputLine): void;
  /** It is about to be asked to end, and will be ended at that time. */
  onNotice(end: Date): void;
}

export type StopReason = 'canceled' | 'timeout' | 'refused';

export type ProcessEnd =
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly stopped: StopReason | null;
    }
  | { readonly kind: 'notStarted'; readonly reason: string };

export interface RunningProcess {
  readonly ended: Promise<ProcessEnd>;
  /** As the order says; asked again, at once. */
  stop(reason: StopReason): void;
}

/** What has been left running may hold on to the output: so long it is waited for after the command's own end. */
const outputGraceMs = 2000;

export async function startProcess(order: ProcessOrder, listener: ProcessListener): Promise<RunningProcess> {
  const lines = new OutputLines((line) => listener.onLine(line));
  const started = await startChild(order);
  if (!started.ok) {
    const end: ProcessEnd = { kind: 'notStarted', reason: started.reason };
    return { ended: Promise.resolve(end), stop: () => undefined };
  }
  const { child, pid, outputs } = started;
  listener.onStart(pid);
  let stopped: StopReason | null = null;
  let hasExited = false;
  let cancelKill = (): void => undefined;
  const stop = (reason: StopReason): void => {
    if (hasExited) return;
    const isFirst = stopped === null;
    stopped ??= reason;
    if (isFirst && order.noticeMs !== null) {
      listener.onNotice(new Date(Date.now() + order.noticeMs));
      askToEnd(pid);
      cancelKill = longTimeout(() => endTree(pid), order.noticeMs);
    } else endTree(pid);
  };
  const cancelTimeout =
    order.timeoutMs === null ? (): void => undefined : longTimeout(() => stop('timeout'), order.timeoutMs);
  const exited = new Promise<Pick<ChildProcess, 'exitCode' | 'signalCode'>>((resolve) =>
    child.once('exit', (exitCode, signalCode) => {
      hasExited = true;
      cancelTimeout();
      cancelKill();
      // What it has started is not left alone with its work half undone.
      if (stopped !== null) endTree(pid);
      resolve({ exitCode, signalCode });
    }),
  );
  const read = Promise.all(outputs.map((output) => readAll(output, lines)));
  const ended = (async (): Promise<ProcessEnd> => {
    const { exitCode, signalCode } = await exited;
    await within(outputGraceMs, read);
    for (const output of outputs) leaveAlone(output);
    lines.end();
    return { kind: 'ended', code: exitCode, signal: signalCode, stopped };
  })();
  return { ended, stop };
}

type Started =
  | {
      readonly ok: true;
      readonly child: ChildProcess;
      readonly pid: number;
      readonly outputs: readonly Readable[];
    }
  | { readonly ok: false; readonly reason: string };

async function startChild(order: ProcessOrder): Promise<Started> {
  const pipe = process.platform === 'win32' ? null : await openOutputPipe(order.ownFolder);
  const given = pipe?.input ?? 'pipe';
  try {
    const child = spawn(order.command, order.args, {
      cwd: order.folder,
      env: order.environment,
      stdio: ['ignore', given, given],
      // A group of its own: an interrupt from the terminal is for the run, which knows how to end it.
      detached: pipe !== null,
      windowsHide: true,
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const outputs = [pipe?.output, child.stdout, child.stderr].filter((output) => output instanceof Object);
    return { ok: true, child, pid: child.pid ?? 0, outputs };
  } catch (error) {
    pipe?.output.destroy();
    return { ok: false, reason: startFailure(order, error) };
  } finally {
    pipe?.closeInput();
  }
}

function startFailure({ command, folder }: ProcessOrder, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return `the command ${command} was not found; is it installed, on the PATH, and does what its first line names exist?`;
    case 'EACCES':
      return `the command ${command} may not be run; does it have the permission to be executed?`;
    case 'ENOTDIR':
      return `the command ${command} was not found: a part of its path is a file; it was looked for from ${folder}`;
    case 'E2BIG':
      return `the arguments of ${command} are longer than the system allows; put them into an embedded file`;
    default:
      return `the command ${command} could not be started: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readAll(output: Readable, lines: OutputLines): Promise<void> {
  return new Promise((resolve) => {
    output.on('data', (bytes: Buffer) => lines.push(bytes));
    output.once('close', resolve);
    output.once('error', () => output.destroy());
  });
}

/** Whoever still writes is not stopped by it; nobody listens any more. */
function leaveAlone(output: Readable): void {
  output.removeAllListeners('data').resume();
  if ('unref' in output && typeof output.unref === 'function') output.unref();
}

async function within(ms: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([done, over]);
  clearTimeout(timer);
}
