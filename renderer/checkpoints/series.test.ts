import { expect, it } from 'vitest';
import { bytesInRows } from './bytes';
import { curveOf, seriesIn } from './series';

it('rows of numbers are found in what simulations write, with the names of their columns', () => {
  const thermo = `LAMMPS (29 Aug 2024)
Step Temp E_pair
0 1.44 -6.77
100 0.75 -5.76
200 0.74 -5.75
300 0.72 -5.71
Loop time of 0.2`;
  expect(seriesIn(thermo)).toEqual({
    names: ['Step', 'Temp', 'E_pair'],
    rows: [
      [0, 1.44, -6.77],
      [100, 0.75, -5.76],
      [200, 0.74, -5.75],
      [300, 0.72, -5.71],
    ],
  });
  expect(seriesIn('# "a", "b"\n1,2\n3,4\n5,1.5D+01\n7,.5')?.rows).toEqual([
    [1, 2],
    [3, 4],
    [5, 15],
    [7, 0.5],
  ]);
  expect(seriesIn('1 2\n3 4\n5 6 7\n8 9')).toBeNull();
  expect(seriesIn('hello world\n'.repeat(10))).toBeNull();
});

it('a curve fills its box, also when nothing changes', () => {
  const series = {
    names: ['x', 'y'],
    rows: [
      [0, 5],
      [1, 5],
      [2, 5],
      [4, 5],
    ],
  };
  expect(curveOf(series, 1, 100, 40)).toEqual({
    points: '0.0,20.0 25.0,20.0 50.0,20.0 100.0,20.0',
    from: [0, 5],
    to: [4, 5],
  });
});

it('bytes are told with the letters among them', () => {
  expect(bytesInRows('4869000a')).toBe('0000  48 69 00 0a              Hi··');
  expect(bytesInRows('')).toBe('');
});
