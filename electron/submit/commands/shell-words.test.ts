import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommandLine, shellWords, type CommandLine } from './shell-words';

const read = (text: string): CommandLine => readCommandLine(text, '/home/ada');
const words = (text: string): readonly string[] | string => {
  const line = read(text);
  return line.kind === 'words' ? line.words : line.because;
};

describe('words of a command line', () => {
  it.each([
    ['blender -b shot.blend -a', ['blender', '-b', 'shot.blend', '-a']],
    ['  $ povray  +Iscene.pov\n', ['povray', '+Iscene.pov']],
    [`echo 'a b' "c 'd'" e\\ f`, ['echo', 'a b', "c 'd'", 'e f']],
    ['echo "a\\"b\\\\c\\d" \'\' ""', ['echo', 'a"b\\c\\d', '', '']],
    ['a \\\n  b \\\r\n  c', ['a', 'b', 'c']],
    ['"a\\\nb"', ['ab']],
    ['frame_####.png a#b # a comment', ['frame_####.png', 'a#b']],
    ['ls ~/shots ~ a~ "~"', ['ls', '/home/ada/shots', '/home/ada', 'a~', '~']],
    ['echo \'a*\' "[b]?" $ a$', ['echo', 'a*', '[b]?', '$', 'a$']],
    ['echo {} {a} a{b', ['echo', '{}', '{a}', 'a{b']],
    ['-map 0:a -f x', ['-map', '0:a', '-f', 'x']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['a | b', /pipes/],
    ['a && b', /&/],
    ['a; b', /several/],
    ['a\nb', /several/],
    ['a > b', />/],
    ['a < b', /</],
    ['(a)', /parentheses/],
    ['echo $HOME', /\$/],
    ['echo "$(date)"', /\$/],
    ['echo `date`', /`/],
    ['echo "`date`"', /`/],
    ['ls *.png', /\*/],
    ['ls a?', /\?/],
    ['ls [ab]', /\[/],
    ['ls ~bob/x', /~/],
    ['echo {a,b}', /\{ \}/],
    ['echo {1..9}', /\{ \}/],
    ["echo 'a", /'/],
    ['echo "a', /"/],
    ['echo a\\', /\\/],
    ["echo $'a'", /\$/],
  ])('%s is for a shell', (text, because) => {
    expect(words(text)).toMatch(because);
  });

  it('tells variables that are set for the command', () => {
    expect(read('OMP_NUM_THREADS=4 X="a b" gmx mdrun A=b')).toEqual({
      kind: 'words',
      variables: { OMP_NUM_THREADS: '4', X: 'a b' },
      words: ['gmx', 'mdrun', 'A=b'],
    });
    expect(words('"X=1" a')).toEqual(['X=1', 'a']);
    expect(words("X'Y'=1 a")).toEqual(['XY=1', 'a']);
  });

  const anything = string({
    unit: constantFrom('a', ' ', "'", '"', '\\', '$', '*', '~', '#', '\n', '|', '{', ',', '`'),
  });

  it('gives back the words that were quoted, however they were', () => {
    const single = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
    const double = (word: string): string => `"${word.replaceAll(/[\\"$`]/g, '\\$&')}"`;
    const escaped = (word: string): string =>
      word === '' ? "''" : word.replaceAll(/[^\w\n]/g, '\\$&').replaceAll('\n', "'\n'");
    const quoting = constantFrom(single, double, escaped);
    assert(
      property(array(tuple(anything, quoting)), (all) => {
        const line = all.map(([word, quote]) => quote(word)).join(' ');
        const found = read(`x ${line}`);
        expect(found.kind === 'words' ? found.words : found).toEqual(['x', ...all.map(([word]) => word)]);
      }),
    );
  });

  it('writes words so that they are read as they were', () => {
    assert(
      property(array(string()), (all) => {
        expect(words(`x ${shellWords(all)}`)).toEqual(['x', ...all]);
      }),
    );
  });

  it('takes any text', () => {
    assert(property(string(), (text) => void read(text)));
    assert(property(anything, (text) => void read(text)));
  });
});
