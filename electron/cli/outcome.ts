import type { Refusal } from '../../shared/ipc/errors';
import { problemInWords } from '../../shared/ipc/errors';
import { findingInWords } from '../../shared/model/finding';
import type { Answer } from '../../shared/ipc/messages';
import type { RequestName, Requests } from '../../shared/ipc/contract';

export const exitStatus = { done: 0, workFailed: 1, refused: 2, failed: 3 } as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** A request was refused: ends the command. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }

  get status(): ExitStatus {
    return this.refusal.code === 'failed' ? exitStatus.failed : exitStatus.refused;
  }
}

export const refusal = (message: string): RefusedError => new RefusedError({ code: 'refused', message });

export function valueOf<Name extends RequestName>(answer: Answer<Name>): Requests[Name]['answer'] {
  if (!answer.ok) throw new RefusedError(answer.refusal);
  return answer.value;
}

export function refusalInWords(refusal: Refusal): string {
  const { problems = [], findings = [], message } = refusal;
  return [...problems.map(problemInWords), ...findings.map(findingInWords), message].join('\n');
}
