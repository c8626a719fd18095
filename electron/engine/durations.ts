interface Known {
  readonly part: number;
  /** Of so many tasks. */
  of: number;
  is: number | null;
}

/** How long the tasks of a step took, as counts of ever longer spans: a few hundred bytes, whatever their number. */
export class Durations {
  count = 0;
  /** Asked for again and again by those who look for room. */
  private readonly known: Known[] = [];
  /** Most steps of a large farm have not begun: they have none. */
  private spans: Uint32Array = none;

  add(milliseconds: number): void {
    this.addTo(spanOf(milliseconds), 1);
  }

  addAll(others: Durations): void {
    others.spans.forEach((count, span) => this.addTo(span, count));
  }

  /** The duration that this part of the tasks did not exceed; null when none has ended. */
  quantile(part: number): number | null {
    const known = this.knownFor(part);
    if (known.of === this.count) return known.is;
    known.of = this.count;
    return (known.is = this.find(part));
  }

  private knownFor(part: number): Known {
    for (const one of this.known) if (one.part === part) return one;
    const made = { part, of: -1, is: null };
    this.known.push(made);
    return made;
  }

  private find(part: number): number | null {
    if (this.count === 0) return null;
    let rest = part * this.count;
    for (let span = 0; span < this.spans.length; span++) {
      const here = this.spans[span] ?? 0;
      if (here > 0 && rest <= here)
        return startOf(span) + (rest / here) * (startOf(span + 1) - startOf(span));
      rest -= here;
    }
    return startOf(this.spans.length);
  }

  toJSON(): readonly (readonly [span: number, count: number])[] {
    const kept: [number, number][] = [];
    this.spans.forEach((count, span) => {
      if (count > 0) kept.push([span, count]);
    });
    return kept;
  }

  static from(spans: readonly (readonly [span: number, count: number])[]): Durations {
    const durations = new Durations();
    for (const [span, count] of spans) durations.addTo(span, count);
    return durations;
  }

  private addTo(span: number, count: number): void {
    if (this.spans === none) this.spans = new Uint32Array(spanCount);
    this.spans[span] = (this.spans[span] ?? 0) + count;
    this.count += count;
  }
}

const spanCount = 160;
const none = new Uint32Array(0);
/** Each span is 15 % longer than the one before. */
const growth = Math.log(1.15);
const startOf = (span: number): number => (span === 0 ? 0 : Math.exp(span * growth));
const spanOf = (milliseconds: number): number =>
  milliseconds < 1 ? 0 : Math.min(spanCount - 1, Math.floor(Math.log(milliseconds) / growth));
