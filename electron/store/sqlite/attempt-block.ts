import type { AttemptUsage } from '../../../shared/model/attempt';

/** So many attempts, numbered in a row, share a row of the table: it just fits into one page of the file. */
export const attemptsInBlock = 64;

/**
 * A body has three parts, in each of them all attempts, one after the other: their 64-bit floats, their
 * 32-bit counts, their 32-bit float. All are little-endian, as on all machines that Drover runs on.
 */
const floats = 5;
const seq = 0; // 0: there is no attempt of this number
const assignedAt = 1;
const endedAt = 2;
const cpuMs = 3;
const wallMs = 4; // NaN: it is not known what it used

const counts = 4;
const step = 0;
const task = 1;
const node = 2;
const end = 3;

/** The most memory at once, in MiB, to seven digits; NaN: it is not known. */
const peaks = 1;

const bodyLength = attemptsInBlock * (8 * floats + 4 * counts + 4 * peaks);

const noEnd = 2 ** 32 - 1;
/** Stands for an end that is no exit code from 0 to {@link mostCode}; it is found elsewhere. */
export const oddEnd = noEnd - 1;
export const mostCode = oddEnd - 1;

/** Steps and nodes are the row numbers of their names. */
export interface PackedAttempt {
  readonly slot: number;
  /** The number of the fact by which it was assigned. */
  readonly seq: number;
  readonly assignedAt: number;
  readonly step: number;
  readonly task: number;
  readonly node: number;
  readonly endedAt: number | null;
  /** An exit code, or `oddEnd`. */
  readonly end: number | null;
  readonly usage: AttemptUsage | null;
}

/** Told of node, step, task, beginning, end, how it ended, and the number of the fact by which it was assigned. */
export type VisitRan = (
  node: number,
  step: number,
  task: number,
  assignedAt: number,
  endedAt: number | null,
  end: number | null,
  seq: number,
) => void;

export interface TaskRange {
  first: number;
  last: number;
}

export class AttemptBlock {
  /** Tasks that were given attempts since the block was read, by step. */
  readonly newTasks = new Map<number, TaskRange>();
  private readonly floats: Float64Array<ArrayBuffer>;
  private readonly counts: Uint32Array<ArrayBuffer>;
  private readonly peaks: Float32Array<ArrayBuffer>;

  private constructor(
    readonly prefix: number,
    readonly block: number,
    /** Of its row; null: it has none yet. */
    public id: number | null,
    public last: number,
    public open: number,
    readonly body: Uint8Array<ArrayBuffer>,
  ) {
    const { buffer } = body;
    this.floats = new Float64Array(buffer, 0, attemptsInBlock * floats);
    this.counts = new Uint32Array(buffer, this.floats.byteLength, attemptsInBlock * counts);
    this.peaks = new Float32Array(buffer, this.floats.byteLength + this.counts.byteLength);
  }

  static empty(prefix: number, block: number): AttemptBlock {
    return new AttemptBlock(prefix, block, null, 0, 0, new Uint8Array(bodyLength));
  }

  static read(
    prefix: number,
    row: { readonly id: number; readonly block: number; readonly last: number; readonly open: number },
    body: Uint8Array,
  ): AttemptBlock {
    return new AttemptBlock(prefix, row.block, row.id, row.last, row.open, new Uint8Array(body));
  }

  /** An attempt that has the number already keeps it. */
  assign(slot: number, attempt: Pick<PackedAttempt, 'seq' | 'assignedAt' | 'step' | 'task' | 'node'>): void {
    const float = slot * floats;
    const count = slot * counts;
    if (this.floats[float + seq] !== 0) return;
    this.floats[float + seq] = attempt.seq;
    this.floats[float + assignedAt] = attempt.assignedAt;
    this.counts[count + step] = attempt.step;
    this.counts[count + task] = attempt.task;
    this.counts[count + node] = attempt.node;
    this.counts[count + end] = noEnd;
    this.last = attempt.seq;
    this.open++;
    this.noteTask(attempt.step, attempt.task);
  }

  /** The number of the fact by which it was assigned; null: there is no such attempt. */
  finish(slot: number, time: number, how: number, usage: AttemptUsage | null): number | null {
    const float = slot * floats;
    const count = slot * counts;
    const assigned = this.floats[float + seq] ?? 0;
    if (assigned === 0) return null;
    if (this.counts[count + end] === noEnd) this.open--;
    this.floats[float + endedAt] = time;
    this.counts[count + end] = how;
    this.floats[float + cpuMs] = usage?.cpuMs ?? NaN;
    this.floats[float + wallMs] = usage?.wallMs ?? NaN;
    this.peaks[slot * peaks] = usage?.peakMemoryMiB ?? NaN;
    return assigned;
  }

  /** From the first beginning to the last end; what still runs has no end. */
  get span(): readonly [begins: number, ends: number] {
    let [begins, ends] = [Infinity, this.open > 0 ? Infinity : -Infinity];
    for (let slot = 0; slot < attemptsInBlock; slot++) {
      const float = slot * floats;
      if (this.floats[float + seq] === 0) continue;
      begins = Math.min(begins, this.floats[float + assignedAt] ?? begins);
      ends = Math.max(ends, this.floats[float + endedAt] ?? ends);
    }
    return [begins, ends];
  }

  /** Those that ran between two moments, without making an object of each. */
  visitRan(from: number, to: number, visit: VisitRan): void {
    for (let slot = 0; slot < attemptsInBlock; slot++) {
      const float = slot * floats;
      const count = slot * counts;
      const number = this.floats[float + seq] ?? 0;
      const began = this.floats[float + assignedAt] ?? 0;
      if (number === 0 || began >= to) continue;
      const how = this.counts[count + end] ?? noEnd;
      const ended = how === noEnd ? null : (this.floats[float + endedAt] ?? 0);
      if (ended !== null && ended <= from) continue;
      const { [count + node]: on = 0, [count + step]: of = 0, [count + task]: which = 0 } = this.counts;
      visit(on, of, which, began, ended, ended === null ? null : how, number);
    }
  }

  *attempts(): Generator<PackedAttempt> {
    for (let slot = 0; slot < attemptsInBlock; slot++) {
      const float = (field: number): number => this.floats[slot * floats + field] ?? NaN;
      const count = (field: number): number => this.counts[slot * counts + field] ?? NaN;
      if (float(seq) === 0) continue;
      const hasEnded = count(end) !== noEnd;
      yield {
        slot,
        seq: float(seq),
        assignedAt: float(assignedAt),
        step: count(step),
        task: count(task),
        node: count(node),
        endedAt: hasEnded ? float(endedAt) : null,
        end: hasEnded ? count(end) : null,
        usage: hasEnded ? usageOf(this.peaks[slot * peaks] ?? NaN, float(cpuMs), float(wallMs)) : null,
      };
    }
  }

  private noteTask(step: number, task: number): void {
    const range = this.newTasks.get(step);
    if (range === undefined) this.newTasks.set(step, { first: task, last: task });
    else if (task < range.first) range.first = task;
    else if (task > range.last) range.last = task;
  }
}

function usageOf(peak: number, cpuMs: number, wallMs: number): AttemptUsage | null {
  if (Number.isNaN(wallMs)) return null;
  return { peakMemoryMiB: Number.isNaN(peak) ? null : peak, cpuMs, wallMs };
}
