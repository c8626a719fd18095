import type { Readable, Writable } from 'node:stream';
import type { AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import type { Clock } from '../engine/ports';
import { parseAgentLine, type AgentLine, type AttemptOnNode, type ExitRecord } from './agent-protocol';
import { Interrupted } from './files/persistence';
import { LineSplitter } from '../line-splitter';
import { escapeForPrintf } from './quote';
import { savingLine, type AttemptSaving } from './saving';

export interface AgentEvents {
  hello(version: number, boot: string): void;
  /** The node works for another Host, and this agent has ended. */
  claimed(name: string): void;
  /** Where the node keeps what an attempt writes. */
  placed(attempt: AttemptId, place: string): void;
  ended(attempt: AttemptId, end: AttemptEnd, usage: AttemptUsage | null): void;
  /** Of all attempts that were to be taken over it is known what became of them. */
  reconciled(): void;
  pong(number: number): void;
  /** It was there before this link. */
  session(session: string): void;
  vitals(text: string): void;
}

/** What an attempt runs, and what it may not go beyond; 0: no limit. */
export interface AttemptWork {
  /** Or how to come by it, where something has to be there first. */
  readonly script: string | ((signal: AbortSignal) => Promise<string>);
  /** Any shell that is there already may run it: no other need be started. */
  readonly anyShell: boolean;
  readonly timeoutMs: number;
  /** How long it has when it is to end; null: as usual. */
  readonly graceMs: number | null;
  readonly memoryMiB: number;
  /** How it is asked to save its work; missing or null: it cannot be. Asked when its script is there. */
  readonly saving?: () => AttemptSaving | null;
}

/** After being asked to end, an attempt has so long before it is killed. */
const usualGrace = 10_000;
/** How often attempts are asked after whose end this link is not told: first, and when it has asked for long. */
const askInterval = 500;
const longestAskInterval = 5_000;
/** How often all others are, lest one whose keeper was killed be taken for running for ever. */
const checkInterval = 10_000;
/** An attempt is not asked after so soon after its start: its keeper may still be starting. */
const leastAge = 5_000;

interface Open {
  /** Null: it was started by this link. */
  readonly work: AttemptWork | null;
  readonly graceMs: number | null;
  /** When the node told that it was started; null: it has not, and what was sent may still be on its way. */
  since: number | null;
}

/** Speaks with one agent over its stdin and stdout, wherever it runs. */
export class AgentLink {
  /** Attempts for which an end is awaited, and the script should the node never have seen it. */
  private readonly awaited = new Map<string, Open>();
  /** Those of which the node need not know yet. */
  private readonly preparing = new Map<string, AbortController>();
  private readonly polled = new Set<string>();
  private pollInterval = askInterval;
  /** Those taken over of which nothing is known yet; null: none were asked for, or all is known. */
  private unknown: Set<string> | null = null;
  private readonly stopping = new Set<string>();
  private callOffPoll: (() => void) | null = null;
  private callOffCheck: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly input: Writable,
    output: Readable,
    private readonly clock: Clock,
    private readonly events: AgentEvents,
    private readonly grace = usualGrace,
  ) {
    const lines = new LineSplitter((text) => {
      const line = parseAgentLine(text);
      if (line !== null && !this.closed) this.receive(line);
    });
    output.on('data', (bytes: Buffer) => lines.push(bytes));
    // A broken pipe is noticed by whoever owns the process or channel.
    input.on('error', () => {});
  }

  start(attempt: AttemptId, work: AttemptWork): void {
    if (this.awaited.has(attempt)) return;
    this.awaited.set(attempt, { work: null, graceMs: work.graceMs, since: null });
    this.planCheck();
    this.begin(attempt, work);
  }

  /** Takes over attempts that were begun before this link: runs those that the node has never seen. */
  adopt(attempts: readonly { readonly attempt: AttemptId; readonly work: AttemptWork }[]): void {
    const unknown = attempts.filter(({ attempt }) => !this.awaited.has(attempt));
    this.unknown = new Set(unknown.map(({ attempt }) => attempt));
    this.pollInterval = askInterval;
    for (const { attempt, work } of unknown) {
      this.awaited.set(attempt, { work, graceMs: work.graceMs, since: null });
      this.poll(attempt);
    }
    this.knows(null);
  }

  /** It is killed when it does not end, also when nobody is connected any more by then. */
  stop(attempt: AttemptId): void {
    const entry = this.awaited.get(attempt);
    if (this.stopping.has(attempt) || entry === undefined) return;
    if (this.preparing.has(attempt)) return this.ended(attempt, { kind: 'stopped' }, null);
    this.stopping.add(attempt);
    this.write(`STOP ${attempt} ${seconds(entry.graceMs ?? this.grace)}`);
  }

  /** It is asked to save its work; what comes of that is seen in its files. */
  save(attempt: AttemptId): void {
    if (this.awaited.has(attempt) && !this.preparing.has(attempt)) this.write(`SAVE ${attempt}`);
  }

  /** Ends a session as soon as nothing is in it; what comes later has another one. */
  leave(session: string): void {
    this.write(`LEAVE ${session}`);
  }

  /** The agent answers with the same number. */
  ping(number: number): void {
    this.write(`PING ${number}`);
  }

  /** Asks what the machine is doing; cards, since when nobody has touched it, and room only where they matter. */
  look(cards: boolean, idle: boolean, room: boolean): void {
    this.write(`LOOK ${Number(cards)} ${Number(idle)} ${Number(room)}`);
  }

  /** Removes what ended attempts have left that is older than so many days, or more than so much. */
  prune(days: number, mebibytes: number): void {
    this.write(`PRUNE ${days} ${mebibytes}`);
  }

  /** The node does not work for this Host any more, and another may have it. */
  release(): void {
    this.write('RELEASE 1');
  }

  /** Says no more; what runs goes on. */
  close(): void {
    this.closed = true;
    this.callOffPoll?.();
    this.callOffCheck?.();
    for (const preparing of this.preparing.values()) preparing.abort();
    this.input.end();
  }

  private receive(line: AgentLine): void {
    switch (line.kind) {
      case 'hello':
        return this.events.hello(line.version, line.boot);
      case 'claimed':
        return this.events.claimed(line.name);
      case 'started':
        return this.started(line.id, line.place);
      case 'seen':
        return this.poll(line.id);
      case 'refused':
        return this.ended(line.id, { kind: 'notStarted', reason: line.reason }, null);
      case 'exit':
        return this.exited(line.id, line.place, line.record);
      case 'state':
        return this.found(line.id, line.state);
      case 'pong':
        return this.events.pong(line.number);
      case 'session':
        return this.events.session(line.session);
      case 'vitals':
        return this.events.vitals(line.text);
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
        if (state.place !== null) this.placed(id, state.place);
        // The link before may have been cut before it could say this.
        if (this.unknown?.has(id) === true && entry.work !== null) this.writeSaving(id, entry.work);
        return this.knows(id);
      case 'exited':
        return this.exited(id, state.place, state.record);
      case 'gone':
        return this.ended(
          id,
          this.stopping.has(id) ? { kind: 'stopped' } : { kind: 'lost', proof: state.reason },
          null,
        );
      case 'never':
        this.polled.delete(id);
        if (this.stopping.has(id)) this.ended(id, { kind: 'stopped' }, null);
        else if (entry.work !== null) {
          if (!this.preparing.has(id)) this.begin(id, entry.work);
          this.knows(id);
        } else this.ended(id, { kind: 'lost', proof: 'the node does not know it any more' }, null);
    }
  }

  private started(id: string, place: string): void {
    const entry = this.awaited.get(id);
    if (entry !== undefined) entry.since = this.clock.now();
    this.placed(id, place);
  }

  private placed(id: string, place: string): void {
    if (isAttemptId(id)) this.events.placed(id, place);
  }

  private exited(id: string, place: string, record: ExitRecord): void {
    this.placed(id, place);
    const { peakMemoryMiB, cpuMs, wallMs } = record;
    this.ended(id, endOf(record), { peakMemoryMiB, cpuMs, wallMs });
  }

  private ended(id: string, end: AttemptEnd, usage: AttemptUsage | null): void {
    if (!this.awaited.delete(id)) return;
    this.polled.delete(id);
    this.stopping.delete(id);
    this.preparing.get(id)?.abort();
    this.preparing.delete(id);
    if (isAttemptId(id)) this.events.ended(id, end, usage);
    this.knows(id);
  }

  private knows(id: string | null): void {
    if (this.unknown === null) return;
    if (id !== null) this.unknown.delete(id);
    if (this.unknown.size > 0) return;
    this.unknown = null;
    this.events.reconciled();
  }

  private poll(id: string): void {
    this.polled.add(id);
    this.write(`QUERY ${id}`);
    this.callOffPoll ??= this.clock.after(this.pollInterval, () => {
      this.callOffPoll = null;
      this.pollInterval = Math.min(longestAskInterval, this.pollInterval * 1.5);
      for (const again of this.polled) this.poll(again);
    });
  }

  private planCheck(): void {
    this.callOffCheck ??= this.clock.after(checkInterval, () => {
      this.callOffCheck = null;
      const oldest = this.clock.now() - leastAge;
      for (const [id, { since }] of this.awaited)
        if (since !== null && since <= oldest) this.write(`QUERY ${id}`);
      if (this.awaited.size > 0) this.planCheck();
    });
  }

  private begin(id: string, work: AttemptWork): void {
    if (typeof work.script === 'string') return this.writeStart(id, work.script, work);
    const preparing = new AbortController();
    this.preparing.set(id, preparing);
    work.script(preparing.signal).then(
      (script) => {
        if (this.closed || !this.awaited.has(id) || !this.preparing.delete(id)) return;
        this.writeStart(id, script, work);
      },
      (error: unknown) => {
        if (this.closed || error instanceof Interrupted || !this.preparing.has(id)) return;
        const reason = error instanceof Error ? error.message : String(error);
        this.ended(id, { kind: 'notStarted', reason }, null);
      },
    );
  }

  private writeStart(id: string, script: string, work: AttemptWork): void {
    const { timeoutMs, graceMs, memoryMiB, anyShell } = work;
    const limits = [seconds(timeoutMs), seconds(graceMs ?? this.grace), Math.ceil(memoryMiB)];
    const text = escapeForPrintf(script);
    this.write(`START ${id} ${limits.join(' ')} ${anyShell ? 'any' : 'own'} ${text.length}\n${text}`);
    this.writeSaving(id, work);
  }

  private writeSaving(id: string, { saving }: AttemptWork): void {
    const how = saving?.() ?? null;
    if (how !== null) this.write(savingLine(id, how));
  }

  private write(line: string): void {
    if (!this.closed) this.input.write(`${line}\n`);
  }
}

/** A shell reports a death by signal N as 128 + N. */
function endOf({ code, reason }: ExitRecord): AttemptEnd {
  if (reason === 'timeout') return { kind: 'timedOut' };
  if (reason === 'memory') return { kind: 'outOfMemory' };
  if (code <= 128 || code > 128 + 64) return { kind: 'exited', code };
  return reason === 'stopped' ? { kind: 'stopped' } : { kind: 'signalled', signal: code - 128 };
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

const isAttemptId = (id: string): id is AttemptId => id.startsWith('a-');
