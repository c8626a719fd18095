import { basename, dirname } from 'node:path';
import { moreOptions, pathFrom, programValue, WordReader, type Program } from './understood';

const options: Readonly<Record<string, string>> = {
  '-i': 'in',
  '-in': 'in',
  '-v': 'var',
  '-var': 'var',
  '-l': 'log',
  '-log': 'log',
  '-sc': 'log',
  '-screen': 'log',
  '-e': 'log',
  '-echo': 'log',
};

/** `lmp -in in.melt -var steps 6000`. */
export const lammps: Program = (words, around) => {
  const reader = new WordReader(words);
  const variables: string[] = [];
  const more: string[] = [];
  let input: string | null = null;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    switch (options[word]) {
      case 'in':
        input = reader.value();
        break;
      case 'var':
        variables.push('-var', ...valuesOf(reader));
        break;
      case 'log':
        reader.lose(word, reader.value());
        break;
      default:
        more.push(word);
    }
  }
  if (input === null) return null;
  const path = pathFrom(around, input);
  const given = moreOptions('Variables', variables, reader);
  const others = moreOptions('Options', more, reader);
  return {
    preset: 'lammps',
    file: path,
    values: () => ({
      ...{ Folder: dirname(path), Input: basename(path) },
      ...given,
      ...others,
      ...programValue(around, 'lmp'),
    }),
    lost: reader.lost,
  };
};

/** A name and all that follows it, up to the next option; a negative number is none. */
function valuesOf(reader: WordReader): readonly string[] {
  const values = [reader.value()];
  for (let next = reader.peek(); next !== null && !/^-[A-Za-z]/.test(next); next = reader.peek())
    values.push(reader.value());
  return values;
}
