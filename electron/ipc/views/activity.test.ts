import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../../shared/model/history';
import type { Fact } from '../../engine/facts';
import { tell } from '../../engine/history';
import { ActivityView } from './activity';

const retried = (at: number): Fact => ({ kind: 'jobRetried', at, by: 'ada', why: null, job: 'b1.film' });
const silent: Fact = { kind: 'nodeReconciled', at: 9, node: 'local' };

/** As the real one, of which the order and the numbers matter here. */
class Past {
  private readonly entries: HistoryEntry[] = [];
  private last = 0;

  append(facts: readonly Fact[]): void {
    for (const fact of facts) {
      const told = tell(fact);
      this.last++;
      if (told !== null) this.entries.push({ number: this.last, at: fact.at, ...told });
    }
  }

  history(_about: string | null, before: number, count: number): Promise<readonly HistoryEntry[]> {
    const found = this.entries.filter(({ number }) => number < before);
    return Promise.resolve(found.slice(-count).toReversed());
  }
}

it('tells what is new once, however much came at once', async () => {
  const store = new Past();
  store.append([retried(1), silent, retried(2)]);
  const view = new ActivityView({ store });
  expect((await view.picture()).entries.map(({ at }) => at)).toEqual([2, 1]);
  expect(await view.delta()).toBeNull();

  expect(view.note([silent])).toBe(false);
  const many = Array.from({ length: 1200 }, (_, index) => retried(100 + index));
  expect(view.note(many)).toBe(true);
  store.append(many);
  const delta = await view.delta();
  expect(delta?.entries.map(({ at }) => at)).toEqual(many.map(({ at }) => at).toReversed());
  expect(delta?.entries[0]?.about).toEqual(['b1.film', 'b1']);
  expect(await view.delta()).toBeNull();
});
