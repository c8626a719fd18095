import { array, assert, integer, nat, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptId } from '../../../shared/model/ids';
import { AttemptIdSplitter, isAttemptId, joinAttemptId } from './attempt-id';

function roundTrip(splitter: AttemptIdSplitter, id: AttemptId): AttemptId {
  const { prefix, number } = splitter.split(id);
  if (!isAttemptId(prefix)) throw new Error(`${prefix} is not how an attempt id begins`);
  return joinAttemptId(prefix, number);
}

test.each([
  ['a-x-12', 'a-x-', 12],
  ['a-x-0', 'a-x-', 0],
  ['a-x-007', 'a-x-00', 7],
  ['a-x-00', 'a-x-0', 0],
  ['a-7', 'a-', 7],
  ['a-x', 'a-x', -1],
  ['a-', 'a-', -1],
  ['a-12345678901234567890', 'a-12345', 678901234567890],
] as const)('%s is %s and %d', (id, prefix, number) => {
  expect(new AttemptIdSplitter().split(id)).toEqual({ prefix, number });
});

test('every id is what its parts make up, whatever came before', () => {
  const rest = oneof(
    string(),
    nat().map((number) => `x-${number}`),
    integer({ min: 0, max: 30 }).map((zeros) => `x-${'0'.repeat(zeros)}7`),
    array(nat(9), { maxLength: 40 }).map((digits) => digits.join('')),
  );
  assert(
    property(array(rest), (rests) => {
      const splitter = new AttemptIdSplitter();
      const ids = rests.map((each): AttemptId => `a-${each}`);
      expect(ids.map((id) => roundTrip(splitter, id))).toEqual(ids);
    }),
  );
});
