import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areTaskRanges,
  countOfTasks,
  eachTask,
  filterTasks,
  hasTask,
  withoutRange,
  withRange,
  type TaskRanges,
} from './task-ranges';

const count = 40;
const span = fc
  .tuple(fc.nat(count - 1), fc.nat(count - 1))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const edit = fc.record({ adds: fc.boolean(), span });

const listOf = (ranges: TaskRanges): readonly number[] => {
  const tasks: number[] = [];
  eachTask(ranges, (task) => tasks.push(task));
  return tasks;
};

describe('ranges of tasks', () => {
  it('are the same as a set of them, whatever is added and taken away', () => {
    fc.assert(
      fc.property(fc.array(edit), (edits) => {
        const plain = new Set<number>();
        let ranges: TaskRanges = [];
        for (const {
          adds,
          span: [first, last],
        } of edits) {
          ranges = adds ? withRange(ranges, first, last) : withoutRange(ranges, first, last);
          for (let task = first; task <= last; task++) {
            if (adds) plain.add(task);
            else plain.delete(task);
          }
        }
        expect(areTaskRanges(ranges, count)).toBe(true);
        expect(listOf(ranges)).toEqual([...plain].toSorted((a, b) => a - b));
        expect(countOfTasks(ranges)).toBe(plain.size);
        for (let task = 0; task < count; task++) expect(hasTask(ranges, task)).toBe(plain.has(task));
        const even = filterTasks(ranges, (task) => task % 2 === 0);
        expect(listOf(even)).toEqual(listOf(ranges).filter((task) => task % 2 === 0));
        expect(areTaskRanges(even, count)).toBe(true);
      }),
    );
  });

  it('are joined where they touch', () => {
    expect(withRange([[0, 3]], 4, 5)).toEqual([[0, 5]]);
    expect(withoutRange([[0, 5]], 2, 3)).toEqual([
      [0, 1],
      [4, 5],
    ]);
  });

  it.each([
    [[[3, 1]]],
    [[[0, 40]]],
    [[[-1, 2]]],
    [
      [
        [0, 3],
        [3, 5],
      ],
    ],
    [
      [
        [4, 5],
        [0, 1],
      ],
    ],
  ] as [number, number][][][])('are none: %j', (ranges) => expect(areTaskRanges(ranges, count)).toBe(false));
});
