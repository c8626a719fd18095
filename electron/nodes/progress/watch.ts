import type { Step } from '../../../shared/model/batch';
import type { AttemptId, NodeId } from '../../../shared/model/ids';
import type { LogBytes } from '../readings';
import { fill } from '../fill';
import { OutputLines } from './output-lines';
import { nothingTold, type Progress, type ProgressReader } from './parser';
import { progressReader } from './reader';
import { readValues, type ReportedValue } from './values';

export interface RunningAttempt {
  readonly id: AttemptId;
  readonly node: { readonly id: NodeId };
  readonly assignedAt: number;
  readonly step: { readonly step: Step };
}

export interface ProgressSource {
  readonly now: () => number;
  readonly running: () => Iterable<RunningAttempt>;
  readonly readLog: (attempt: AttemptId, from: number, bytes: number) => Promise<LogBytes>;
  readonly onProgress: (attempt: AttemptId) => void;
  readonly onValue: (attempt: AttemptId, value: ReportedValue) => void;
}

/** What is known of an attempt that is followed. */
interface Followed {
  readonly lines: OutputLines;
  readonly reader: ProgressReader;
  /** So much of the log has been read. */
  to: number;
  dueAt: number;
  told: Progress;
  toldAt: number;
  /** The reading that came last: they go one after the other. */
  turn: Promise<void>;
}

const mostBytes = 64 * 1024;
const mostAtOnce = 8;
const tick = 250;
const untilFirst = 1000;
const shortest = 500;
const longest = 2000;

/**
 * Follows what running attempts say of their progress. Costs one look at the log of each, every
 * half second for a young one and every two for an old one, and nothing for those that end within
 * a second. The attempts of a node are looked at a few at a time, and nodes do not wait for each other.
 */
export class ProgressWatch {
  private readonly known = new Map<AttemptId, Followed>();
  /** What Drover itself does for an attempt, in words. */
  private readonly said = new Map<AttemptId, string>();
  private readonly busy = new Set<NodeId>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly source: ProgressSource) {}

  of(attempt: AttemptId): Progress | null {
    const told = this.known.get(attempt)?.reader.progress ?? null;
    const phrase = this.said.get(attempt);
    return phrase === undefined ? told : { fraction: told?.fraction ?? null, phrase };
  }

  /** Says something in place of what the attempt prints; null: no more. */
  say(attempt: AttemptId, words: string | null): void {
    if (words === null) this.said.delete(attempt);
    else this.said.set(attempt, words);
    this.source.onProgress(attempt);
  }

  fractionOf(attempt: AttemptId): number | null {
    return this.of(attempt)?.fraction ?? null;
  }

  open(): void {
    this.timer = setInterval(() => void this.look(), tick);
    this.timer.unref();
  }

  /** Looks at all attempts whose time has come; the answer is there when all have been looked at. */
  async look(): Promise<void> {
    const now = this.source.now();
    const running = new Set<AttemptId>();
    const due = new Map<NodeId, RunningAttempt[]>();
    for (const attempt of this.source.running()) {
      running.add(attempt.id);
      const followed = this.known.get(attempt.id);
      if (followed !== undefined) this.tell(attempt.id, followed);
      if (now < (followed?.dueAt ?? attempt.assignedAt + untilFirst) || this.busy.has(attempt.node.id))
        continue;
      const others = due.get(attempt.node.id);
      if (others === undefined) due.set(attempt.node.id, [attempt]);
      else others.push(attempt);
    }
    for (const attempt of this.known.keys()) if (!running.has(attempt)) this.known.delete(attempt);
    await Promise.all([...due].map(([node, attempts]) => this.lookOn(node, attempts)));
  }

  /** Reads all that an attempt has written, which may be over before a look came its way. */
  async readToEnd(attempt: RunningAttempt): Promise<void> {
    const followed = this.follow(attempt);
    await inTurn(followed, async () => {
      while (await this.readOn(attempt.id, followed));
      this.take(attempt.id, followed, followed.lines.end());
    });
  }

  forget(attempt: AttemptId): void {
    this.known.delete(attempt);
    this.said.delete(attempt);
  }

  close(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async lookOn(node: NodeId, attempts: readonly RunningAttempt[]): Promise<void> {
    this.busy.add(node);
    const next = attempts.values();
    const lookAtSome = async (): Promise<void> => {
      for (const attempt of next) await this.lookAt(attempt);
    };
    await Promise.all(Array.from({ length: mostAtOnce }, lookAtSome));
    this.busy.delete(node);
  }

  private async lookAt(attempt: RunningAttempt): Promise<void> {
    const followed = this.follow(attempt);
    await inTurn(followed, async () => void (await this.readOn(attempt.id, followed)));
    const now = this.source.now();
    const pause = Math.min(longest, Math.max(shortest, (now - attempt.assignedAt) / 30));
    // The ticks do not come to the millisecond.
    followed.dueAt = now + pause - tick / 2;
    this.tell(attempt.id, followed);
  }

  private follow(attempt: RunningAttempt): Followed {
    const { id, step } = attempt;
    const followed = this.known.get(id) ?? {
      lines: new OutputLines(),
      reader: progressReader(step.step.progress, commandOf(step.step)),
      to: 0,
      dueAt: 0,
      told: nothingTold,
      toldAt: 0,
      turn: Promise.resolve(),
    };
    this.known.set(id, followed);
    return followed;
  }

  /** False: there was nothing new. */
  private async readOn(attempt: AttemptId, followed: Followed): Promise<boolean> {
    const read = (from: number): Promise<LogBytes | null> =>
      this.source.readLog(attempt, from, mostBytes).catch(() => null);
    const piece = await read(followed.to);
    if (piece === null || piece.bytes.length === 0) return false;
    this.take(attempt, followed, followed.lines.add(piece.bytes));
    followed.to = piece.from + piece.bytes.length;
    // Of a log that grows faster than it is read, only the end matters.
    const end = followed.to < piece.size ? await read(-mostBytes) : null;
    if (end === null) return true;
    if (end.from > followed.to) followed.lines.skip();
    this.take(attempt, followed, followed.lines.add(end.bytes.subarray(Math.max(0, followed.to - end.from))));
    followed.to = Math.max(followed.to, end.from + end.bytes.length);
    return true;
  }

  private take(attempt: AttemptId, { reader }: Followed, lines: readonly string[]): void {
    reader.read(lines);
    for (const value of readValues(lines)) this.source.onValue(attempt, value);
  }

  /** At most twice a second; what comes too soon is told later. */
  private tell(attempt: AttemptId, followed: Followed): void {
    const { told, toldAt, reader } = followed;
    const { fraction, phrase } = reader.progress;
    const now = this.source.now();
    if ((fraction === told.fraction && phrase === told.phrase) || now - toldAt < shortest) return;
    followed.told = { fraction, phrase };
    followed.toldAt = now;
    this.source.onProgress(attempt);
  }
}

function inTurn(followed: Followed, read: () => Promise<void>): Promise<void> {
  followed.turn = followed.turn.then(read);
  return followed.turn;
}

/** With the recipe's own parameters filled in. */
function commandOf({ action, parameters }: Step): string {
  return fill(action.kind === 'command' ? action.argv.join(' ') : action.text, parameters);
}
