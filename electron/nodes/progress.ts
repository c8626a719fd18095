import type { AttemptId } from '../../shared/model/ids';

/** How far a task is, as its own output tells: 0 to 1, and a phrase. */
export interface Progress {
  readonly fraction: number | null;
  readonly phrase: string | null;
}

/**
 * Reads `openjd_progress: PERCENT` and `openjd_status: TEXT`, the messages of Open Job Description,
 * from a piece of a log. What the piece does not tell stays as it was.
 */
export function readProgress(log: string, before: Progress): Progress {
  let { fraction, phrase } = before;
  for (const match of log.matchAll(/^openjd_(progress|status): *([^\r\n]*)/gm)) {
    const [, kind, text = ''] = match;
    if (kind === 'status') phrase = text.slice(0, 200);
    else if (/^\d{1,3}(\.\d+)?$/.test(text.trim())) fraction = Math.min(1, Number(text) / 100);
  }
  return { fraction, phrase };
}

export interface ReportedValue {
  readonly name: string;
  readonly value: number;
}

/** Reads `drover_value: NAME NUMBER`: what later work may wait for, such as a loss that has become small. */
export function readValues(log: string): readonly ReportedValue[] {
  return [...log.matchAll(/^drover_value: *([\w.-]{1,64})[ =]+(\S{1,64})[ \t]*\r?$/gm)].flatMap(
    ([, name = '', text]) => {
      const value = Number(text);
      return Number.isFinite(value) ? [{ name, value }] : [];
    },
  );
}

export interface ProgressSource {
  readonly running: () => Iterable<AttemptId>;
  readonly readLog: (
    attempt: AttemptId,
    from: number,
    bytes: number,
  ) => Promise<{ readonly from: number; readonly bytes: Buffer; readonly size: number }>;
  readonly onProgress: (attempt: AttemptId) => void;
  readonly onValue: (attempt: AttemptId, value: ReportedValue) => void;
}

const interval = 500;
const mostBytes = 64 * 1024;

/**
 * Follows what running attempts say of their progress. Costs one look at the log of each running
 * attempt every half second, and nothing for those that end sooner.
 */
export class ProgressWatch {
  private readonly known = new Map<AttemptId, Progress & { readonly to: number }>();
  private timer: NodeJS.Timeout | null = null;
  private looking = false;

  constructor(private readonly source: ProgressSource) {}

  of(attempt: AttemptId): Progress | null {
    return this.known.get(attempt) ?? null;
  }

  fractionOf(attempt: AttemptId): number | null {
    return this.of(attempt)?.fraction ?? null;
  }

  open(): void {
    this.timer = setInterval(() => void this.look(), interval);
    this.timer.unref();
  }

  /** Looks at all that an attempt has written, which may be over before a look came its way. */
  async readToEnd(attempt: AttemptId): Promise<void> {
    while (await this.lookAt(attempt));
  }

  forget(attempt: AttemptId): void {
    this.known.delete(attempt);
  }

  close(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const running = new Set(this.source.running());
    for (const attempt of this.known.keys()) if (!running.has(attempt)) this.known.delete(attempt);
    for (const attempt of running) await this.lookAt(attempt);
    this.looking = false;
  }

  /** True: there was something new. */
  private async lookAt(attempt: AttemptId): Promise<boolean> {
    const before = this.known.get(attempt) ?? { fraction: null, phrase: null, to: 0 };
    const piece = await this.source.readLog(attempt, before.to, mostBytes).catch(() => null);
    if (piece === null || piece.bytes.length === 0) return false;
    // Of a log that grows faster than it is read, only the end matters.
    const behind = piece.size - piece.from - piece.bytes.length;
    const newest =
      behind > 0 ? await this.source.readLog(attempt, -mostBytes, mostBytes).catch(() => null) : piece;
    if (newest === null) return false;
    const text = newest.bytes.toString('utf8');
    const after = readProgress(text, before);
    for (const value of readValues(text)) this.source.onValue(attempt, value);
    const complete = newest.bytes.lastIndexOf(10) + 1;
    this.known.set(attempt, { ...after, to: newest.from + (complete > 0 ? complete : newest.bytes.length) });
    if (after.fraction !== before.fraction || after.phrase !== before.phrase) this.source.onProgress(attempt);
    return true;
  }
}
