import { describe, expect, it } from 'vitest';
import { beginDrag, dragTo, everything, moveTo, only, tasksBetween, toggle } from './selection';
import type { GridTasks } from './selection';

const all: GridTasks = { shown: null, isLit: null };
const even: GridTasks = { shown: null, isLit: (task) => task % 2 === 0 };
const plain = { shift: false, command: false };

describe('tasks between two', () => {
  it('are those that are shown and stand out', () => {
    expect(tasksBetween(all, 5, 2)).toEqual([[2, 5]]);
    expect(tasksBetween(even, 1, 5)).toEqual([
      [2, 2],
      [4, 4],
    ]);
    expect(tasksBetween({ shown: Uint32Array.of(1, 2, 3, 7, 9), isLit: null }, 2, 8)).toEqual([
      [2, 3],
      [7, 7],
    ]);
  });
});

describe('dragging', () => {
  it('selects from where it began, and only that', () => {
    const drag = beginDrag(only(9), 3, plain);
    expect(dragTo(all, drag, 3)).toEqual(only(3));
    expect(dragTo(all, drag, 5)).toEqual({ tasks: [[3, 5]], focus: 5, anchor: 3 });
    expect(dragTo(all, drag, 1)).toEqual({ tasks: [[1, 3]], focus: 1, anchor: 3 });
  });

  it('adds with the command key, and takes away what is selected already', () => {
    const before = { tasks: [[0, 4]] as const, focus: 0, anchor: 0 };
    const adds = beginDrag(before, 8, { shift: false, command: true });
    expect(dragTo(all, adds, 9).tasks).toEqual([
      [0, 4],
      [8, 9],
    ]);
    const takes = beginDrag(before, 2, { shift: false, command: true });
    expect(dragTo(all, takes, 3).tasks).toEqual([
      [0, 1],
      [4, 4],
    ]);
  });

  it('extends with Shift from where the last range began', () => {
    const drag = beginDrag({ tasks: [[3, 4]], focus: 4, anchor: 3 }, 7, { shift: true, command: false });
    expect(dragTo(all, drag, 7)).toEqual({ tasks: [[3, 7]], focus: 7, anchor: 3 });
  });
});

describe('the keyboard', () => {
  it('moves, extends, toggles and selects everything', () => {
    expect(moveTo(all, only(3), 4, false)).toEqual(only(4));
    expect(moveTo(all, only(3), 1, true)).toEqual({ tasks: [[1, 3]], focus: 1, anchor: 3 });
    expect(toggle(only(3), 3).tasks).toEqual([]);
    expect(everything(even, only(1), 5).tasks).toEqual([
      [0, 0],
      [2, 2],
      [4, 4],
    ]);
    expect(everything(all, only(0), 0)).toEqual(only(0));
  });
});
