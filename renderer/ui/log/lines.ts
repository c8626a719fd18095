/** Log text, as it arrives in pieces, made into lines as a terminal would show them. */
import { readEscape } from './escapes';
import { applySgr, plain } from './styles';
import type { TextStyle } from './styles';

export interface LogLine {
  /** The byte of the log where it starts. */
  readonly at: number;
  readonly text: string;
  /** In order; each goes on to its `end`. Text after the last is plain. */
  readonly runs: readonly StyleRun[];
}
export interface StyleRun {
  readonly end: number;
  readonly style: TextStyle;
}

export interface Limits {
  readonly lines: number;
  readonly characters: number;
}

/** A line without an end is broken here. */
const longestLine = 65_536;
const tabWidth = 8;

export class LogReader {
  private done: LogLine[] = [];
  private doneCharacters = 0;
  private text = '';
  private runs: readonly StyleRun[] = [];
  private cursor = 0;
  private startsAt: number;
  private readBytes: number;
  private style: TextStyle = plain;
  /** An escape sequence whose end is in the next piece. */
  private unfinished = '';

  constructor(
    from: number,
    private readonly limits: Limits,
  ) {
    this.startsAt = from;
    this.readBytes = from;
  }

  /** `from` is the byte where the piece starts, so that a wrong guess of bytes cannot add up. */
  add(piece: string, from: number): void {
    this.readBytes = from - byteLength(this.unfinished);
    if (this.text === '' && this.unfinished === '') this.startsAt = from;
    const text = this.unfinished + piece;
    this.unfinished = '';
    let at = 0;
    while (at < text.length) {
      const next = this.addOne(text, at);
      this.readBytes += byteLength(text, at, next);
      if (text[next - 1] === '\n') this.startsAt = this.readBytes;
      at = next;
    }
    this.keepWithinLimits();
  }

  lines(): readonly LogLine[] {
    if (this.text === '') return [...this.done];
    return [...this.done, { at: this.startsAt, text: this.text, runs: this.runs }];
  }

  /** The last line has no end yet. */
  get isOpen(): boolean {
    return this.text !== '';
  }

  /** Deals with what stands at `at`; answers where the next thing stands. */
  private addOne(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (isPrintable(code)) {
      let end = at + 1;
      const furthest = Math.min(text.length, at + longestLine);
      while (end < furthest && isPrintable(text.charCodeAt(end))) end++;
      this.put(text.slice(at, end));
      return end;
    }
    if (code === 0x0a) this.endLine();
    else if (code === 0x0d) this.cursor = 0;
    else if (code === 0x08) this.cursor = Math.max(0, this.cursor - 1);
    else if (code === 0x09) this.put(' '.repeat(tabWidth - (this.cursor % tabWidth)));
    else if (code === 0x1b) return this.addEscape(text, at);
    return at + 1;
  }

  private addEscape(text: string, at: number): number {
    const escape = readEscape(text, at);
    switch (escape.kind) {
      case 'unfinished':
        this.unfinished = text.slice(at);
        return text.length;
      case 'style':
        this.style = applySgr(this.style, escape.parameters);
        return escape.end;
      case 'eraseToEnd':
        this.text = this.text.slice(0, this.cursor);
        this.runs = cutRuns(this.runs, this.cursor);
        return escape.end;
      case 'other':
        return escape.end;
    }
  }

  private put(text: string): void {
    if (this.cursor + text.length > longestLine) this.endLine();
    const end = this.cursor + text.length;
    if (this.style !== plain || this.runs.length > 0)
      this.runs = overwriteRuns(this.runs, this.cursor, end, this.style);
    this.text =
      this.cursor === this.text.length
        ? this.text + text
        : this.text.slice(0, this.cursor) + text + this.text.slice(end);
    this.cursor = end;
  }

  private endLine(): void {
    this.done.push({ at: this.startsAt, text: this.text, runs: this.runs });
    this.doneCharacters += this.text.length;
    this.startsAt = this.readBytes;
    this.text = '';
    this.runs = [];
    this.cursor = 0;
  }

  private keepWithinLimits(): void {
    let dropped = 0;
    while (this.done.length - dropped > this.limits.lines || this.doneCharacters > this.limits.characters) {
      const line = this.done[dropped];
      if (line === undefined) break;
      this.doneCharacters -= line.text.length;
      dropped++;
    }
    if (dropped > 0) this.done = this.done.slice(dropped);
  }
}

const isPrintable = (code: number): boolean => code >= 0x20 && !(code >= 0x7f && code < 0xa0);

/** Bytes of the text in UTF-8. */
export function byteLength(text: string, from = 0, to = text.length): number {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xe000) bytes += 2; // half of a pair of four bytes
    else bytes += 3;
  }
  return bytes;
}

function cutRuns(runs: readonly StyleRun[], end: number): readonly StyleRun[] {
  const kept: StyleRun[] = [];
  for (const run of runs) {
    if (run.end >= end) {
      kept.push({ end, style: run.style });
      break;
    }
    kept.push(run);
  }
  return kept;
}

/** The runs after `from` to `to` was written over in another style. */
function overwriteRuns(
  runs: readonly StyleRun[],
  from: number,
  to: number,
  style: TextStyle,
): readonly StyleRun[] {
  const next: StyleRun[] = [];
  const push = (end: number, added: TextStyle): void => {
    const last = next.at(-1);
    if (end <= (last?.end ?? 0)) return;
    if (last?.style === added) next[next.length - 1] = { end, style: added };
    else next.push({ end, style: added });
  };
  for (const run of runs) if ((next.at(-1)?.end ?? 0) < from) push(Math.min(run.end, from), run.style);
  push(from, plain);
  push(to, style);
  for (const run of runs) if (run.end > to) push(run.end, run.style);
  return next;
}

/** The stretches of a line between two of its characters, each with its style. */
export function stretchesOf(
  line: LogLine,
  from: number,
  to: number,
): readonly { readonly text: string; readonly style: TextStyle }[] {
  const stretches: { text: string; style: TextStyle }[] = [];
  let at = from;
  for (const run of line.runs) {
    if (at >= to) break;
    if (run.end <= at) continue;
    const end = Math.min(run.end, to);
    stretches.push({ text: line.text.slice(at, end), style: run.style });
    at = end;
  }
  if (at < to) stretches.push({ text: line.text.slice(at, to), style: plain });
  return stretches;
}
