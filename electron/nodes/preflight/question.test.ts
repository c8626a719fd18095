import { expect, test } from 'vitest';
import { linesOf, readAnswers } from './question';

test('a question is one line, whatever is in its name', () => {
  expect(linesOf([{ kind: 'file', name: ' a\nb\\' }])).toBe('file \\0040a\\nb\\0134\n');
});

test('answers are those lines that have the form of one, whatever stands around them', () => {
  const text = 'Welcome!\nANSWER 1 yes\nANSWER 0 no way\nANSWER 9 yes\nANSWER 2 12345\nANSWER 0';
  expect(readAnswers(text, 3)).toEqual([null, 'yes', '12345']);
});
