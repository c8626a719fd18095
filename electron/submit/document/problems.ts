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
  /** Missing: the file that the problems are gathered for. */
  readonly file?: string;
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
  /** In the order of the file and then of those read with it, each once, at most `mostProblems`. */
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
      const files = [...new Set([file, ...findings.map(({ place }) => place.file ?? file)])];
      const order = new Map(files.map((each, index) => [each, index]));
      const orderOf = (place: Place): number => order.get(place.file ?? file) ?? 0;
      const inOrder = findings.toSorted(
        ({ place: a }, { place: b }) => orderOf(a) - orderOf(b) || a.line - b.line || a.column - b.column,
      );
      const seen = new Set<string>();
      const problems: Problem[] = [];
      for (const { code, place, path, message } of inOrder) {
        // What jobs inherit is looked at once for each of them: it is still one mistake.
        const key = `${place.file ?? ''} ${place.line}:${place.column} ${code} ${path}`;
        if (seen.has(key)) continue;
        seen.add(key);
        problems.push({
          code,
          file: place.file ?? file,
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

/** Where nothing else is said, those of another file that is read with it. */
export function inFile(problems: Problems, file: string): Problems {
  return {
    add: ({ place, ...finding }) => problems.add({ ...finding, place: { file, ...place } }),
    get none() {
      return problems.none;
    },
    list: () => problems.list(),
  };
}

export const startOfFile: Place = { line: 1, column: 1 };
