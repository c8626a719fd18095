import { expect, test } from 'vitest';
import { lastLines } from './log-ends';

test('the last lines, as a terminal would show them', () => {
  expect(lastLines('one\r\ntwo\n', false)).toEqual({ kind: 'lines', lines: ['one', 'two'], isCut: false });
  expect(lastLines('', false)).toMatchObject({ lines: [] });
  expect(lastLines(' 10 %\r 50 %\r100 %\ndone', false)).toMatchObject({ lines: ['100 %', 'done'] });
  expect(lastLines('\u001b[1;31merror\u001b[0m: no\u001b]0;title\u0007 disk\u001b(B', false)).toMatchObject({
    lines: ['error: no disk'],
  });
  expect(lastLines('\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\!', false)).toMatchObject({
    lines: ['link!'],
  });
});

test('of many lines the last twenty, of a long line its beginning', () => {
  const many = Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n');
  const found = lastLines(many, false);
  expect(found).toMatchObject({ isCut: true });
  expect(found.kind === 'lines' && [found.lines[0], found.lines.length]).toEqual(['line 30', 20]);
  const long = lastLines('x'.repeat(100_000), true);
  expect(long.kind === 'lines' && long.lines[0]?.length).toBe(401);
});
