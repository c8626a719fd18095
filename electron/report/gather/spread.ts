/** How values are spread, in a few hundred counts whatever their number: exact at its ends, to 2 % between. */
export interface Spread {
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
  /** The value that this part of them does not exceed; null: there is none. */
  quantile(part: number): number | null;
}

/** Each span of values is so much longer than the one before. */
const growth = Math.log(1.04);
const spanOf = (value: number): number => (value <= 0 ? -Infinity : Math.floor(Math.log(value) / growth));
const middleOf = (span: number): number => (span === -Infinity ? 0 : Math.exp((span + 0.5) * growth));

export class GrowingSpread implements Spread {
  count = 0;
  sum = 0;
  least = Infinity;
  most = 0;
  private readonly spans = new Map<number, number>();

  add(value: number): void {
    const span = spanOf(value);
    this.spans.set(span, (this.spans.get(span) ?? 0) + 1);
    this.count++;
    this.sum += value;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
  }

  quantile(part: number): number | null {
    if (this.count === 0) return null;
    let rest = part * this.count;
    for (const [span, count] of [...this.spans].toSorted(([a], [b]) => a - b)) {
      rest -= count;
      if (rest <= 0) return Math.min(this.most, Math.max(this.least, middleOf(span)));
    }
    return this.most;
  }
}
