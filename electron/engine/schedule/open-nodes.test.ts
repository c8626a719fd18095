import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextWord, OpenNodesByAmount, type OpenNodes } from './open-nodes';

const nodes = 1100;

function membersOf(set: OpenNodes): readonly number[] {
  const found: number[] = [];
  for (let at = nextWord(set, 0); at < Infinity; at = nextWord(set, at + 1))
    for (let bit = 0; bit < 32; bit++)
      if ((((set.bits[at] ?? 0) >>> bit) & 1) === 1) found.push(32 * at + bit);
  return found;
}

const moves = fc.array(
  fc.record({
    index: fc.nat(nodes - 1),
    state: fc.constantFrom('ONLINE', 'OFFLINE'),
    free: fc.integer({ min: -200, max: 3200 }),
  }),
  { maxLength: 120 },
);

test('knows which nodes are online and have so much left, for amounts that come at any time', () => {
  fc.assert(
    fc.property(
      moves,
      moves,
      fc.array(fc.integer({ min: 0, max: 3200 }), { maxLength: 6 }),
      (some, more, amounts) => {
        const open = new OpenNodesByAmount();
        const has = new Map<number, number>();
        const note = (list: typeof some): void => {
          for (const { index, state, free } of list) {
            open.note({ index, state }, free);
            if (state === 'ONLINE') has.set(index, free);
            else has.delete(index);
          }
        };
        note(some);
        for (const amount of amounts) open.with(amount, (node) => has.get(node) ?? 0);
        note(more);
        for (const amount of [0, 1, ...amounts]) {
          const expected = [...has].filter(([, free]) => Math.max(0, free) >= amount).map(([index]) => index);
          const set = open.with(amount, (node) => has.get(node) ?? 0);
          expect(membersOf(set)).toEqual(expected.toSorted((a, b) => a - b));
          expect(set.count).toBe(expected.length);
        }
        expect(open.open).toBe([...has.values()].filter((free) => free > 0).length);
      },
    ),
  );
});

test('of very many amounts, the ones between count as the one below', () => {
  const open = new OpenNodesByAmount();
  open.note({ index: 3, state: 'ONLINE' }, 50);
  for (let amount = 2; amount <= 200; amount += 2) open.with(amount, () => 50);
  expect(membersOf(open.with(50, () => 50))).toEqual([3]);
  expect(open.with(199, () => 50).amount).toBeLessThan(199);
});
