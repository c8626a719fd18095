import { Heap } from '../schedule/heap';

/** What is to happen when; much of it at the same moments. */
export class Calendar<Entry> {
  private readonly moments = new Heap<number>((a, b) => a - b);
  private readonly entries = new Map<number, Entry[]>();

  add(at: number, entry: Entry): void {
    const there = this.entries.get(at);
    if (there !== undefined) {
      there.push(entry);
      return;
    }
    this.entries.set(at, [entry]);
    this.moments.push(at);
  }

  next(): number | null {
    return this.moments.first() ?? null;
  }

  /** What is due by then, the oldest first. */
  take(by: number): readonly Entry[] {
    const due: Entry[][] = [];
    for (let at = this.next(); at !== null && at <= by; at = this.next()) {
      this.moments.pop();
      due.push(this.entries.get(at) ?? []);
      this.entries.delete(at);
    }
    return due.flat();
  }
}
