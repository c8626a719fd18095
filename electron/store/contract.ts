/** What every Store must do; its tests run these on each. */
import { expect, test } from 'vitest';
import type { AttemptId } from '../../shared/model/ids';
import type { Fact } from '../engine/facts';
import type { Store } from '../engine/ports';

const submitted: Fact = {
  kind: 'batchSubmitted',
  at: 1,
  by: 'Ann "the boss" O\'Hara \u{1F40E}',
  id: 'b1',
  output: '/out\nb1',
  batch: { name: 'Test', recipe: null, output: null, jobs: [], dependencies: [] },
};
const assigned = (attempt: AttemptId, task: number): Fact => ({
  kind: 'taskAssigned',
  at: 10 + task,
  attempt,
  job: 'b1.render',
  step: 0,
  task,
  node: 'local',
});
const finished = (attempt: AttemptId, code: number): Fact => ({
  kind: 'attemptFinished',
  at: 99,
  attempt,
  end: { kind: 'exited', code },
});

async function factsOf(store: Store): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  await store.load((fact) => facts.push(fact));
  return facts;
}

/** `reopen` closes the store and opens another on the same data; null where none outlives it. */
export function storeContract(
  open: () => Promise<{ store: Store; reopen: (() => Promise<Store>) | null }>,
): void {
  test('gives back the facts as they were, in their order', async () => {
    const { store, reopen } = await open();
    const facts = [submitted, assigned('a-1', 0), assigned('a-2', 1), finished('a-1', 3)];
    await store.append(facts.slice(0, 2));
    await store.append(facts.slice(2));
    expect(await factsOf(store)).toEqual(facts);
    if (reopen !== null) expect(await factsOf(await reopen())).toEqual(facts);
  });

  test('an empty store has no facts', async () => {
    const { store } = await open();
    expect(await factsOf(store)).toEqual([]);
  });

  test('knows every attempt at the tasks asked for, oldest first, and how it ended', async () => {
    const { store } = await open();
    await store.append([submitted, assigned('a-1', 0), assigned('a-2', 1), finished('a-1', 3)]);
    await store.append([assigned('a-3', 0), assigned('a-4', 7)]);
    const attempts = await store.attempts('b1.render', 0, 0, 2);
    const first = attempts.filter(({ task }) => task === 0);
    expect(first.map(({ id, end, endedAt, node }) => ({ id, end, endedAt, node }))).toEqual([
      { id: 'a-1', end: { kind: 'exited', code: 3 }, endedAt: 99, node: 'local' },
      { id: 'a-3', end: null, endedAt: null, node: 'local' },
    ]);
    expect(attempts.map(({ id }) => id)).not.toContain('a-4');
    expect(await store.attempts('b1.other', 0, 0, 2)).toEqual([]);
  });

  test('keeps ten thousand facts of one append', async () => {
    const { store } = await open();
    const facts = Array.from({ length: 10_000 }, (_, task) => assigned(`a-${task}`, task));
    await store.append(facts);
    expect(await factsOf(store)).toEqual(facts);
  });
}
