import type { Dependency, StepReference } from '../../shared/model/batch';
import { findCycles } from './cycles';
import type { Path } from './document';
import { mostProblems } from './problems';
import { problemAt } from './scope';
import type { Scope } from './scope';
import { didYouMean } from './suggest';
import { listNames, quote } from './words';

/** A job, or a step of a job, with what it says that it comes after. */
export interface Waiting {
  readonly name: string;
  readonly path: Path;
  readonly after: string | number | readonly (string | number)[] | undefined;
}

/** Between the jobs of a batch, or between the steps of one job. */
export function resolveDependencies(
  scope: Scope,
  kind: 'job' | 'step',
  waiting: readonly Waiting[],
  known: readonly string[],
  reference: (name: string) => StepReference,
): Dependency[] {
  const names = new Set(known);
  const dependencies: Dependency[] = [];
  const predecessors = new Map<string, readonly string[]>();
  const places = new Map<string, Map<string, Path>>();
  for (const { name, path, after } of waiting) {
    const before = new Map<string, Path>();
    for (const [other, at] of written(scope, after, [...path, 'after'])) {
      if (!names.has(other)) {
        problemAt(
          scope,
          `unknown-${kind}`,
          at,
          () =>
            `there is no ${kind} ${quote(other)}${didYouMean(other, names)}; ${kind}s: ${listNames(known)}`,
        );
      } else if (other === name) {
        problemAt(scope, 'dependency-cycle', at, `${name} cannot come after itself`);
      } else if (before.has(other)) {
        problemAt(
          scope,
          'duplicate-name',
          at,
          `${other} stands here for the second time; each ${kind} is allowed once`,
        );
      } else {
        before.set(other, at);
        dependencies.push({ type: 'SEQUENTIAL', from: reference(other), to: reference(name) });
      }
    }
    predecessors.set(name, [...before.keys()]);
    places.set(name, before);
  }
  for (const cycle of findCycles(predecessors, mostProblems)) {
    const [first = ''] = cycle;
    const last = cycle.at(-2) ?? '';
    const at = places.get(first)?.get(last) ?? [];
    problemAt(
      scope,
      'dependency-cycle',
      at,
      `these ${kind}s wait for each other, so none could start: ${arrows(cycle)}`,
    );
  }
  return dependencies;
}

function arrows(cycle: readonly string[]): string {
  const rest = cycle.length - 40;
  const shown = rest > 1 ? [...cycle.slice(0, 30), `(${rest} more)`, ...cycle.slice(-10)] : cycle;
  return shown.join(' -> ');
}

/** The names as the file has them: a job `042` is not the number 42. */
function written(scope: Scope, after: Waiting['after'], path: Path): (readonly [string, Path])[] {
  if (after === undefined) return [];
  const places = Array.isArray(after) ? after.map((_, index) => [...path, index]) : [path];
  return places.map((place) => [scope.document.textAt(place), place] as const);
}
