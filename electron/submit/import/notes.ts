/** What is told of an import beside the recipe: mistakes, what is lost, and what was assumed. */
import type { Place, Problem, Problems } from '../document/problems';
import { gatherProblems } from '../document/problems';

/** `what` is as the source has it: `--mail-user`. */
export interface Remark {
  readonly kind: 'notCarried' | 'assumed';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly message: string;
}

export interface Notes {
  /** Cannot be said in a recipe. */
  notCarried(place: Place, what: string, message: string): void;
  /** Is said in the recipe, and may mean something else there. */
  assumed(place: Place, what: string, message: string): void;
  /** Nothing can be made of it. */
  refuse(place: Place, code: string, message: string): null;
  readonly problems: Problems;
}

export function gatherNotes(file: string, remarks: Remark[]): Notes {
  const problems = gatherProblems(file);
  const add = (kind: Remark['kind'], place: Place, what: string, message: string): void =>
    void remarks.push({
      kind,
      file: place.file ?? file,
      line: place.line,
      column: place.column,
      what,
      message,
    });
  return {
    notCarried: (place, what, message) => add('notCarried', place, what, message),
    assumed: (place, what, message) => add('assumed', place, what, message),
    refuse(place, code, message) {
      problems.add({ code, place, path: '', message });
      return null;
    },
    problems,
  };
}

/** `shot.sh:4:9: --mail-user is not carried over: ...` */
export function remarkInWords({ kind, file, line, column, what, message }: Remark): string {
  const is = kind === 'notCarried' ? `${what} is not carried over` : what;
  return `${file}:${line}:${column}: ${is}: ${message}`;
}

export type { Problem };
