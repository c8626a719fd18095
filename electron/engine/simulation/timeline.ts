import { Heap } from '../schedule/heap';

interface Event {
  readonly at: number;
  /** What was planned first happens first. */
  readonly order: number;
  call: (() => void) | null;
}

/** True time, in milliseconds since the beginning: it goes from one event to the next. */
export class Timeline {
  now = 0;
  happened = 0;
  private planned = 0;
  private readonly events = new Heap<Event>((a, b) => a.at - b.at || a.order - b.order);

  /** Returns the way to call it off. */
  after(milliseconds: number, call: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, milliseconds), order: this.planned++, call };
    this.events.push(event);
    return () => {
      event.call = null;
    };
  }

  /** Lets the next event happen; false: there is none. */
  step(): boolean {
    for (let event = this.events.first(); event !== undefined; event = this.events.first()) {
      this.events.pop();
      if (event.call === null) continue;
      this.now = event.at;
      this.happened++;
      event.call();
      return true;
    }
    return false;
  }
}

/** The longest chain of promises from an event to where all waits for the next event. */
const longestChain = 12;

export async function settle(): Promise<void> {
  for (let i = 0; i < longestChain; i++) await Promise.resolve();
}
