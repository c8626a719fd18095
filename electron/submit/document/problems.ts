/** One mistake in a file. */
export interface Problem {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The field: `jobs.beauty.frames`. */
  readonly path: string;
  readonly message: string;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  readonly code: string;
  readonly place: Place;
  readonly path: string;
  /** A function where the words cost something: only those that are shown are put together. */
  readonly message: string | (() => string);
}

/** Gathers everything that is wrong with one file. */
export interface Problems {
  add(finding: Finding): void;
  readonly none: boolean;
  /** In the order of the file, each once, at most `mostProblems`. */
  list(): readonly Problem[];
}

export const mostProblems = 50;

export function gatherProblems(file: string): Problems {
  const findings: Finding[] = [];
  return {
    add(finding) {
      findings.push(finding);
    },
    get none() {
      return findings.length === 0;
    },
    list() {
      const inOrder = findings.toSorted(
        (a, b) => a.place.line - b.place.line || a.place.column - b.place.column,
      );
      const seen = new Set<string>();
      const problems: Problem[] = [];
      for (const { code, place, path, message } of inOrder) {
        // What jobs inherit is looked at once for each of them: it is still one mistake.
        const key = `${place.line}:${place.column} ${code} ${path}`;
        if (seen.has(key)) continue;
        seen.add(key);
        problems.push({
          code,
          file,
          line: place.line,
          column: place.column,
          path,
          message: typeof message === 'string' ? message : message(),
        });
        if (problems.length === mostProblems) break;
      }
      return problems;
    },
  };
}

export const startOfFile: Place = { line: 1, column: 1 };
