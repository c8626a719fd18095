import type { FoundOutput } from './outputs';

/** A file that has stayed as it is for so long is taken for finished. In milliseconds, by this machine's clock. */
const quiet = 10_000;

interface Seen {
  readonly state: string;
  readonly since: number;
  taken: boolean;
}

/** Of what a running attempt writes, that which it seems to have finished. The end alone tells for certain. */
export class Settled {
  private seen = new Map<string, Seen>();

  /** Those that have settled, each once for as long as it stays as it is. Empty ones may only keep a name free. */
  take(outputs: readonly FoundOutput[], now: number): readonly FoundOutput[] {
    const before = this.seen;
    this.seen = new Map();
    return outputs.filter(({ name, bytes, changedAt }) => {
      const state = `${bytes} ${changedAt}`;
      const known = before.get(name);
      const seen = known?.state === state ? known : { state, since: now, taken: false };
      this.seen.set(name, seen);
      if (seen.taken || bytes === 0 || now - seen.since < quiet) return false;
      seen.taken = true;
      return true;
    });
  }
}
