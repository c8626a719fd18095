import type { AttemptPlace } from '../../../shared/ipc/job';
import type { LogPiece } from '../../../shared/ipc/logs';
import type { Attempt } from '../../../shared/model/attempt';
import type { Fact } from '../../engine/facts';
import type { Host } from '../../host';
import { attemptAt, noLog, readLogPiece } from '../log-reader';
import { Pace } from './pace';
import type { LiveView } from './view';

const firstPiece = 64 * 1024;
const nextPiece = 256 * 1024;
/** Of a log that grows so much faster than it is read, only the end matters. */
const mostBehind = 1024 * 1024;

/** The end of a log, then what is added; of the newest attempt at a task, then the log of its next one. */
export class LogView implements LiveView {
  private attempt: Attempt | null = null;
  private to = 0;
  private complete = false;
  private begun = false;
  private readonly pace = new Pace();

  constructor(
    private readonly host: Host,
    private readonly place: AttemptPlace,
  ) {}

  async picture(): Promise<LogPiece> {
    this.attempt = await attemptAt(this.host, this.place);
    if (this.attempt === null) return noLog;
    return this.kept(await readLogPiece(this.host, this.attempt, -firstPiece, firstPiece));
  }

  note(facts: readonly Fact[]): boolean {
    const { job, step, task, attempt: named } = this.place;
    let concerned = false;
    for (const fact of facts) {
      if (fact.kind === 'attemptFinished') concerned ||= fact.attempt === this.attempt?.id;
      if (fact.kind !== 'taskAssigned' || named !== undefined) continue;
      if (fact.job !== job || fact.step !== step || fact.task !== task) continue;
      this.attempt = {
        id: fact.attempt,
        job,
        step,
        task,
        node: fact.node,
        assignedAt: fact.at,
        endedAt: null,
        end: null,
        usage: null,
      };
      this.to = 0;
      this.complete = false;
      this.begun = false;
      concerned = true;
    }
    return concerned;
  }

  async delta(): Promise<LogPiece | null> {
    if (this.attempt === null || this.complete) return null;
    this.pace.looked(false);
    let piece = await readLogPiece(this.host, this.attempt, this.to, nextPiece);
    if (piece.size - piece.to > mostBehind)
      piece = await readLogPiece(this.host, this.attempt, -firstPiece, firstPiece);
    const news = piece.text !== '' || piece.complete || !this.begun;
    this.begun = true;
    return news ? this.kept(piece) : null;
  }

  again(): number | null {
    return this.attempt === null || this.complete ? null : this.pace.pause;
  }

  private kept(piece: LogPiece): LogPiece {
    this.to = piece.to;
    this.complete = piece.complete;
    if (piece.text !== '') this.pace.looked(true);
    return piece;
  }
}
