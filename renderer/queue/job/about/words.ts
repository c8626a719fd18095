/** What a step used against what it asks for, in words. */
import type { JobOrigin, StepAbout } from '../../../../shared/ipc/job';
import { amountInWords } from '../../../../shared/model/amounts';
import { durationInWords } from '../../../../shared/model/durations-in-words';
import { countInWords } from '../../../ui/words';

export interface Use {
  readonly name: string;
  readonly asked: string;
  readonly used: string;
  /** Of what was asked for; null: nothing was, or nothing was measured. */
  readonly part: number | null;
}

const notAsked = 'not said';

export function usesOf({ asked, used }: StepAbout): readonly Use[] {
  const cores = used?.cores ?? null;
  const peak = used?.peakMemoryMiB ?? null;
  return [
    {
      name: 'Processor',
      asked: asked.cpu === 0 ? notAsked : amountInWords('cpu', asked.cpu),
      used: cores === null ? '–' : `${amountInWords('cpu', cores)} busy on average`,
      part: cores === null || asked.cpu === 0 ? null : cores / asked.cpu,
    },
    {
      name: 'Memory',
      asked: asked.memoryMiB === 0 ? notAsked : amountInWords('memoryMiB', asked.memoryMiB),
      used: peak === null ? '–' : `at most ${amountInWords('memoryMiB', Math.ceil(peak))}`,
      part: peak === null || asked.memoryMiB === 0 ? null : peak / asked.memoryMiB,
    },
  ];
}

/** `Of 24 measured attempts, 3 h of processor time in all`. */
export function measuredInWords({ used }: StepAbout): string {
  if (used === null) return 'No attempt has been measured yet.';
  const some = used.isPart ? ', a part of its very many tasks' : '';
  return `Of ${countInWords(used.attempts, 'measured attempt')}${some}: ${durationInWords(used.cpuMs)} of processor time in all.`;
}

export function originInWords(origin: JobOrigin | null): string {
  switch (origin?.kind) {
    case 'preset':
      return `The preset ${origin.title}`;
    case 'file':
      return origin.path;
    case 'text':
      return `${origin.name}, written in the window`;
    case undefined:
      return 'Not known any more';
  }
}

/** Asked again when twice as many have ended, and at the end: it is no live value. */
export const askedAgainAt = (ended: number, isEnded: boolean): string =>
  isEnded ? `ended ${ended}` : `${Math.floor(Math.log2(ended + 1))}`;
