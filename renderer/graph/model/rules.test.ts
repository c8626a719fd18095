import { expect, test } from 'vitest';
import { exitCodes, fileNames, kindOfRule, ruleKinds, usualRule } from './rules';

test('every kind of rule has a usual one, which is of that kind', () => {
  for (const kind of ruleKinds) expect(kindOfRule(usualRule(kind))).toBe(kind);
});

test('what only recipes write has no kind', () => {
  expect(kindOfRule({ type: 'SEQUENTIAL', mapping: { kind: 'pairs', pairs: [[0, 1]] } })).toBeNull();
  expect(kindOfRule({ type: 'RESOURCE', resource: 'licence', amount: 1 })).toBeNull();
});

test('exit statuses and files are read as people write them', () => {
  expect(exitCodes('3, 4 4')).toEqual([3, 4]);
  for (const wrong of ['', 'x', '-1', '256', '1.5']) expect(exitCodes(wrong)).toBeNull();
  expect(fileNames(' cache/*.vdb \n\nout.exr')).toEqual(['cache/*.vdb', 'out.exr']);
  expect(fileNames('  \n')).toBeNull();
});
