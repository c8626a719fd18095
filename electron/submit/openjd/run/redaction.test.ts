import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidden, Redaction } from './redaction';

function redactionOf(...values: readonly string[]): Redaction {
  const redaction = new Redaction();
  for (const value of values) redaction.add(value);
  return redaction;
}

test.each([
  [['swordfish'], 'the word is swordfish, swordfish!', 'the word is ********, ********!'],
  [['abc', 'bcd'], 'xabcdx', 'x********x'],
  [['aa'], 'aaaa b', '******** b'],
  [['key', 'keystone'], 'keystone key', '******** ********'],
  [['$&.*'], 'a $&.* b', 'a ******** b'],
  [['one\ntwo\r\n three '], 'one, two and three', '********, two and ********'],
  [['{\n  "key"\n}\n.'], '   "key"', '********'],
  [['{\n  "key"\n}\n.'], '[}]', '[}]'],
  [[''], 'nothing to hide', 'nothing to hide'],
  [[' padded '], '[padded]', '[********]'],
])('%j hides in %j', (values, text, shown) => expect(redactionOf(...values).apply(text)).toBe(shown));

test('where a line is cut, what may be the beginning of a value is hidden too', () => {
  const redaction = redactionOf('swordfish');
  expect(redaction.apply('it is sword', true)).toBe(`it is ${hidden}`);
  expect(redaction.apply('it is sword')).toBe('it is sword');
});

test('no value is left to be read', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), text, (values, line) => {
      const shown = redactionOf(...values).apply(line);
      for (const value of values.filter((value) => value.trim() !== '')) expect(shown).not.toContain(value);
    }),
  );
});
