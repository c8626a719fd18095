import type { Happened } from '../../../shared/ipc/contract';
import type { HistoryEntry } from '../../../shared/model/history';
import type { Fact } from '../../engine/facts';
import { tell } from '../../engine/history';
import type { Store } from '../../engine/ports';
import type { LiveView } from './view';

const firstEntries = 200;
/** More that came at once are asked for piece by piece. */
const piece = 500;

/** What happened, in words. It is read from the store, where all of it has its number. */
export class ActivityView implements LiveView {
  private last = 0;

  constructor(private readonly host: { readonly store: Pick<Store, 'history'> }) {}

  async picture(): Promise<Happened> {
    const entries = await this.host.store.history(null, Infinity, firstEntries);
    this.last = entries[0]?.number ?? 0;
    return { entries };
  }

  note(facts: readonly Fact[]): boolean {
    return facts.some((fact) => tell(fact) !== null);
  }

  async delta(): Promise<Happened | null> {
    const entries: HistoryEntry[] = [];
    let before = Infinity;
    for (;;) {
      const found = await this.host.store.history(null, before, piece);
      const fresh = found.filter(({ number }) => number > this.last);
      entries.push(...fresh);
      before = fresh.at(-1)?.number ?? 0;
      if (fresh.length < piece) break;
    }
    this.last = entries[0]?.number ?? this.last;
    return entries.length === 0 ? null : { entries };
  }

  again(): null {
    return null;
  }
}
