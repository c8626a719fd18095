import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TaskSet } from './task-set';

const actions = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('add', 'delete'), task: fc.nat(2099) }),
    fc.record({ kind: fc.constantFrom('fill', 'clear', 'even'), task: fc.constant(0) }),
  ),
  { maxLength: 200 },
);

test('does what a set does, and knows its least member', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2100 }), actions, (limit, steps) => {
      const set = new TaskSet(limit);
      let model = new Set<number>();
      const all = Array.from({ length: limit }, (_, task) => task);
      for (const { kind, task } of steps) {
        if (kind === 'add' && task < limit) {
          set.add(task);
          model.add(task);
        }
        if (kind === 'delete') {
          if (task < limit) set.delete(task);
          model.delete(task);
        }
        if (kind === 'fill') {
          set.fill();
          model = new Set(all);
        }
        if (kind === 'clear') {
          set.clear();
          model.clear();
        }
        if (kind === 'even') {
          set.setAll((one) => one % 2 === 0);
          model = new Set(all.filter((one) => one % 2 === 0));
        }
        expect(set.size).toBe(model.size);
        expect(set.first()).toBe(model.size === 0 ? -1 : Math.min(...model));
        expect(set.has(task)).toBe(model.has(task));
      }
    }),
  );
});
