import type { Changes } from '../engine/reduce/changes';
import type { Fact } from '../engine/facts';
import type { LiveView } from './views/view';

type Piece =
  | { readonly kind: 'picture'; readonly picture: unknown }
  | { readonly kind: 'delta'; readonly delta: unknown };

/** At most 20 deltas a second. */
const leastInterval = 50;

/** Sends a view's picture, then deltas: gathered, and only when the client is ready for the next. */
export class Subscription {
  private clientReady = false;
  private noted = false;
  private timer: NodeJS.Timeout | null = null;
  private lastSent = 0;
  private flushing = false;
  private closed = false;
  private complaint = '';

  constructor(
    private readonly view: LiveView,
    private readonly send: (piece: Piece) => void,
  ) {}

  async begin(): Promise<void> {
    const picture = await this.view.picture();
    this.sendPiece({ kind: 'picture', picture });
  }

  note(facts: readonly Fact[], changes: Changes): void {
    if (!this.view.note(facts, changes)) return;
    this.noted = true;
    this.plan();
  }

  ready(): void {
    if (this.flushing) return;
    this.clientReady = true;
    this.plan();
  }

  close(): void {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private plan(): void {
    if (!this.clientReady || this.closed) return;
    const again = this.view.again();
    const wait = this.noted ? 0 : again;
    if (wait === null) return;
    const due = Math.max(0, this.lastSent + leastInterval - performance.now(), wait);
    if (this.timer !== null) {
      if (!this.noted) return;
      clearTimeout(this.timer);
    }
    this.timer = setTimeout(() => void this.flush(), due);
  }

  private async flush(): Promise<void> {
    this.timer = null;
    this.noted = false;
    this.clientReady = false;
    this.flushing = true;
    try {
      const delta = await this.view.delta();
      this.flushing = false;
      this.complaint = '';
      if (delta !== null) return this.sendPiece({ kind: 'delta', delta });
    } catch (error) {
      // A delta that cannot be made or sent now is tried again with the next.
      // It may be so for as long as a node is away, and is told once.
      if (this.complaint !== String(error)) console.error('a view has no delta:', error);
      this.complaint = String(error);
    }
    this.flushing = false;
    this.clientReady = true;
    this.lastSent = performance.now();
    this.plan();
  }

  private sendPiece(piece: Piece): void {
    this.lastSent = performance.now();
    if (!this.closed) this.send(piece);
  }
}
