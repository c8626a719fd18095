import { expect, test } from 'vitest';
import { assignmentOf, nodesOf, priorityOf, whenOf } from './values';

test('nodes: one, or so many', () => {
  expect(nodesOf('local')).toEqual({ like: 'local', count: 1 });
  expect(nodesOf('localx12')).toEqual({ like: 'local', count: 12 });
  expect(nodesOf('box2x1')).toEqual({ like: 'box2', count: 1 });
  expect(nodesOf('linux')).toEqual({ like: 'linux', count: 1 });
  expect(() => nodesOf('localx0')).toThrow('N is 1 to 1000');
});

test('assignments: the value is what comes after the last equals sign', () => {
  expect(assignmentOf('priority', 'b1.melt=high')).toEqual({ what: 'b1.melt', value: 'high' });
  expect(assignmentOf('deadline', 'Shot=2=+2 h')).toEqual({ what: 'Shot=2', value: '+2 h' });
  expect(() => assignmentOf('priority', 'high')).toThrow("--priority takes JOB=VALUE, not 'high'");
});

test('levels and times; what is none of them is said with its option', () => {
  expect(priorityOf('high')).toBe('HIGH');
  expect(() => priorityOf('urgent')).toThrow('urgent is no priority; there are low, medium');
  expect(() => whenOf('until', 'soon')).toThrow(/^--until: "soon" is no date and time/);
});
