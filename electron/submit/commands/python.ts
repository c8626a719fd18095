import { dirname } from 'node:path';
import { shellWords } from './shell-words';
import { pathFrom, programValue, WordReader, type Program } from './understood';

/** `python3 train.py --epochs 20`. */
export const python: Program = (words, around) => {
  const reader = new WordReader(words);
  // What is printed shows up at once in any case.
  if (reader.peek() === '-u') reader.next();
  const script = reader.next();
  // A module or a text in place of a file.
  if (script === null || script.startsWith('-')) return null;
  const path = pathFrom(around, script);
  const rest = reader.rest();
  return {
    preset: 'python',
    file: path,
    values: () => ({
      ...(rest.length === 0 ? {} : { Arguments: shellWords(rest) }),
      ...(dirname(path) === around.folder ? { RunIn: 'folder of the script' } : {}),
      ...programValue(around, 'python3'),
    }),
    lost: reader.lost,
  };
};
