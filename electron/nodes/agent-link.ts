import type { Readable, Writable } from 'node:stream';
import type { AttemptEnd } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import type { Clock } from '../engine/ports';
import { parseAgentLine, type AgentLine, type AttemptOnNode } from './agent-protocol';
import { LineSplitter } from '../line-splitter';
import { escapeForPrintf } from './quote';

export interface AgentEvents {
  hello(version: number, boot: string): void;
  ended(attempt: AttemptId, end: AttemptEnd): void;
  /** Of all attempts that were to be taken over it is known what became of them. */
  reconciled(): void;
}

/** After being asked to end, an attempt has so long before it is killed. */
const graceBeforeKill = 10_000;
/** How often attempts are asked after whose end this link is not told: of an earlier agent, or killed. */
const askInterval = 500;
/** How often all others are, lest one whose keeper was killed be taken for running for ever. */
const checkInterval = 10_000;
/** An attempt is not asked after so soon after its start: its keeper may still be starting. */
const leastAge = 5_000;

interface Open {
  /** Null: it was started by this link. */
  readonly script: string | null;
  readonly since: number;
}

/** Speaks with one agent over its stdin and stdout, wherever it runs. */
export class AgentLink {
  /** Attempts for which an end is awaited, and the script should the node never have seen it. */
  private readonly awaited = new Map<string, Open>();
  private readonly polled = new Set<string>();
  /** Those taken over of which nothing is known yet; null: none were asked for, or all is known. */
  private unknown: Set<string> | null = null;
  private readonly stopping = new Map<string, () => void>();
  private callOffPoll: (() => void) | null = null;
  private callOffCheck: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly input: Writable,
    output: Readable,
    private readonly clock: Clock,
    private readonly events: AgentEvents,
  ) {
    const lines = new LineSplitter((text) => {
      const line = parseAgentLine(text);
      if (line !== null && !this.closed) this.receive(line);
    });
    output.on('data', (bytes: Buffer) => lines.push(bytes));
    // A broken pipe is noticed by whoever owns the process or channel.
    input.on('error', () => {});
  }

  start(attempt: AttemptId, script: string): void {
    if (this.awaited.has(attempt)) return;
    this.awaited.set(attempt, { script: null, since: this.clock.now() });
    this.planCheck();
    this.write(`START ${attempt} ${escapeForPrintf(script)}`);
  }

  /** Takes over attempts that were begun before this link: runs those that the node has never seen. */
  adopt(attempts: readonly { readonly attempt: AttemptId; readonly script: string }[]): void {
    const unknown = attempts.filter(({ attempt }) => !this.awaited.has(attempt));
    this.unknown = new Set(unknown.map(({ attempt }) => attempt));
    for (const { attempt, script } of unknown) {
      this.awaited.set(attempt, { script, since: this.clock.now() });
      this.poll(attempt);
    }
    this.knows(null);
  }

  stop(attempt: AttemptId): void {
    if (this.stopping.has(attempt) || !this.awaited.has(attempt)) return;
    this.write(`STOP ${attempt}`);
    const callOff = this.clock.after(graceBeforeKill, () => {
      this.write(`KILL ${attempt}`);
      this.poll(attempt);
    });
    this.stopping.set(attempt, callOff);
  }

  /** Says no more; what runs goes on. */
  close(): void {
    this.closed = true;
    this.callOffPoll?.();
    this.callOffCheck?.();
    for (const callOff of this.stopping.values()) callOff();
    this.input.end();
  }

  private receive(line: AgentLine): void {
    switch (line.kind) {
      case 'hello':
        return this.events.hello(line.version, line.boot);
      case 'started':
        return;
      case 'seen':
        return this.poll(line.id);
      case 'refused':
        return this.ended(line.id, { kind: 'notStarted', reason: line.reason });
      case 'exit':
        return this.ended(line.id, this.endOf(line.id, line.code));
      case 'state':
        return this.found(line.id, line.state);
    }
  }

  private found(id: string, state: AttemptOnNode): void {
    const entry = this.awaited.get(id);
    if (entry === undefined) {
      this.polled.delete(id);
      return;
    }
    switch (state.kind) {
      case 'running':
        return this.knows(id);
      case 'exited':
        return this.ended(id, this.endOf(id, state.code));
      case 'killed':
        return this.ended(id, { kind: 'stopped' });
      case 'gone':
        return this.ended(
          id,
          this.stopping.has(id) ? { kind: 'stopped' } : { kind: 'lost', proof: state.reason },
        );
      case 'never':
        this.polled.delete(id);
        if (this.stopping.has(id)) this.ended(id, { kind: 'stopped' });
        else if (entry.script !== null) {
          this.write(`START ${id} ${escapeForPrintf(entry.script)}`);
          this.knows(id);
        } else this.ended(id, { kind: 'lost', proof: 'the node does not know it any more' });
    }
  }

  private ended(id: string, end: AttemptEnd): void {
    if (!this.awaited.delete(id)) return;
    this.polled.delete(id);
    this.stopping.get(id)?.();
    this.stopping.delete(id);
    if (isAttemptId(id)) this.events.ended(id, end);
    this.knows(id);
  }

  private knows(id: string | null): void {
    if (this.unknown === null) return;
    if (id !== null) this.unknown.delete(id);
    if (this.unknown.size > 0) return;
    this.unknown = null;
    this.events.reconciled();
  }

  /** A shell reports a death by signal N as 128 + N. */
  private endOf(id: string, code: number): AttemptEnd {
    if (code <= 128 || code > 128 + 64) return { kind: 'exited', code };
    return this.stopping.has(id) ? { kind: 'stopped' } : { kind: 'signalled', signal: code - 128 };
  }

  private poll(id: string): void {
    this.polled.add(id);
    this.write(`QUERY ${id}`);
    this.callOffPoll ??= this.clock.after(askInterval, () => {
      this.callOffPoll = null;
      for (const again of this.polled) this.poll(again);
    });
  }

  private planCheck(): void {
    this.callOffCheck ??= this.clock.after(checkInterval, () => {
      this.callOffCheck = null;
      const oldest = this.clock.now() - leastAge;
      for (const [id, { since }] of this.awaited) if (since <= oldest) this.write(`QUERY ${id}`);
      if (this.awaited.size > 0) this.planCheck();
    });
  }

  private write(line: string): void {
    if (!this.closed) this.input.write(`${line}\n`);
  }
}

const isAttemptId = (id: string): id is AttemptId => id.startsWith('a-');
