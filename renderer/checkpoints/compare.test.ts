import { expect, test } from 'vitest';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { comparedFiles, comparedParts } from './compare';

const row = (more: Partial<CheckpointRow>, files: Readonly<Record<string, string>>): CheckpointRow => ({
  ...{ id: 'c1', job: 'b1.melt', step: 0, task: 0, attempt: 'a-1', node: 'local', type: 'FULL', name: 'x' },
  ...{ folder: '/out', madeAt: 1_800_000_000_000, at: 1, parent: null, foundAt: 0, broken: null, tag: null },
  ...{ dropped: false, jobName: 'melt', stepName: 'melt', label: '', nodeName: 'here', isNext: false },
  ...{ usedBy: [], branches: [] },
  files: Object.entries(files).map(([path, hash]) => ({ path, hash, bytes: 1000 * hash.length })),
  ...more,
});

const pairs = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
  comparedFiles(row({}, one), row({}, other)).map(
    (file) => `${file.one?.path ?? '-'} ${file.isSame ? '=' : '/'} ${file.other?.path ?? '-'}`,
  );

test('files are beside each other by their paths, and by these without their numbers', () => {
  expect(
    pairs({ log: 'a', 'step_1.cpt': 'b', mesh: 'c' }, { log: 'd', 'step_20.cpt': 'b', grid: 'e' }),
  ).toEqual(['log / log', 'mesh / -', '- / grid', 'step_1.cpt = step_20.cpt']);
  expect(pairs({ p1: 'a', p2: 'b' }, { p2: 'b', p3: 'c' })).toEqual(['p1 / p3', 'p2 = p2']);
  expect(pairs({}, { a: 'x' })).toEqual(['- / a']);
});

test('what is told of both stands beside each other, with how it has changed', () => {
  const one = row({ values: { loss: 0.5 } }, { a: 'x' });
  const other = row({ at: 4, values: { loss: 0.25, steps: 7 }, madeAt: one.madeAt + 90_000 }, { a: 'xyz' });
  const parts = comparedParts(one, other, one.madeAt);
  expect(parts).toContainEqual({ name: 'How far', one: '1', other: '4', change: '+3' });
  expect(parts).toContainEqual({ name: 'loss', one: '0.5', other: '0.25', change: '-0.25' });
  expect(parts).toContainEqual({ name: 'steps', one: null, other: '7', change: null });
  expect(parts.find(({ name }) => name === 'Saved')?.change).toBe('1 min 30 s later');
  expect(parts.find(({ name }) => name === 'Size')?.change).toMatch(/^\+2/);
  expect(parts.some(({ name }) => name === 'Tag')).toBe(false);
});
