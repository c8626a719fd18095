import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptId } from '../../shared/model/ids';
import { batch, Farm } from './farm-for-tests';
import { LiveAttempts } from './live-attempts';
import type { FarmState, LiveAttempt } from './state';

const nodes = 5;

/** What could run: of one step, on some nodes. */
async function attemptsOfAFarm(): Promise<{
  readonly state: FarmState;
  readonly make: (id: AttemptId, node: number) => LiveAttempt;
}> {
  const farm = new Farm();
  for (let node = 0; node < nodes; node++) await farm.nodeUp({ cpu: 0 }, `n${node}`);
  await farm.submit(batch({ render: { tasks: 1 } }));
  const { state } = farm.engine;
  const make = (id: AttemptId, at: number): LiveAttempt => {
    const [step] = state.jobs.get('b1.render')?.steps ?? [];
    const node = state.nodeList[at];
    if (step === undefined || node === undefined) throw new Error('the farm is not as it should be');
    const { requestClass } = step;
    return {
      ...{ id, step, task: 0, node, assignedAt: 0, requestClass, held: requestClass.vector },
      ...{ placement: null, ofNode: [], stopping: null, saving: null },
    };
  };
  return { state, make };
}

const idsOf = (some: Iterable<LiveAttempt>): readonly AttemptId[] => Array.from(some, ({ id }) => id);

test('finds what was added and not taken out, by id, by node and in order', async () => {
  const { state, make } = await attemptsOfAFarm();
  const moves = fc.array(
    fc.record({ add: fc.boolean(), node: fc.nat(nodes - 1), which: fc.nat(), prefix: fc.nat(2) }),
    { minLength: 1, maxLength: 600 },
  );
  fc.assert(
    fc.property(moves, (list) => {
      const live = new LiveAttempts(state);
      let there: LiveAttempt[] = [];
      list.forEach(({ add, node, which, prefix }, index) => {
        const one = there[which % Math.max(1, there.length)];
        if (add || one === undefined) {
          // Two Hosts may count to the same number.
          const added = make(
            `a-${'h'.repeat(12 * prefix)}-${Math.floor(index / 2)}${prefix}${index % 2}`,
            node,
          );
          live.add(added);
          there.push(added);
        } else {
          live.delete(one.id);
          there = there.filter((other) => other !== one);
          expect(live.has(one.id)).toBe(false);
        }
      });
      expect(live.size).toBe(there.length);
      expect(idsOf(live.values())).toEqual(idsOf(there));
      for (const one of there) expect(live.get(one.id)).toEqual(one);
      for (let node = 0; node < nodes; node++) {
        const mine = there.filter((one) => one.node.index === node);
        const [first] = mine;
        if (first !== undefined) expect(idsOf(live.on(first.node))).toEqual(idsOf(mine));
      }
    }),
    { numRuns: 60 },
  );
});

test('an id is given once', async () => {
  const { state, make } = await attemptsOfAFarm();
  const live = new LiveAttempts(state);
  live.add(make('a-1', 0));
  expect(() => live.add(make('a-1', 1))).toThrow('the attempt id a-1 was given twice');
});
