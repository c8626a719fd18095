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
}

/** After being asked to end, an attempt has so long before it is killed. */
const graceBeforeKill = 10_000;
/** How often attempts are asked after whose end this link is not told: of an earlier agent, or killed. */
const askInterval = 500;

/** Speaks with one agent over its stdin and stdout, wherever it runs. */
export class AgentLink {
  /** Attempts for which an end is awaited, and the script should the node never have seen it. */
  private readonly open = new Map<string, { readonly script: string | null }>();
  private readonly asked = new Set<string>();
  private readonly stopping = new Map<string, () => void>();
  private callOff: (() => void) | null = null;
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
    if (this.open.has(attempt)) return;
    this.open.set(attempt, { script: null });
    this.write(`START ${attempt} ${escapeForPrintf(script)}`);
  }

  /** Takes over an attempt that was begun before this link: runs it if the node has never seen it. */
  adopt(attempt: AttemptId, script: string): void {
    if (this.open.has(attempt)) return;
    this.open.set(attempt, { script });
    this.ask(attempt);
  }

  stop(attempt: AttemptId): void {
    if (this.stopping.has(attempt)) return;
    this.write(`STOP ${attempt}`);
    const callOff = this.clock.after(graceBeforeKill, () => {
      this.write(`KILL ${attempt}`);
      this.ask(attempt);
    });
    this.stopping.set(attempt, callOff);
  }

  /** Says no more; what runs goes on. */
  close(): void {
    this.closed = true;
    this.callOff?.();
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
        return this.ask(line.id);
      case 'refused':
        return this.ended(line.id, { kind: 'notStarted', reason: line.reason });
      case 'exit':
        return this.ended(line.id, endOf(line.code));
      case 'state':
        return this.found(line.id, line.state);
    }
  }

  private found(id: string, state: AttemptOnNode): void {
    const entry = this.open.get(id);
    if (entry === undefined) return;
    switch (state.kind) {
      case 'running':
        return;
      case 'exited':
        return this.ended(id, endOf(state.code));
      case 'killed':
        return this.ended(id, { kind: 'stopped' });
      case 'gone':
        return this.ended(id, { kind: 'lost', proof: state.reason });
      case 'never':
        this.asked.delete(id);
        if (entry.script !== null) this.write(`START ${id} ${escapeForPrintf(entry.script)}`);
        else this.ended(id, { kind: 'lost', proof: 'the node does not know it any more' });
    }
  }

  private ended(id: string, end: AttemptEnd): void {
    if (!this.open.delete(id)) return;
    this.asked.delete(id);
    this.stopping.get(id)?.();
    this.stopping.delete(id);
    if (isAttemptId(id)) this.events.ended(id, end);
  }

  private ask(id: string): void {
    this.asked.add(id);
    this.write(`QUERY ${id}`);
    this.callOff ??= this.clock.after(askInterval, () => {
      this.callOff = null;
      for (const again of this.asked) this.ask(again);
    });
  }

  private write(line: string): void {
    if (!this.closed) this.input.write(`${line}\n`);
  }
}

const isAttemptId = (id: string): id is AttemptId => id.startsWith('a-');

/** A shell reports a death by signal N as 128 + N. */
function endOf(code: number): AttemptEnd {
  return code > 128 && code < 128 + 65 ? { kind: 'signalled', signal: code - 128 } : { kind: 'exited', code };
}
