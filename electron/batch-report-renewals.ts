import type { Clock } from './engine/ports';

interface Options<Item> {
  readonly clock: Clock;
  readonly renew: (item: Item) => Promise<void>;
}

/** In milliseconds. */
const leastPause = 15_000;
/** Of the time, all renewals together take one part in so many. */
const parts = 20;

/** Renews things that have changed, one after the other: seldom, and for a small part of the time. */
export class Renewals<Item> {
  private readonly items = new Set<Item>();
  /** Those that have changed, the longest ago first. */
  private readonly changed = new Set<Item>();
  private nextAt = 0;
  private callOff: (() => void) | null = null;
  private isBusy = false;

  constructor(private readonly options: Options<Item>) {}

  /** It was made now: from here on it is kept up. */
  add(item: Item): void {
    this.items.add(item);
    this.changed.delete(item);
    if (!this.isBusy && this.callOff === null) this.rest(0);
  }

  has(item: Item): boolean {
    return this.items.has(item);
  }

  delete(item: Item): void {
    this.items.delete(item);
    this.changed.delete(item);
  }

  note(item: Item): void {
    if (!this.items.has(item)) return;
    this.changed.add(item);
    this.plan();
  }

  close(): void {
    this.items.clear();
    this.changed.clear();
    this.callOff?.();
    this.callOff = null;
  }

  private rest(took: number): void {
    this.nextAt = this.options.clock.now() + Math.max(leastPause, (parts - 1) * took);
  }

  private plan(): void {
    if (this.isBusy || this.callOff !== null || this.changed.size === 0) return;
    const { clock } = this.options;
    this.callOff = clock.after(Math.max(0, this.nextAt - clock.now()), () => {
      this.callOff = null;
      void this.renewNext();
    });
  }

  private async renewNext(): Promise<void> {
    const [item] = this.changed;
    if (item === undefined) return;
    const { clock, renew } = this.options;
    this.changed.delete(item);
    this.isBusy = true;
    const begun = clock.now();
    await renew(item);
    this.isBusy = false;
    this.rest(clock.now() - begun);
    this.plan();
  }
}
