import { expect, test } from 'vitest';
import { aboutStep, type Found } from '../../shared/model/finding';
import { gather, mostFindings } from './gather';

const found = (severity: Found['severity'], message: string, job = 'render'): Found => ({
  ...{ severity, message, code: 'test', fix: null },
  about: aboutStep(job, 'main'),
});

test('the worst comes first, and otherwise what stands first in the batch', () => {
  const all = [found('note', 'a'), found('warning', 'b'), found('error', 'c'), found('warning', 'd')];
  expect(gather(all).map(({ message }) => message)).toEqual(['c', 'b', 'd', 'a']);
});

test('what is the same is told once, at its first place, as severely as it is anywhere', () => {
  const all = [found('warning', 'a', 'one'), found('warning', 'a', 'two'), found('error', 'a', 'three')];
  expect(gather([...all, ...all])).toEqual([
    { ...found('error', 'a', 'one'), message: 'a (and so for 2 more steps)' },
  ]);
});

test('not without end', () => {
  const all = Array.from({ length: 80 }, (_, index) => found('warning', `${index}`));
  const told = gather(all);
  expect(told).toHaveLength(mostFindings);
  expect(told.at(-1)).toMatchObject({ severity: 'warning', code: 'more', message: '31 more were found' });
});
