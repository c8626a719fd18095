import { assert, array, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewOf, withoutNumbers } from './ranges';

describe('taking tasks out', () => {
  it.each([
    ['1-10', '1', '2-10'],
    ['1-10', '10', '1-9'],
    ['1-10', '5', '1-4,6-10'],
    ['1-9:2', '5', '1,3,7,9'],
    ['1-100', '1-10', '11-100'],
    ['1-100:5,120', '120', '1-96:5'],
    ['10-1:-3', '4', '1,7,10'],
    ['-3', '5', '-3'],
    ['7,8', '7', '8'],
  ])('%s without %s is %s', (text, taken, left) => {
    expect(withoutNumbers(text, taken)).toBe(left);
  });

  it.each([
    ['5', '5'],
    ['a-b', '1'],
    ['1-10', 'all'],
    ['1-10', ''],
    ['99999999999999999999', '1'],
    ['1-1000000', '1-1000000'],
  ])('%s cannot be without %s', (text, taken) => {
    expect(withoutNumbers(text, taken)).toBeNull();
  });

  it('leaves exactly the others', () => {
    const range = record({ from: integer({ min: -20, max: 20 }), count: integer({ min: 0, max: 9 }) });
    const text = ({ from, count }: { from: number; count: number }, by: number): string =>
      `${from}-${from + count}:${by}`;
    assert(
      property(
        range,
        integer({ min: 1, max: 4 }),
        array(integer({ min: -25, max: 35 }), { maxLength: 6 }),
        (one, by, out) => {
          const numbers = Array.from({ length: one.count + 1 }, (_, index) => one.from + index);
          const all = numbers.filter((_, index) => index % by === 0);
          const left = all.filter((number) => !out.includes(number));
          const taken = out.reduce<string | null>(
            (now, number) => (now === null ? null : withoutNumbers(now, String(number))),
            text(one, by),
          );
          expect(taken === null ? [] : numbersIn(taken)).toEqual(left);
        },
      ),
    );
  });
});

function numbersIn(text: string): readonly number[] {
  return text.split(',').flatMap((piece) => {
    const [, from = '', to = from, by = '1'] = /^(-?\d+)(?:-(-?\d+)(?::(\d+))?)?$/.exec(piece) ?? [];
    const count = (Number(to) - Number(from)) / Number(by) + 1;
    return Array.from({ length: count }, (_, index) => Number(from) + index * Number(by));
  });
}

it.each([
  ['1-250', '1,125,250'],
  ['1-5', '1,3,5'],
  ['20,1-4', '1,3,20'],
  ['1-3', null],
  ['7', null],
  ['x', null],
])('a few of %s are %s', (text, few) => {
  expect(fewOf(text)).toBe(few);
});
