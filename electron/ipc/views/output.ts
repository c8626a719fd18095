import type { OutputLine, OutputPiece } from '../../../shared/ipc/results';
import type { Attempt } from '../../../shared/model/attempt';
import type { Fact } from '../../engine/facts';
import type { BatchRecord } from '../../engine/state';
import type { Host } from '../../host';
import { TextLines } from '../../text-lines';
import { readLogPiece } from '../log-reader';
import { batchRow } from '../rows';
import type { LiveView } from './view';

interface Cursor {
  readonly attempt: Attempt;
  readonly job: string;
  readonly step: string;
  readonly lines: TextLines;
  to: number;
}

const interval = 150;
const mostBytes = 1024 * 1024;
const pieceBytes = 64 * 1024;

/** Every output line of a batch, each attempt's in order, until the batch has ended. */
export class OutputView implements LiveView {
  private readonly cursors = new Map<string, Cursor>();
  private complete = false;
  private counted = '';
  /** There is more to read than went into the last piece. */
  private behind = false;

  constructor(
    private readonly host: Host,
    private readonly batch: BatchRecord,
  ) {}

  async picture(): Promise<OutputPiece> {
    for (const job of this.batch.jobs) {
      for (const step of job.steps) {
        for (const attempt of await this.host.store.attempts(job.id, step.index, 0, step.count))
          this.follow(attempt);
      }
    }
    return this.piece();
  }

  note(facts: readonly Fact[]): boolean {
    for (const fact of facts) {
      if (fact.kind === 'taskAssigned' && fact.job.startsWith(`${this.batch.id}.`)) {
        const { attempt: id, job, step, task, node, at } = fact;
        this.follow({ id, job, step, task, node, assignedAt: at, endedAt: null, end: null, usage: null });
      }
    }
    return true;
  }

  async delta(): Promise<OutputPiece | null> {
    if (this.complete) return null;
    const piece = await this.piece();
    const counted = this.counted;
    this.counted = JSON.stringify(piece.batch.tasks);
    return piece.lines.length > 0 || piece.complete || counted !== this.counted ? piece : null;
  }

  again(): number | null {
    return this.complete ? null : this.behind ? 0 : interval;
  }

  private follow(attempt: Attempt): void {
    const job = this.host.state.jobs.get(attempt.job);
    const step = job?.steps[attempt.step];
    if (job === undefined || step === undefined || this.cursors.has(attempt.id)) return;
    this.cursors.set(attempt.id, {
      attempt,
      job: job.job.name,
      step: step.step.name,
      lines: new TextLines(),
      to: 0,
    });
  }

  /** A little of every log that has news, so that a chatty task does not hide the others. */
  private async piece(): Promise<OutputPiece> {
    const lines: OutputLine[] = [];
    let bytes = 0;
    // In turns, until nobody has news or the piece is full; the map's order is whose turn is next.
    for (let idle = 0; bytes < mostBytes && idle < this.cursors.size;) {
      const [next] = this.cursors;
      if (next === undefined) break;
      const [id, cursor] = next;
      const from = cursor.to;
      this.cursors.delete(id);
      if (!(await this.read(cursor, lines))) this.cursors.set(id, cursor);
      idle = cursor.to > from ? 0 : idle + 1;
      bytes += cursor.to - from;
    }
    this.behind = bytes >= mostBytes;
    const row = batchRow(this.host, this.batch);
    // The report is written right after the end; who waits for the end wants to know where it is.
    this.complete = this.cursors.size === 0 && row.endedAt !== null && !this.host.isReporting(this.batch);
    return { lines, batch: row, complete: this.complete };
  }

  /** Adds what is new of a log; true when nothing can follow. */
  private async read(cursor: Cursor, lines: OutputLine[]): Promise<boolean> {
    const { attempt, job, step } = cursor;
    const piece = await readLogPiece(this.host, attempt, cursor.to, pieceBytes);
    cursor.to = piece.to;
    const cut = [...cursor.lines.add(piece.text), ...(piece.complete ? cursor.lines.end() : [])];
    for (const text of cut) lines.push({ job, step, task: attempt.task, text });
    return piece.complete;
  }
}
