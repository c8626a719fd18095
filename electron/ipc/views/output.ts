import type { OutputLine, OutputPiece } from '../../../shared/ipc/contract';
import type { Attempt } from '../../../shared/model/attempt';
import type { Fact } from '../../engine/facts';
import type { BatchRecord } from '../../engine/state';
import type { Host } from '../../host';
import { readLogPiece } from '../log-reader';
import { batchRow } from '../rows';
import type { LiveView } from './view';

interface Cursor {
  readonly attempt: Attempt;
  readonly job: string;
  readonly step: string;
  to: number;
  /** The start of a line whose end has not come yet. */
  rest: string;
}

const interval = 150;
const mostLines = 5000;
const pieceBytes = 64 * 1024;

/** Every output line of a batch, each attempt's in order, until the batch has ended. */
export class OutputView implements LiveView {
  private readonly cursors = new Map<string, Cursor>();
  private complete = false;
  private counted = '';

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
        this.follow({ id, job, step, task, node, assignedAt: at, endedAt: null, end: null });
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
    return this.complete ? null : interval;
  }

  private follow(attempt: Attempt): void {
    const job = this.host.state.jobs.get(attempt.job);
    const step = job?.steps[attempt.step];
    if (job === undefined || step === undefined || this.cursors.has(attempt.id)) return;
    this.cursors.set(attempt.id, { attempt, job: job.job.name, step: step.step.name, to: 0, rest: '' });
  }

  private async piece(): Promise<OutputPiece> {
    const lines: OutputLine[] = [];
    for (const [id, cursor] of this.cursors) {
      if (lines.length >= mostLines) break;
      if (await this.read(cursor, lines)) this.cursors.delete(id);
    }
    const row = batchRow(this.host, this.batch);
    // The report is written right after the end; who waits for the end wants to know where it is.
    this.complete = this.cursors.size === 0 && row.endedAt !== null && !this.host.isReporting(this.batch);
    return { lines, batch: row, complete: this.complete };
  }

  /** Adds what is new of a log; true when nothing can follow. */
  private async read(cursor: Cursor, lines: OutputLine[]): Promise<boolean> {
    const { attempt, job, step } = cursor;
    while (lines.length < mostLines) {
      const piece = await readLogPiece(this.host, attempt, cursor.to, pieceBytes);
      cursor.to = piece.to;
      const parts = (cursor.rest + piece.text).split(/\r\n|\n|\r/);
      cursor.rest = parts.pop() ?? '';
      if ((piece.complete && cursor.rest !== '') || cursor.rest.length > pieceBytes) {
        parts.push(cursor.rest);
        cursor.rest = '';
      }
      for (const text of parts) lines.push({ job, step, task: attempt.task, text });
      if (piece.complete) return true;
      if (piece.text === '') return false;
    }
    return false;
  }
}
