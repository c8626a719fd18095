import type { Fact } from '../facts';
import type { Store } from '../ports';
import { Digest, type Random } from './random';
import type { Timeline } from './timeline';

interface Pending {
  readonly texts: readonly string[];
}

interface Kept {
  readonly state: Uint8Array;
  readonly facts: number;
}

export interface DiskEvents {
  /** The facts are on disk; whoever appended them does not know yet. */
  onDurable(facts: readonly Fact[]): void;
  /** A snapshot was handed over, of the state that these have led to. */
  onSnapshot(state: Uint8Array, facts: readonly Fact[]): void;
  /** Between the fact and whatever follows from it. True: the Host has died. */
  diesBeforeHearing(): boolean;
}

/** What outlives the Host: facts and snapshots, with all that the contract of a store allows to go wrong. */
export class Disk {
  readonly facts: string[] = [];
  readonly digest = new Digest();
  full = false;
  slow = false;
  lastTrouble = 0;
  private snapshots: Kept[] = [];
  private pending: Pending | null = null;
  private hasFailed = false;
  /** So many Hosts had it before: what they still do is nothing any more. */
  private turn = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
    private readonly events: DiskEvents,
  ) {}

  /** What a Host sees of it, until another one opens it. */
  open(): Store {
    this.hasFailed = false;
    const turn = ++this.turn;
    const whileOpen = (call: () => Promise<void>): Promise<void> =>
      turn === this.turn ? call() : new Promise(() => {});
    return {
      load: (onSnapshot, onFact) => {
        const newest = this.snapshots.at(-1);
        if (newest !== undefined) onSnapshot(newest.state.slice());
        for (const text of this.facts.slice(newest?.facts ?? 0)) onFact(JSON.parse(text));
        return Promise.resolve([]);
      },
      append: (facts) => whileOpen(() => this.append(facts)),
      saveSnapshot: (state, behind) => whileOpen(() => this.saveSnapshot(state, behind)),
      attempts: () => Promise.resolve([]),
      history: () => Promise.resolve([]),
      checkpoints: () => Promise.resolve([]),
      wentOn: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    };
  }

  /** Nothing is under way, and nothing waits until there is room. */
  get isSettled(): boolean {
    return this.pending === null && !this.hasFailed;
  }

  /** The Host is gone. A write under way may have reached the disk without anybody having heard of it. */
  lose(): void {
    this.turn++;
    const { pending } = this;
    this.pending = null;
    if (pending !== null && !this.full && this.random.chance(0.5)) this.keep(pending);
  }

  /** The newest snapshot turns out to be damaged: the one before it, or none, is the newest good one. */
  damage(): void {
    this.snapshots.pop();
  }

  private append(facts: readonly Fact[]): Promise<void> {
    if (this.pending !== null) throw new Error('two appends at the same time');
    const pending: Pending = { texts: facts.map((fact) => JSON.stringify(fact)) };
    this.pending = pending;
    return new Promise((resolve, reject) => {
      this.timeline.after(this.delay(), () => {
        if (this.pending !== pending) return;
        this.pending = null;
        this.hasFailed = this.full;
        if (this.full) {
          this.lastTrouble = this.timeline.now;
          reject(new Error('the disk is full'));
          return;
        }
        this.keep(pending);
        if (!this.events.diesBeforeHearing()) resolve();
      });
    });
  }

  private keep({ texts }: Pending): void {
    for (const text of texts) this.digest.add(text);
    this.facts.push(...texts);
    this.events.onDurable(texts.map((text): Fact => JSON.parse(text)));
  }

  private saveSnapshot(state: Uint8Array, behind = 0): Promise<void> {
    if (this.hasFailed || this.full) return Promise.reject(new Error('the disk is full'));
    const facts = this.facts.length + (this.pending?.texts.length ?? 0) - behind;
    const before = this.facts.slice(0, facts).map((text): Fact => JSON.parse(text));
    this.events.onSnapshot(state, before);
    const kept: Kept = { state: state.slice(), facts };
    // Whoever hands the bytes over must not use them any more.
    state.fill(0xff);
    return new Promise((resolve) => {
      this.timeline.after(this.delay(), () => {
        this.snapshots = [...this.snapshots.slice(-1), kept];
        resolve();
      });
    });
  }

  private delay(): number {
    return this.slow ? this.random.whole(500, 8000) : this.random.whole(0, 20);
  }
}
