import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextLines } from './text-lines';

test('gives the same lines however the text is cut', () => {
  const text = fc
    .array(fc.constantFrom('a', 'bc', '\r', '\n', '\r\n', '\u{1F40E}'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(6)), (whole, cuts) => {
      const lines = new TextLines();
      const found: string[] = [];
      let from = 0;
      for (const cut of cuts) found.push(...lines.add(whole.slice(from, (from += cut))));
      found.push(...lines.add(whole.slice(from)), ...lines.end());
      const expected = whole.split(/\r\n|\n|\r/);
      if (expected.at(-1) === '') expected.pop();
      expect(found).toEqual(expected);
    }),
  );
});

test('does not keep an endless line in memory', () => {
  const lines = new TextLines(10);
  expect(lines.add('x'.repeat(25))).toEqual(['x'.repeat(25)]);
  expect(lines.add('y\n')).toEqual(['y']);
});
