import type { Finding } from '../model/finding';

/** What a request is refused with. The message says what happened, where, and what to do. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** For a recipe: everything that is wrong with it. */
  readonly problems?: readonly Problem[];
  /** What stands against running it. */
  readonly findings?: readonly Finding[];
}

/**
 * refused: the input is wrong. notFound: nothing has that name. conflict: not in its present state.
 * failed: Drover itself could not do it.
 */
export type RefusalCode = 'refused' | 'notFound' | 'conflict' | 'failed';

/** One mistake in a recipe. */
export interface Problem {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The field: `jobs.beauty.frames`. */
  readonly path: string;
  readonly message: string;
}

export function problemInWords(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return problem.path === ''
    ? `${place}: ${problem.message}`
    : `${place}: ${problem.path}: ${problem.message}`;
}
