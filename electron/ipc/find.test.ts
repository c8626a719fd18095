import { expect, test } from 'vitest';
import { batch, Farm } from '../engine/farm-for-tests';
import { find } from './find';

const named = (name: string, job: string) => ({ ...batch({ [job]: {} }), name });

test('a bare name is the newest, be it of a batch or of a job', async () => {
  const farm = new Farm();
  await farm.submit(named('limits', 'shot'));
  await farm.submit(named('shot', 'beauty'));
  const { state } = farm.engine;
  expect(find(state, 'shot').id).toBe('b2');
  await farm.submit(named('shot', 'shot'));
  expect(find(state, 'shot').id).toBe('b3.shot');
  expect(find(state, 'beauty').id).toBe('b2.beauty');
  expect(find(state, 'b1').id).toBe('b1');
  expect(() => find(state, 'nobody')).toThrow('no job or batch named nobody');
});
