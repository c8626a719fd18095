import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainCommands } from './shell-words';

const read = (script: string): readonly string[] =>
  plainCommands(script).map(({ words, reads }) =>
    [...words.map(({ text }) => text ?? '…'), ...reads.map(({ text }) => `<${text ?? '…'}`)].join(' '),
  );

test.each([
  ['./melt.sh --out {{Output}}', ['./melt.sh --out {{Output}}']],
  ['blender -b "my shot.blend" -f {{ Frame }}', ['blender -b my shot.blend -f {{ Frame }}']],
  ['set -e\n# first\nexport A=1\nB=2 render it # the film', ['set -e', 'export A=1', 'render it']],
  ['a; b && c | d & e', ['a', 'b', 'c', 'd', 'e']],
  ['one \\\n  two', ['one two']],
  ['sort <in.txt >out.txt 2>/dev/null', ['sort <in.txt']],
  ['sort < "$x" 2>&1', ['sort <…']],
  [`echo 'it''s' "a \\"b\\"" a\\ b`, ['echo its a "b" a b']],
  ['exec ./run', ['./run']],
  ['nohup time ./run x', ['./run x']],
  ['render $scene ${x}.png *.exr ~/a a#b', ['render … … … … a#b']],
  ['"$BLENDER" -b a; b', ['… -b a', 'b']],
  ['mkdir {{Output}}/x || exit 1\nb', ['mkdir {{Output}}/x']],
  ['', []],
  ['  \n\n# nothing\n', []],
])('%s', (script, expected) => {
  expect(read(script)).toEqual(expected);
});

test.each([
  ['a\ncd /else\n./b', ['a']],
  ['a\nif x; then b; fi', ['a']],
  ['a\nfor i in 1 2; do b; done', ['a']],
  ['a\nf() { b; }\nf', ['a']],
  ['a\nPATH=/opt:$PATH\nb', ['a']],
  ['a\nexport PATH=/opt:$PATH\nb', ['a']],
  ['a\n. ./env.sh\nb', ['a']],
  ['a\nmodule load x\nb', ['a']],
  ['a\nb || true\nc', ['a']],
  ['a\nb $(c)\nd', ['a']],
  ['a\nb "$(c)"\nd', ['a']],
  ['a\nb `c`\nd', ['a']],
  ['a\ncat <<END\nb\nEND\n', ['a']],
  ["a\nb 'open\nc", ['a']],
  ['a\n(b; c)', ['a']],
  ['a\n! b', ['a']],
  ['a\ncommand -v b', ['a']],
])('reading ends where more than the text decides: %s', (script, expected) => {
  expect(read(script)).toEqual(expected);
});

test.each([
  ['a', '!a'],
  ['a\n', '!a'],
  ['a\nb', 'a !b'],
  ['a && b', '!a !b'],
  ['a && b\nc', 'a b !c'],
  ['a | b', 'a !b'],
  ['set -eu\na\nb | c\nd', 'set !a b !c !d'],
  ['set -o errexit\na\nb', 'set !a !b'],
  ['a || exit 1\nb', '!a'],
  ['a\nif b; then c; fi', 'a'],
])('which of them must work: %s', (script, expected) => {
  const words = plainCommands(script).map(
    ({ words: [first], mustWork }) => `${mustWork ? '!' : ''}${first?.text}`,
  );
  expect(words.join(' ')).toBe(expected);
});

test('any text is read to an end, and words are where they are said to be', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b.sh',
      ' ',
      '\n',
      ';',
      '|',
      '||',
      '&',
      '&&',
      '<',
      '>',
      '<<',
      '2>',
      "'",
      '"',
      '\\',
      '$',
      '$x',
      '${',
    ],
    ...['}', '{', '{{Frame}}', '(', ')', '`', '#', '*', '~', '=', 'PATH=', 'cd', 'if', 'exit', '[', ']', '!'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const script = pieces.join('');
      for (const { words } of plainCommands(script))
        for (const { text, index } of words) {
          expect(index).toBeLessThan(script.length);
          if (text !== null && /^[\w.]+$/.test(text)) expect(script.slice(index)).toMatch(/^["'\\\w.]/);
        }
    }),
    { numRuns: 3000 },
  );
});
