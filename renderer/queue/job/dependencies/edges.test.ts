import { expect, it } from 'vitest';
import type { EdgeRow } from '../../../../shared/ipc/graph';
import { allToAll } from '../../../../shared/model/dependency';
import type { JobId } from '../../../../shared/model/ids';
import { dependenciesOf, nameOfEnd } from './edges';

const edge = (id: number, from: JobId | null, to: JobId): EdgeRow => ({
  id,
  from: from === null ? null : { job: from, step: null },
  to: { job: to, step: null },
  relation: { type: 'SEQUENTIAL', mapping: allToAll },
  onFailure: 'hold',
  state: 'PENDING',
  reason: null,
});

it('tells what comes before from what comes after, and each once', () => {
  const edges = [edge(1, 'b1.melt', 'b1.film'), edge(2, 'b1.film', 'b1.encode'), edge(3, null, 'b1.film')];
  const own = edge(4, 'b1.film', 'b1.film');
  const { before, after } = dependenciesOf('b1.film', [...edges, own]);
  expect(before.map(({ id }) => id)).toEqual([1, 3, 4]);
  expect(after.map(({ id }) => id)).toEqual([2]);
});

it('names jobs of the same batch shortly', () => {
  const of = { id: 'b1.film', batch: 'b1', name: 'film', steps: [] } as const;
  expect(nameOfEnd({ job: 'b1.melt', step: null }, of)).toBe('melt');
  expect(nameOfEnd({ job: 'b11.melt', step: 1 }, of)).toBe('b11.melt, step 2');
  expect(nameOfEnd({ job: 'b1.film', step: null }, of)).toBe('film');
});
