import { expect, test } from 'vitest';
import { imported, refusedFor } from './imports-for-tests';

const run = { run: './melt.sh --mass {{Mass}} {{Name}}' };

test('a table with good names is named by the recipe, and read as it is', () => {
  const { batch, recipe, lost } = imported('points.csv', 'Mass,Name\n1,a\n2.5,"b, c"\n', run);
  expect(recipe).toContain('table: points.csv');
  expect(lost).toEqual([]);
  expect(batch.jobs[0]?.steps[0]?.space).toMatchObject({
    kind: 'rows',
    names: ['Mass', 'Name'],
    rows: [
      ['1', 'a'],
      ['2.5', 'b, c'],
    ],
  });
});

test('other names are put right, and then the rows are written out', () => {
  const { batch, assumed } = imported('t.csv', 'Mass (kg);Frame;Mass\n1;{{x}};3\n', {
    run: 'x {{Mass_kg}} {{Frame_2}} {{Mass}}',
  });
  expect(batch.jobs[0]?.steps[0]?.space).toMatchObject({
    names: ['Mass_kg', 'Frame_2', 'Mass'],
    rows: [['1', '{{x}}', '3']],
  });
  expect(assumed).toEqual(['1:1 the column "Mass (kg)"', '1:1 the column "Frame"']);
});

test('names in quotes may have separators and quotes in them', () => {
  const { batch } = imported('t.csv', '"Mass, kg","A ""b"" c"\n1,2\n', { run: 'x {{Mass_kg}}' });
  expect(batch.jobs[0]?.steps[0]?.space).toMatchObject({ names: ['Mass_kg', 'A_b_c'], rows: [['1', '2']] });
  const { batch: other } = imported('t.csv', '"a, b, c";Mass\n"1, 2";3\n', { run: 'x {{Mass}}' });
  expect(other.jobs[0]?.steps[0]?.space).toMatchObject({ names: ['a_b_c', 'Mass'], rows: [['1, 2', '3']] });
  expect(refusedFor('t.csv', '"open,Mass\n1,2\n', { run: 'x {{Mass}}' })).toContain('1:1 bad-syntax');
});

test('a list of maps in JSON', () => {
  const text = '[{ "Mass": 1, "Name": "a" }, { "Mass": 1.50, "Name": "b" }]';
  const { batch } = imported('rows.data', text, { ...run, from: 'table' });
  expect(batch.jobs[0]?.steps[0]?.space).toMatchObject({
    rows: [
      ['1', 'a'],
      ['1.50', 'b'],
    ],
  });
  expect(imported('rows.json', text, run).recipe).toContain('table: rows.json');
});

test('what is wrong is told with its place', () => {
  expect(refusedFor('t.csv', 'Mass\n1\n')).toEqual(['1:1 no-action']);
  expect(refusedFor('t.csv', 'Mass,Name\n1\n', run)).toEqual(['2:1 bad-row']);
  expect(refusedFor('t.json', '[{ "a": 1 },\n { "b": 2 }]', run)).toEqual(['2:2 bad-row']);
  expect(refusedFor('t.json', '[{ "a": [1] }]', run)).toEqual(['1:9 bad-value']);
  expect(refusedFor('t.csv', 'Mass,Name\n1,2\n', { run: 'x {{Size}}' })).toEqual(['1:1 cannot-say']);
});
