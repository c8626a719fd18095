/** Which words are understood in the output of an attempt, by the rule of its step. */
import type { Program, ProgressRule } from '../../../shared/model/progress';
import { blender } from './blender';
import { ffmpeg } from './ffmpeg';
import { gromacs } from './gromacs';
import { lammps } from './lammps';
import { openfoam } from './openfoam';
import { openjd } from './openjd';
import { knownProgram, nothingTold, type KnownProgram, type ProgressReader } from './parser';
import { patternReader } from './pattern';
import { povray } from './povray';

const messages = knownProgram(openjd);
const known: Readonly<Record<Exclude<Program, 'openjd'>, KnownProgram>> = {
  blender: knownProgram(blender),
  povray: knownProgram(povray),
  ffmpeg: knownProgram(ffmpeg),
  gromacs: knownProgram(gromacs),
  lammps: knownProgram(lammps),
  openfoam: knownProgram(openfoam),
};

export function progressReader(rule: ProgressRule, command: string): ProgressReader {
  switch (rule.kind) {
    case 'none':
      return { progress: nothingTold, read: () => {} };
    case 'pattern':
      return withMessages(patternReader(rule.pattern), command);
    case 'recognised':
      return withMessages(recognising(command), command);
    case 'program':
      return rule.program === 'openjd'
        ? messages.follow(command)
        : withMessages(known[rule.program].follow(command), command);
  }
}

/** What a task says itself by messages counts more than what is read from its programs' output. */
function withMessages(program: ProgressReader, command: string): ProgressReader {
  const own = messages.follow(command);
  return {
    get progress() {
      return {
        fraction: own.progress.fraction ?? program.progress.fraction,
        phrase: own.progress.phrase ?? program.progress.phrase,
      };
    },
    read: (lines) => {
      own.read(lines);
      program.read(lines);
    },
  };
}

/** The program that made itself known last: a task may run one after the other. */
function recognising(command: string): ProgressReader {
  let current: KnownProgram | null = null;
  let reader: ProgressReader | null = null;
  return {
    get progress() {
      return reader?.progress ?? nothingTold;
    },
    read: (lines) => {
      for (const line of lines) {
        const other = Object.values(known).find((one) => one !== current && one.recognises(line));
        if (other !== undefined) {
          current = other;
          reader = other.follow(command);
        }
        reader?.read([line]);
      }
    },
  };
}
