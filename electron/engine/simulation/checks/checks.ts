import type { AttemptId } from '../../../../shared/model/ids';
import { orderFor, type Effect, type Order } from '../../effects';
import type { Fact } from '../../facts';
import type { FarmState } from '../../state';
import { Book } from './book';
import type { Complain } from './complaint';
import { Ledger } from './ledger';
import { Rebuilt } from './rebuilt';
import { expectedEnd, reasons, stillGoing } from './rest';
import { Truth } from './truth';

/** All that is checked while a simulation goes on. */
export class Checks {
  readonly ledger = new Ledger();
  readonly truth: Truth;
  private readonly book: Book;
  private readonly rebuilt: Rebuilt;

  constructor(
    seed: number,
    private readonly complain: Complain,
  ) {
    this.truth = new Truth(complain, (attempt) => this.ledger.attempts.has(attempt));
    this.book = new Book(this.ledger, this.truth, seed, complain);
    this.rebuilt = new Rebuilt(this.ledger, complain);
  }

  /** Facts that are on disk now, as they would be read back. */
  durable(facts: readonly Fact[]): void {
    try {
      for (const fact of facts) {
        this.book.enter(fact);
        this.rebuilt.apply(fact);
        if (fact.kind === 'batchEnded') this.mayEnd(fact.id);
      }
    } catch (error) {
      this.complain(
        'the facts make no sense',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    }
    this.book.close();
  }

  snapshot(bytes: Uint8Array, facts: readonly Fact[]): void {
    this.rebuilt.compareSnapshot(bytes, facts);
  }

  /** All of the engine's state is durable. */
  compareWith(state: FarmState): void {
    this.rebuilt.compareWith(state);
  }

  effect(effect: Effect): void {
    switch (effect.kind) {
      case 'startAttempt':
        return this.order(orderFor(effect.live));
      case 'reconcile':
        return effect.orders.forEach((order) => this.order(order));
      case 'saveAttempt':
        return this.mustBeKnown(effect.attempt);
      case 'stopAttempt':
        if ((this.ledger.attempts.get(effect.attempt)?.saving ?? null) !== null)
          this.complain('stopped before it had saved', `${effect.attempt} is told to end`);
        return this.mustBeKnown(effect.attempt);
      case 'lookForFiles':
      case 'batchEnded':
    }
  }

  /** After the faults have stopped and everything has had its time. */
  end(state: FarmState): void {
    const going = stillGoing(this.ledger);
    if (going.length > 0) this.complain('does not come to an end', going.join(', '));
    if (state.attempts.size > 0)
      this.complain('something stays live', [...state.attempts.values()].map(({ id }) => id).join(', '));
    if (this.truth.isRunning()) this.complain('something stays live', 'a process that no fact tells of');
    const found = reasons(this.ledger);
    for (const batch of this.ledger.batches.values()) {
      const hasEnded = state.batches.get(batch.id)?.ended !== null;
      const expected = expectedEnd(batch, found);
      if (expected !== 'either' && hasEnded !== (expected === 'ended'))
        this.complain(
          'a batch without its end',
          `${batch.id} has ${hasEnded ? '' : 'not '}ended, and should be ${expected}`,
        );
    }
  }

  /** No attempt is asked for that is not on disk, nor otherwise than it is there. */
  private order({ attempt, node, task, request, placement }: Order): void {
    const entry = this.ledger.attempts.get(attempt);
    // Its end may have become durable in the same pass as that which made it be asked about.
    if (entry === undefined) return this.mustBeKnown(attempt);
    const same =
      entry.node === node &&
      entry.index === task &&
      JSON.stringify(entry.request) === JSON.stringify(request);
    if (!same || JSON.stringify(entry.placement) !== JSON.stringify(placement))
      this.complain('another order than the fact', `${attempt} is asked for otherwise than it was assigned`);
  }

  private mustBeKnown(attempt: AttemptId): void {
    if (!this.ledger.used.has(attempt))
      this.complain('an effect before its fact', `${attempt} is on no disk`);
  }

  private mayEnd(id: `b${number}`): void {
    const batch = this.ledger.batches.get(id);
    if (batch !== undefined && expectedEnd(batch, reasons(this.ledger)) === 'open')
      this.complain('a batch ended too early', `${id} has tasks that go on`);
  }
}
