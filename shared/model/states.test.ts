import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attemptTransitions,
  dependencyTransitions,
  jobTransitions,
  mustBeLegal,
  nodeTransitions,
  reservationTransitions,
  taskTransitions,
} from './states';

type Table = Readonly<Record<string, readonly string[]>>;

interface Machine {
  readonly table: Table;
  readonly first: string;
  /** A person may still begin anew from some of them. */
  readonly ends: readonly string[];
  readonly final: readonly string[];
}

const machines: Readonly<Record<string, Machine>> = {
  task: {
    table: taskTransitions,
    first: 'PENDING',
    ends: ['COMPLETED', 'FAILED', 'CANCELLED'],
    final: ['COMPLETED'],
  },
  job: {
    table: jobTransitions,
    first: 'PENDING',
    ends: ['COMPLETED', 'FAILED', 'CANCELLED'],
    final: ['COMPLETED'],
  },
  attempt: { table: attemptTransitions, first: 'RUNNING', ends: ['ENDED'], final: ['ENDED'] },
  node: { table: nodeTransitions, first: 'STARTING', ends: ['ONLINE'], final: [] },
  dependency: { table: dependencyTransitions, first: 'PENDING', ends: ['SATISFIED', 'BYPASSED'], final: [] },
  reservation: {
    table: reservationTransitions,
    first: 'RESERVED',
    ends: ['RELEASED', 'EXPIRED'],
    final: ['RELEASED', 'EXPIRED'],
  },
};

const after = (table: Table, state: string): readonly string[] => table[state] ?? [];

function reachable(table: Table, from: string): Set<string> {
  const found = new Set([from]);
  for (const state of found) for (const next of after(table, state)) found.add(next);
  return found;
}

describe.each(Object.entries(machines))('the states of a %s', (name, { table, first, ends, final }) => {
  const states = Object.keys(table);

  test('every walk along the table is legal, and every step beside it is refused', () => {
    const choices = fc.array(fc.nat(), { maxLength: 40 });
    fc.assert(
      fc.property(choices, (walk) => {
        let state = first;
        for (const choice of walk) {
          const wished = states[choice % states.length] ?? first;
          const isLegal = wished === state || after(table, state).includes(wished);
          const go = (): void => mustBeLegal(name, table, state, wished);
          if (!isLegal) {
            expect(go).toThrow(`${name} cannot go from ${state} to ${wished}`);
            continue;
          }
          go();
          state = wished;
        }
      }),
    );
  });

  test('all are reached from the first, and each can come to an end', () => {
    expect([...reachable(table, first)].toSorted()).toEqual(states.toSorted());
    for (const state of states)
      expect(
        ends.some((end) => reachable(table, state).has(end)),
        state,
      ).toBe(true);
  });

  test('of the final ones, and of no others, there is no way on', () => {
    expect(states.filter((state) => after(table, state).length === 0).toSorted()).toEqual(final.toSorted());
  });

  test('no state goes to itself, or to another twice', () => {
    for (const state of states) {
      const next = after(table, state);
      expect(next).not.toContain(state);
      expect(new Set(next).size).toBe(next.length);
    }
  });
});
