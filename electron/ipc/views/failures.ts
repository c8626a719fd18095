import type { Happened } from '../../../shared/ipc/contract';
import type { Fact } from '../../engine/facts';
import type { FailureBook } from '../failures';
import type { LiveView } from './view';

/** Tasks that failed, gathered. */
export class FailuresView implements LiveView {
  constructor(private readonly host: { readonly failures: Pick<FailureBook, 'entries'> }) {}

  picture(): Happened {
    return { entries: this.host.failures.entries() };
  }

  note(facts: readonly Fact[]): boolean {
    return facts.some((fact) => fact.kind === 'attemptFinished' && fact.next === 'FAILED');
  }

  delta(): Happened {
    return this.picture();
  }

  again(): null {
    return null;
  }
}
