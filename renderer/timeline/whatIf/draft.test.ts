import { expect, test } from 'vitest';
import { emptyDraft, isEmpty, stepsOf, wishOf } from './draft';

test('nothing is tried as long as nothing would change', () => {
  expect(isEmpty(emptyDraft)).toBe(true);
  expect(isEmpty({ ...emptyDraft, job: 'b1.melt' })).toBe(true);
  expect(isEmpty({ ...emptyDraft, priority: 'HIGH' })).toBe(true);
  expect(isEmpty({ ...emptyDraft, job: 'b1.melt', priority: 'HIGH' })).toBe(false);
  expect(isEmpty({ ...emptyDraft, off: ['local'] })).toBe(false);
});

test('what is asked for, and what would be done', () => {
  const draft = {
    ...emptyDraft,
    job: 'b1.melt',
    priority: 'HIGH',
    later: 5000,
    off: ['n1'],
    like: 'n2',
  } as const;
  expect(wishOf(draft, ['n1'])).toEqual({
    wish: {
      addNodes: [{ like: 'n2', count: 1 }],
      removeNodes: ['n1'],
      order: [{ what: 'b1.melt', priority: 'HIGH', deadline: null }],
      settings: null,
    },
    later: [{ job: 'b1.melt', at: 5000 }],
    nodes: ['n1'],
  });
  expect(stepsOf(draft)).toEqual([
    { kind: 'order', job: 'b1.melt', priority: 'HIGH', deadline: null },
    { kind: 'later', job: 'b1.melt', at: 5000 },
    { kind: 'off', node: 'n1' },
  ]);
  expect(stepsOf({ ...emptyDraft, like: 'n2' })).toEqual([]);
});
