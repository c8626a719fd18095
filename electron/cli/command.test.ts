import { expect, test } from 'vitest';
import { parseArguments } from './arguments';
import { expectUsage } from './command';

const use = (command: Parameters<typeof expectUsage>[1], ...argv: readonly string[]) => {
  expectUsage('do', command, parseArguments(['do', ...argv]));
};

test('words: as many as it takes, and those in brackets may be left out', () => {
  expect(() => use({ operands: 'JOB LEVEL' }, 'b1', 'high')).not.toThrow();
  expect(() => use({ operands: 'JOB LEVEL' }, 'b1')).toThrow('drover do takes JOB LEVEL');
  expect(() => use({ operands: '[FILE]' })).not.toThrow();
  expect(() => use({ operands: '[FILE]' }, 'a', 'b')).toThrow('drover do takes [FILE]');
  expect(() => use({ operands: '[FILE...]' }, 'a', 'b')).not.toThrow();
  expect(() => use({ operands: '' }, 'a')).toThrow('drover do takes no more words');
});

test('options: those of every command, and its own', () => {
  expect(() => use({ operands: '' }, '--json', '--data', '/tmp')).not.toThrow();
  expect(() => use({ operands: '', options: ['why'] }, '--why', 'lunch')).not.toThrow();
  expect(() => use({ operands: '', options: ['why'] }, '-f')).toThrow('drover do takes no --follow');
});
