/** So many attempts, numbered in a row, share a row of the table: it just fits into one page of the file. */
export const attemptsInBlock = 64;

/** An attempt is so many 64-bit floats, little-endian as on all machines that Drover runs on. */
const size = 7;
const seq = 0; // 0: there is no attempt of this number
const assignedAt = 1;
const endedAt = 2;
const step = 3;
const task = 4;
const node = 5;
const end = 6; // NaN: it has not ended

/** Stands for an end that is no exit code; it is found elsewhere. */
export const oddEnd = Infinity;

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
}

export interface TaskRange {
  first: number;
  last: number;
}

export class AttemptBlock {
  /** Tasks that were given attempts since the block was read, by step. */
  readonly newTasks = new Map<number, TaskRange>();

  private constructor(
    readonly prefix: number,
    readonly block: number,
    /** Of its row; null: it has none yet. */
    public id: number | null,
    public last: number,
    public open: number,
    private readonly values: Float64Array<ArrayBuffer>,
  ) {}

  static empty(prefix: number, block: number): AttemptBlock {
    return new AttemptBlock(prefix, block, null, 0, 0, new Float64Array(attemptsInBlock * size));
  }

  static read(
    prefix: number,
    row: { readonly id: number; readonly block: number; readonly last: number; readonly open: number },
    body: Uint8Array,
  ): AttemptBlock {
    const values = new Float64Array(new Uint8Array(body).buffer);
    return new AttemptBlock(prefix, row.block, row.id, row.last, row.open, values);
  }

  get body(): Uint8Array {
    return new Uint8Array(this.values.buffer);
  }

  /** An attempt that has the number already keeps it. */
  assign(slot: number, attempt: Pick<PackedAttempt, 'seq' | 'assignedAt' | 'step' | 'task' | 'node'>): void {
    const { values } = this;
    const at = slot * size;
    if (values[at + seq] !== 0) return;
    values[at + seq] = attempt.seq;
    values[at + assignedAt] = attempt.assignedAt;
    values[at + step] = attempt.step;
    values[at + task] = attempt.task;
    values[at + node] = attempt.node;
    values[at + end] = NaN;
    this.last = attempt.seq;
    this.open++;
    this.noteTask(attempt.step, attempt.task);
  }

  /** The number of the fact by which it was assigned; null: there is no such attempt. */
  finish(slot: number, time: number, how: number): number | null {
    const { values } = this;
    const at = slot * size;
    const assigned = values[at + seq] ?? 0;
    if (assigned === 0) return null;
    if (Number.isNaN(values[at + end])) this.open--;
    values[at + endedAt] = time;
    values[at + end] = how;
    return assigned;
  }

  *attempts(): Generator<PackedAttempt> {
    for (let slot = 0; slot < attemptsInBlock; slot++) {
      const of = (field: number): number => this.values[slot * size + field] ?? NaN;
      if (of(seq) === 0) continue;
      const hasEnded = !Number.isNaN(of(end));
      yield {
        slot,
        seq: of(seq),
        assignedAt: of(assignedAt),
        step: of(step),
        task: of(task),
        node: of(node),
        endedAt: hasEnded ? of(endedAt) : null,
        end: hasEnded ? of(end) : null,
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
