/** Values after `:::`, and what a shell makes of them first. */
import type { Notes } from './notes';
import type { PlacedWord } from './parallel-command';

const mostValues = 100_000;

/** `{1..10}`, `{01..10..3}`, `{a,b}` become the values that they stand for; null: they cannot be known. */
export function valuesOf(words: readonly PlacedWord[], notes: Notes): readonly string[] | null {
  const values: string[] = [];
  for (const word of words) {
    for (const value of expanded(word, notes) ?? []) values.push(value);
    if (values.length > mostValues)
      return notes.refuse(word.place, 'too-many-tasks', `here are more than ${mostValues} values`);
  }
  return notes.problems.none ? values : null;
}

function expanded({ text, isPlain, place }: PlacedWord, notes: Notes): readonly string[] | null {
  if (!isPlain) return [text];
  const range = /^(.*?)\{(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?\}(.*)$/s.exec(text);
  const list = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/s.exec(text);
  if (range !== null && !/[{}]/.test(`${range[1]}${range[5]}`)) {
    const [, before = '', first = '', last = '', step, after = ''] = range;
    const numbers = numbersOf(first, last, step);
    if (numbers === null)
      return notes.refuse(place, 'too-many-tasks', `${text} stands for more than ${mostValues} values`);
    return numbers.map((number) => `${before}${number}${after}`);
  }
  if (list !== null)
    return (list[2] ?? '').split(',').map((each) => `${list[1] ?? ''}${each}${list[3] ?? ''}`);
  if (/[*?]|^~|\$|`|\[.*\]/.test(text))
    return notes.refuse(
      place,
      'unknown-values',
      `what a shell makes of ${text} is known only where the files are: write the values to a file, parallel ... :::: list.txt, and give that file as well`,
    );
  return [text];
}

/** As many digits as the longer end, where one begins with 0. */
function numbersOf(first: string, last: string, step = '1'): readonly string[] | null {
  const [from, to] = [Number(first), Number(last)];
  const by = Math.max(1, Math.abs(Number(step)));
  const count = Math.floor(Math.abs(to - from) / by) + 1;
  if (count > mostValues) return null;
  const isPadded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
  const width = isPadded ? Math.max(first.length, last.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const number = from + (to < from ? -by : by) * index;
    const sign = number < 0 ? '-' : '';
    return `${sign}${String(Math.abs(number)).padStart(width - sign.length, '0')}`;
  });
}
