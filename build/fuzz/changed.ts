import * as fc from 'fast-check';

/** A text with pieces cut out, doubled, or put in. */
export function changed(text: string): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(text.length),
    cut: fc.nat(12),
    put: fc.oneof(
      fc.constant(''),
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        '{{',
        '}}',
        '\n',
        ': ',
        '~',
        '-1',
        '[',
        '0',
        '{a: b}',
        '999999999999',
        ',',
        '"',
        '\0',
        '\r',
      ),
      fc.nat(text.length).map((from) => text.slice(from, from + 20)),
    ),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce((before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut), text),
    );
}
