import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobId } from '../../../shared/model/ids';
import { allToAll } from '../../../shared/model/dependency';
import type { EdgeSpec } from '../facts';
import { batch, Farm } from '../farm-for-tests';
import { decodeState, encodeState } from '../snapshot';
import type { FarmState } from '../state';
import { stepsOf } from './edges';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
const idOf = (which: number): JobId => `b1.${names[which % names.length] ?? 'a'}`;

const edgeFrom = (from: JobId, to: JobId): EdgeSpec => ({
  from: { job: from, step: null },
  to: { job: to, step: null },
  relation: { type: 'SEQUENTIAL', mapping: allToAll },
  onFailure: 'hold',
});

/** Looks at everything, each time. */
function hasCycle(edges: readonly EdgeSpec[]): boolean {
  const after = (job: JobId): readonly JobId[] =>
    edges.flatMap(({ from, to }) => (from?.job === job ? [to.job] : []));
  const comesAfter = (start: JobId): boolean => {
    const seen = new Set(after(start));
    for (const job of seen) for (const next of after(job)) seen.add(next);
    return seen.has(start);
  };
  return names.some((_, which) => comesAfter(idOf(which)));
}

function depthsAreRight(state: FarmState): boolean {
  return [...state.edges.values()].every(({ from, to }) =>
    (from === null ? [] : stepsOf(from)).every((step) =>
      stepsOf(to).every((later) => step.depth < later.depth),
    ),
  );
}

const change = fc.record({
  add: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
  remove: fc.option(fc.nat(), { nil: null }),
});

test('edges are refused when they close a cycle, and only then; depths stay right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 30 }), async (changes) => {
      const farm = new Farm();
      await farm.submit(batch(Object.fromEntries(names.map((name) => [name, {}]))));
      const { state } = farm.engine;
      for (const { add, remove } of changes) {
        const present = [...state.edges.values()];
        const gone = remove === null ? undefined : present[remove % Math.max(1, present.length)];
        const added = add.map(([from, to]) => edgeFrom(idOf(from), idOf(to)));
        const rest = present.filter((edge) => edge !== gone).map(({ spec }) => spec);
        const { kind } = await farm.command({
          kind: 'link',
          by: 'ann',
          add: added,
          remove: gone === undefined ? [] : [gone.id],
        });
        expect(kind).toBe(hasCycle([...rest, ...added]) ? 'refused' : 'done');
        expect(depthsAreRight(state)).toBe(true);
      }
      expect(depthsAreRight(decodeState(encodeState(state)))).toBe(true);
    }),
    { numRuns: 60 },
  );
});
