import { expect, test } from 'vitest';
import { overlapRules } from '../../../shared/model/schedule';
import { decideOverlap, mostQueued } from './overlap';

test.each(overlapRules)('%s: with nothing in the way it is submitted', (rule) => {
  expect(decideOverlap(rule, false, 0)).toBe('submit');
});

test.each(overlapRules)('%s: that is what is done while the run before has not ended', (rule) => {
  expect(decideOverlap(rule, true, 0)).toBe(rule);
});

test('nobody jumps the queue, and it does not grow for ever', () => {
  expect(decideOverlap('queue', false, 1)).toBe('queue');
  expect(decideOverlap('queue', true, mostQueued - 1)).toBe('queue');
  expect(decideOverlap('queue', true, mostQueued)).toBe('skip');
});
