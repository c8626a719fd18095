/** Section 3.4.3: how task parameters are combined. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { associatedNames, countCombinations, namesIn, parseCombination, productOf } from './combination';
import type { Combination } from './model';

const names = ['A', 'B', 'C', 'D'];
const counts: Readonly<Record<string, bigint>> = { A: 3n, B: 3n, C: 2n, D: 3n };
const countOf = (name: string): bigint => counts[name] ?? 0n;

function parsed(text: string, among: readonly string[] = names): Combination {
  const result = parseCombination(text, among);
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('; '));
  return result.combination;
}

test.each([
  ['A * B', ['A', 'B'], 9n],
  ['A*C', ['A', 'C'], 6n],
  ['(A, B)', ['A', 'B'], 3n],
  ['(A,B) * C', ['A', 'B', 'C'], 6n],
  ['(A, B, D)', ['A', 'B', 'D'], 3n],
  ['((A), B)', ['A', 'B'], 3n],
  [' ( A , B ) ', ['A', 'B'], 3n],
  ['(A * C, B * C)', ['A', 'B', 'C'], null],
])('%s', (text, among, count) => {
  const result = parseCombination(text, among);
  if (count === null)
    return expect(result).toMatchObject({ ok: false, mistakes: [{ code: 'duplicate-name' }] });
  expect(result.ok && countCombinations(result.combination, countOf)).toBe(count);
});

test('what goes together needs as many values of each', () => {
  expect(countCombinations(parsed('(A, C)', ['A', 'C']), countOf)).toEqual({
    message: 'A has 3 values and C has 2; what goes together in ( , ) needs as many of each',
  });
  expect(countCombinations(parsed('B * (A, (C, D))'), countOf)).toMatchObject({
    message: expect.stringContaining('C has 2 values and D has 3'),
  });
  expect(countCombinations(parsed('(A * C, B)', ['A', 'B', 'C']), countOf)).toMatchObject({
    message: expect.stringContaining('A * C has 6 values and B has 3'),
  });
});

test.each([
  ['', 'found nothing'],
  ['   ', 'found nothing'],
  ['A B', 'found "B"; here should stand * or the end'],
  ['A *', 'found the end; here should stand the name'],
  ['* A', 'found "*"'],
  ['A ** B', 'found "*"'],
  ['(A, B', 'found the end; here should stand * or , or )'],
  ['A, B)', 'found ","'],
  ['A)', 'found ")"'],
  ['()', 'found ")"'],
  ['(A,)', 'found ")"'],
  ['A @ B', 'found "@"'],
  ['A\t* B', 'found "\\t"'],
  ['A * 5', 'found "5"'],
  ['A * E * B * C * D', 'no task parameter is named E'],
  ['A * A * B * C * D', 'A stands here for the second time'],
  ['A * B', 'C, D are missing'],
  [`${'A * '.repeat(400)}A`, 'found 1,601 characters; at most 1,280 are allowed'],
])('refused: %s', (text, message) => {
  const result = parseCombination(text, names);
  expect(result.ok ? [] : result.mistakes.map((mistake) => mistake.message).join('\n')).toContain(message);
});

test('without an expression all are multiplied', () => {
  expect(countCombinations(productOf(names), countOf)).toBe(54n);
  expect(countCombinations(productOf(['A']), countOf)).toBe(3n);
  expect(countCombinations(productOf([]), countOf)).toBe(1n);
});

test('those that go together with others are known', () => {
  expect(associatedNames(parsed('A * (B, C * D)'))).toEqual(['B', 'C', 'D']);
  expect(associatedNames(parsed('(A) * B * C * D'))).toEqual([]);
});

test('any text is a combination of exactly the names, or refused', () => {
  const pieces = fc.constantFrom('A', 'B', '(', ')', ',', '*', ' ', '(A,B)', '@', '((((');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const result = parseCombination(parts.join(''), ['A', 'B']);
      if (result.ok) expect(namesIn(result.combination).toSorted()).toEqual(['A', 'B']);
      else expect(result.mistakes.length).toBeGreaterThan(0);
    }),
  );
});
