import { basename, dirname } from 'node:path';
import { moreOptions, pathFrom, programValue, WordReader, type Program } from './understood';

/** A run goes on from its checkpoint, and adds to its files, in any case. */
const silent: Readonly<Record<string, boolean>> = { '-v': false, '-append': false, '-cpi': true };
/** How many threads it has, the node says. */
const threads = new Set(['-nt', '-ntmpi', '-ntomp', '-ntomp_pme']);

/** `gmx mdrun -deffnm x`. */
export const gromacs: Program = (words, around) => {
  if (words[0] !== 'mdrun') return null;
  const reader = new WordReader(words.slice(1));
  const values: Record<string, string> = {};
  const more: string[] = [];
  let name: string | null = null;
  let input: string | null = null;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    const hasValue = silent[word];
    if (word === '-deffnm') name = reader.value();
    else if (word === '-s') input = reader.value();
    else if (word === '-cpt') values['SaveEvery'] = reader.value();
    else if (word === '-gpu_id') values['GraphicsCards'] = String(cardsIn(reader.value()));
    else if (threads.has(word)) reader.lose(word, reader.value());
    else if (hasValue === undefined) {
      if (word === '-nb' && reader.peek() === 'gpu') values['GraphicsCards'] ??= '1';
      more.push(word);
    } else if (hasValue && reader.peek()?.startsWith('-') === false) reader.value();
  }
  const run = pathFrom(around, name ?? 'topol');
  const options = moreOptions('Options', more, reader);
  return {
    preset: 'gromacs',
    file: pathFrom(around, withEnding(input ?? name ?? 'topol')),
    values: () => ({
      ...values,
      OutputDir: dirname(run),
      ...(name === null ? {} : { Name: basename(run) }),
      ...options,
      ...programValue(around, 'gmx'),
    }),
    lost: reader.lost,
  };
};

const withEnding = (path: string): string => (path.endsWith('.tpr') ? path : `${path}.tpr`);

/** `01` and `0,1` are two. */
const cardsIn = (ids: string): number => (ids.includes(',') ? ids.split(',').length : ids.length);
