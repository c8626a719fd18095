import { pathFrom, programName, WordReader, type Program } from './understood';

/** `simpleFoam -case cavity`, also as several processes. */
export const openfoam: Program = (words, around) => {
  const reader = new WordReader(words);
  let folder: string | null = null;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    if (word === '-case') folder = reader.value();
    else if (word !== '-parallel') reader.lose(word);
  }
  const { processes, program } = around;
  return {
    preset: 'openfoam',
    file: pathFrom(around, folder ?? '.'),
    values: () => ({
      Solver: programName(program),
      ...(processes === null ? {} : { Processes: processes }),
    }),
    lost: reader.lost,
  };
};
