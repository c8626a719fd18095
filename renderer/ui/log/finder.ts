import type { LogMatches, LogSearch } from '../../../shared/ipc/logs';
import { byteLength } from './lines';

/** One search; null: it was refused, and the person was told. */
export type Ask = (
  wish: Pick<LogSearch, 'text' | 'direction' | 'from' | 'most'>,
) => Promise<LogMatches | null>;

export interface Finding {
  readonly text: string;
  /** The byte of the match at which the person is; null: there is none, or none yet. */
  readonly at: number | null;
  /** Which of the matches that is, from 0; null: not known. */
  readonly index: number | null;
  /** How often it has come to a match, be it the same one. */
  readonly visits: number;
  readonly count: number;
  /** All are counted; otherwise there may be more. */
  readonly isCounted: boolean;
  readonly isBusy: boolean;
}

export const nothingSought: Finding = {
  ...{ text: '', at: null, index: null, visits: 0, count: 0 },
  ...{ isCounted: false, isBusy: false },
};

type Direction = LogSearch['direction'];
const start: Readonly<Record<Direction, number>> = { forwards: 0, backwards: Number.MAX_SAFE_INTEGER };
const atOnce = 1000;

export interface CountLimits {
  readonly matches: number;
  readonly milliseconds: number;
}
/** Who has more matches than this is not going to look at each. */
const usualLimits: CountLimits = { matches: 10_000, milliseconds: 60_000 };

/**
 * Finds a text in a log that may be far too large to be here: first the match nearest to where the
 * person is, then it counts. Steps go by what was counted, where that is known, else by another search.
 */
export class LogFinder {
  private finding = nothingSought;
  /** Of matches that begin before `counted`, all; in order. */
  private matches: number[] = [];
  private counted = 0;
  /** A newer search has made the ones before superfluous. */
  private turn = 0;
  private isStepping = false;

  constructor(
    private readonly ask: Ask,
    private readonly onChange: (finding: Finding) => void,
    private readonly limits = usualLimits,
  ) {}

  /** @param near the byte where the person is; null: at the end */
  async find(text: string, near: number | null): Promise<void> {
    const turn = ++this.turn;
    this.matches = [];
    this.counted = 0;
    this.isStepping = false;
    this.finding = { ...nothingSought, text };
    this.tell({ isBusy: text !== '' });
    if (text === '') return;
    const direction = near === null ? 'backwards' : 'forwards';
    const at =
      (await this.nearest(turn, direction, near ?? start.backwards)) ??
      (near === null ? null : await this.nearest(turn, 'forwards', 0));
    if (turn !== this.turn) return;
    if (at === null) return this.tell({ isCounted: true, isBusy: false });
    this.goTo(at);
    await this.count(turn);
  }

  /** To the next match or the one before; after the last comes the first. */
  async step(direction: Direction): Promise<void> {
    const { at, text } = this.finding;
    if (at === null || this.isStepping) return;
    const turn = this.turn;
    this.isStepping = true;
    const length = byteLength(text);
    const from = direction === 'forwards' ? at + length : Math.max(0, at - length + 1);
    const next =
      this.known(direction, at) ??
      (await this.nearest(turn, direction, from)) ??
      (await this.nearest(turn, direction, start[direction]));
    if (turn !== this.turn) return;
    this.isStepping = false;
    if (next !== null) this.goTo(next);
  }

  /** The log has grown: what is new is counted as well. */
  async grown(): Promise<void> {
    const { isCounted, isBusy, at, text } = this.finding;
    if (text === '' || !isCounted || isBusy) return;
    const turn = this.turn;
    await this.count(turn);
    const first = this.matches[0];
    if (at === null && first !== undefined && turn === this.turn) this.goTo(first);
  }

  close(): void {
    this.turn++;
  }

  private known(direction: Direction, at: number): number | null {
    const index = firstAfter(this.matches, direction === 'forwards' ? at : at - 1);
    const { isCounted } = this.finding;
    if (direction === 'forwards')
      return this.matches[index] ?? (isCounted ? (this.matches[0] ?? null) : null);
    if (at > this.counted) return null;
    return this.matches[index - 1] ?? (isCounted ? (this.matches.at(-1) ?? null) : null);
  }

  private async nearest(turn: number, direction: Direction, from: number): Promise<number | null> {
    const { text } = this.finding;
    for (let next = from; turn === this.turn;) {
      const found = await this.ask({ text, direction, from: next, most: 1 });
      const match = found?.matches[0];
      if (match !== undefined) return match.at;
      if (found === null || found.toEnd) return null;
      next = found.to;
    }
    return null;
  }

  private async count(turn: number): Promise<void> {
    const { text } = this.finding;
    const until = performance.now() + this.limits.milliseconds;
    this.tell({ isBusy: true });
    let found: LogMatches | null;
    do {
      found = await this.ask({ text, direction: 'forwards', from: this.counted, most: atOnce });
      if (turn !== this.turn) return;
      if (found === null) break;
      this.matches.push(...found.matches.map(({ at }) => at));
      this.counted = found.to;
      this.tell({ isCounted: found.toEnd });
    } while (!found.toEnd && this.matches.length < this.limits.matches && performance.now() < until);
    this.tell({ isBusy: false });
  }

  private goTo(at: number): void {
    this.tell({ at, visits: this.finding.visits + 1 });
  }

  private tell(change: Partial<Finding>): void {
    const finding = { ...this.finding, ...change };
    const { at } = finding;
    const index = at === null ? -1 : firstAfter(this.matches, at - 1);
    const isKnown = index >= 0 && this.matches[index] === at;
    this.finding = { ...finding, index: isKnown ? index : null, count: this.matches.length };
    this.onChange(this.finding);
  }
}

/** Where in sorted numbers the first stands that is greater. */
function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
