import type { AttemptId } from '../../../shared/model/ids';
import type { Order } from '../../engine/effects';
import type { Clock } from '../../engine/ports';
import type { Carrier } from '../reach';
import { Settled } from './settled';

/** In milliseconds. */
const betweenLooks = 5_000;

/** Has what running attempts finish brought here while they go on, one attempt after the other. */
export class Following {
  private readonly attempts = new Map<AttemptId, { readonly order: Order; readonly settled: Settled }>();
  private now: { readonly attempt: AttemptId; readonly brought: Promise<void> } | null = null;
  private callOff: (() => void) | null = null;
  private isLooking = false;

  constructor(
    private readonly carrier: Carrier,
    private readonly clock: Clock,
  ) {}

  follow(order: Order): void {
    if (this.attempts.has(order.attempt)) return;
    this.attempts.set(order.attempt, { order, settled: new Settled() });
    this.plan();
  }

  /** Afterwards nothing of it is on its way any more. */
  async leave(attempt: AttemptId): Promise<void> {
    this.attempts.delete(attempt);
    if (this.now?.attempt === attempt) await this.now.brought;
  }

  close(): void {
    this.attempts.clear();
    this.callOff?.();
  }

  private plan(): void {
    if (this.callOff !== null || this.isLooking || this.attempts.size === 0) return;
    this.callOff = this.clock.after(betweenLooks, () => {
      this.callOff = null;
      void this.look();
    });
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    for (const [attempt, { order, settled }] of this.attempts) {
      // What goes wrong now is told when it goes wrong at the end, too.
      const brought = this.carrier.bringSettled(order, settled, this.clock.now()).catch(() => {});
      this.now = { attempt, brought };
      await brought;
      this.now = null;
    }
    this.isLooking = false;
    this.plan();
  }
}
