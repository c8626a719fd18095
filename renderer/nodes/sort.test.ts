import { expect, test } from 'vitest';
import type { NodeRow } from '../../shared/ipc/nodes';
import { noCapacity } from '../../shared/model/amounts';
import { sortNodes } from './sort';

const node = (name: string, more: Partial<NodeRow> = {}): NodeRow => ({
  ...{ id: name, name, kind: 'ssh', address: name, state: 'ONLINE', reason: null, setAsideUntil: null },
  ...{ system: '', vitals: null, clock: null, labels: [], capacity: noCapacity, running: 0, resources: [] },
  ...more,
});
const order = (nodes: readonly NodeRow[], column: string, direction: 'ascending' | 'descending') =>
  sortNodes(nodes, { column, direction }).map(({ name }) => name);

test('names stand as people count', () => {
  const nodes = ['r10', 'r9', 'r1'].map((name) => node(name));
  expect(order(nodes, 'name', 'ascending')).toEqual(['r1', 'r9', 'r10']);
  expect(order(nodes, 'name', 'descending')).toEqual(['r10', 'r9', 'r1']);
  expect(sortNodes(nodes, null)).toBe(nodes);
});

test('what needs somebody comes first by state', () => {
  const nodes = [
    node('fine'),
    node('unknown', { state: 'STARTING', reason: 'unknown: it has not answered' }),
    node('broken', { state: 'ERROR', reason: 'its disk is full' }),
    node('away', { state: 'OFFLINE', reason: 'gone' }),
  ];
  expect(order(nodes, 'state', 'ascending')).toEqual(['broken', 'away', 'unknown', 'fine']);
});

test('what has nothing there comes last either way', () => {
  const nodes = [node('none'), node('soon', { setAsideUntil: 5 }), node('late', { setAsideUntil: 9 })];
  expect(order(nodes, 'until', 'ascending')).toEqual(['soon', 'late', 'none']);
  expect(order(nodes, 'until', 'descending')).toEqual(['late', 'soon', 'none']);
});
