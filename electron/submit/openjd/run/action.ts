/** Runs one action: what it prints is shown, and what it tells is heard. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveFormatString } from '../format';
import type { Action, Symbols } from '../model';
import { withoutSecretsToCome, type SessionLog } from './log';
import { parseMessage, type Message } from './messages';
import type { OutputLine } from './output-lines';
import { hidden } from './redaction';
import { startProcess, type ProcessEnd, type RunningProcess, type StopReason } from './run-process';
import type { SessionFolder } from './session-folder';

export type ActionState = 'succeeded' | 'failed' | 'canceled';

export interface ActionOrder {
  readonly action: Action;
  readonly symbols: Symbols;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: SessionFolder;
  readonly timeoutSeconds: number | null;
  readonly noticeSeconds: number;
  /** Its template says that it uses `openjd_redacted_env`. */
  readonly mayRedact: boolean;
  /** Null: it is not one that sets any. */
  readonly onVariable: ((change: VariableChange) => void) | null;
}

/** Null: it is unset. */
export interface VariableChange {
  readonly name: string;
  readonly value: string | null;
}

export class RunningAction {
  private process: RunningProcess | null = null;
  private asked: StopReason | null = null;
  /** What it said why it fails. */
  private complaint: string | null = null;

  constructor(
    private readonly order: ActionOrder,
    private readonly log: SessionLog,
  ) {}

  async run(): Promise<ActionState> {
    const { action, symbols, environment, folder, timeoutSeconds, noticeSeconds } = this.order;
    const command = resolveFormatString(action.command, symbols);
    const args = action.args.map((arg) => resolveFormatString(arg, symbols));
    this.log.write('INFO', `Running command: ${command}`);
    this.log.write(
      'DEBUG',
      `Its arguments: ${withoutSecretsToCome(args.map((arg) => JSON.stringify(arg)).join(' '))}`,
    );
    const { cancelation } = action;
    const notice =
      cancelation.mode === 'TERMINATE' ? null : (cancelation.notifyPeriodInSeconds ?? noticeSeconds);
    this.process = await startProcess(
      {
        command,
        args,
        environment,
        folder: folder.path,
        ownFolder: folder.own,
        timeoutMs: timeoutSeconds === null ? null : timeoutSeconds * 1000,
        noticeMs: notice === null ? null : notice * 1000,
      },
      {
        onStart: (pid) => this.log.write('INFO', `Command started as pid: ${pid}`),
        onLine: (line) => this.hear(line),
        onNotice: (end) => this.tellEnd(end),
      },
    );
    // Asked while it was being started.
    if (this.asked !== null) this.process.stop(this.asked);
    return this.conclude(await this.process.ended);
  }

  /** By its method of cancelation; asked again, at once. */
  stop(reason: StopReason): void {
    this.asked ??= reason;
    this.process?.stop(reason);
  }

  private hear(line: OutputLine): void {
    const message = line.isCut ? cutMessage(line.text) : parseMessage(line.text);
    if (message?.kind === 'redactedEnv') {
      this.log.hide(message.value);
      this.log.write('INFO', `openjd_redacted_env: ${message.name}=${hidden}`);
    } else if (message?.kind === 'malformed' && message.of === 'secret') {
      this.log.hide(/=(.*)$/s.exec(line.text)?.[1] ?? '');
      this.log.write('INFO', `openjd_redacted_env: ${hidden}`);
    } else this.log.write('INFO', line.text, line.isCut);
    if (message !== null) this.heed(message);
  }

  private heed(message: Message): void {
    const { mayRedact } = this.order;
    switch (message.kind) {
      case 'progress':
      case 'status':
        return;
      case 'fail':
        this.complaint = message.text;
        return;
      case 'env':
        return this.change(message, 'openjd_env');
      case 'redactedEnv':
        if (mayRedact) return this.change(message, 'openjd_redacted_env');
        this.log.write(
          'WARNING',
          `${message.name} is not set: the template does not name the extension REDACTED_ENV_VARS.`,
        );
        return;
      case 'unsetEnv':
        return this.change({ name: message.name, value: null }, 'openjd_unset_env');
      case 'logLevel':
        return this.log.setLevel(message.level);
      case 'malformed': {
        const isHarmless = message.of === 'report' || (message.of === 'secret' && mayRedact);
        if (isHarmless) return this.log.write('WARNING', `Not understood: ${message.reason}.`);
        this.log.write('ERROR', `Not understood, so the action fails: ${message.reason}.`);
        this.stop('refused');
      }
    }
  }

  private change(change: VariableChange, by: string): void {
    if (this.order.onVariable === null)
      this.log.write(
        'WARNING',
        `${change.name} stays as it is: only onEnter of an environment may use ${by}.`,
      );
    else this.order.onVariable({ name: change.name, value: change.value });
  }

  /** Where the action can read how long it has. */
  private tellEnd(end: Date): void {
    const time = `${end.toISOString().slice(0, 19)}Z`;
    this.log.write('INFO', `Asking the command to end; it has until ${time}.`);
    const path = join(this.order.folder.path, 'cancel_info.json');
    const whole = join(this.order.folder.own, 'cancel_info.json');
    try {
      writeFileSync(whole, JSON.stringify({ NotifyEnd: time }), { mode: 0o600 });
      renameSync(whole, path);
    } catch (error) {
      this.log.write('WARNING', `cancel_info.json could not be written: ${String(error)}`);
    }
  }

  private conclude(end: ProcessEnd): ActionState {
    if (end.kind === 'notStarted') {
      this.log.write('ERROR', `The action failed: ${end.reason}.`);
      return 'failed';
    }
    const { code, signal, stopped } = end;
    const how = signal === null ? `exited with code: ${code}` : `was ended by ${signal}`;
    this.log.write(code === 0 ? 'INFO' : 'ERROR', `Process ${how}`);
    if (stopped === 'timeout')
      this.log.write(
        'ERROR',
        `The action failed: it did not end within ${this.order.timeoutSeconds} seconds.`,
      );
    if (stopped === 'canceled') return 'canceled';
    if (stopped === null && code === 0) return 'succeeded';
    if (this.complaint !== null) this.log.write('ERROR', `The action failed, and says: ${this.complaint}`);
    return 'failed';
  }
}

function cutMessage(text: string): Message | null {
  const message = parseMessage(text);
  const of = message?.kind === 'redactedEnv' ? 'secret' : message?.kind === 'env' ? 'variable' : null;
  return of === null ? message : { kind: 'malformed', of, reason: 'the line is longer than 64 KiB' };
}
