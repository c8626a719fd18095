/** What a single entry of `after` says: what comes first, and what of it is waited for. */
import { comparisons, sameIndex, upstreamFailures } from '../../../shared/model/dependency';
import type {
  Comparison,
  Condition,
  Mapping,
  Relation,
  UpstreamFailure,
} from '../../../shared/model/dependency';
import type { Path } from '../document/document';
import { parseSpan } from '../values/durations';
import { mostTasks } from '../values/frames';
import { isPassable, unpassable } from '../document/locate';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { outcomes } from '../schema/after';
import { isWithin } from '../../../shared/model/files';
import { mostExitCodes, parseExitCode } from './resolve-limits';
import { problemAt, readList, readValue } from './scope';
import type { Scope } from './scope';
import { parseCount } from '../values/units';
import { listNames, quote } from '../document/words';

export interface AfterEntry {
  readonly place: Path;
  /** As written; null where nothing is. */
  readonly job: string | null;
  readonly step: string | null;
  /** Where the names stand, for what is wrong with them. */
  readonly jobPlace: Path;
  readonly stepPlace: Path;
  /** Null when something is wrong with it; what, is among the problems. */
  readonly relation: Relation | null;
  readonly onFailure: UpstreamFailure;
}

export const all: Relation = { type: 'SEQUENTIAL', mapping: { kind: 'all' } };

/** A bare name is a job's where jobs wait, and a step's where steps do. */
export function readAfter(scope: Scope, path: Path, kind: 'job' | 'step'): readonly AfterEntry[] {
  const { document } = scope;
  if (!document.has(path)) return [];
  return (document.items(path) ?? [path]).flatMap((place): AfterEntry[] => {
    if (document.isText(place)) {
      const name = document.textAt(place);
      const names = kind === 'job' ? { job: name, step: null } : { job: null, step: name };
      return [{ place, ...names, jobPlace: place, stepPlace: place, relation: all, onFailure: 'hold' }];
    }
    if (document.names(place).length === 0) return [];
    const jobPlace = [...place, 'job'];
    const stepPlace = [...place, 'step'];
    // The names as the file has them: a job `042` is not the number 42.
    const job = document.isText(jobPlace) ? document.textAt(jobPlace) : null;
    const step = document.isText(stepPlace) ? document.textAt(stepPlace) : null;
    const failure = document.textAt([...place, 'failure']);
    const onFailure = upstreamFailures.find((one) => one === failure) ?? 'hold';
    return [{ place, job, step, jobPlace, stepPlace, relation: readRelation(scope, place), onFailure }];
  });
}

const readers: Readonly<Record<string, (scope: Scope, path: Path) => Relation | null>> = {
  each: readEach,
  when: readWhen,
  exit: readExit,
  value: readComparison,
  files: readFiles,
  delay: readDelay,
};

function readRelation(scope: Scope, place: Path): Relation | null {
  const [first, second] = scope.document.names(place).filter((name) => Object.hasOwn(readers, name));
  if (first === undefined) return all;
  if (second !== undefined) {
    const path = [...place, second];
    problemAt(
      scope,
      'several-conditions',
      path,
      `there is "${first}" already; an entry has one of ${listNames(Object.keys(readers))}: make two entries of it`,
      scope.document.namePlace(path),
    );
    return null;
  }
  return readers[first]?.(scope, [...place, first]) ?? null;
}

function readEach(scope: Scope, path: Path): Relation | null {
  const groups = [...path, 'groups'];
  if (!scope.document.has(groups)) {
    if (scope.document.textAt(path).toLowerCase() === 'true')
      return { type: 'SEQUENTIAL', mapping: sameIndex };
    if (scope.document.items(path) === null && scope.document.textAt(path) === '')
      problemAt(
        scope,
        'missing-field',
        path,
        'how many tasks are a group? Allowed are true, and a map such as { groups: [10, 1] }',
      );
    return null;
  }
  const places = scope.document.items(groups);
  if (places === null) return null;
  if (places.length !== 2) {
    problemAt(
      scope,
      'bad-groups',
      groups,
      `${places.length === 1 ? 'one number stands' : `${places.length} numbers stand`} here; allowed are two: how many earlier tasks let how many later ones go, such as [10, 1]`,
    );
    return null;
  }
  const [from = null, to = null] = places.map((place) =>
    readValue(scope, place, 'bad-groups', parseCount('number of tasks', 1, mostTasks)),
  );
  if (from === null || to === null) return null;
  const mapping: Mapping = { kind: 'groups', from, to };
  return { type: 'SEQUENTIAL', mapping };
}

const conditional = (condition: Condition | null): Relation | null =>
  condition === null ? null : { type: 'CONDITIONAL', condition };

function readWhen(scope: Scope, path: Path): Relation | null {
  const written = scope.document.textAt(path);
  const kind = outcomes.find((one) => one === written);
  return conditional(kind === undefined ? null : { kind });
}

function readExit(scope: Scope, path: Path): Relation | null {
  const form = { code: 'bad-exit-status', most: mostExitCodes, parse: parseExitCode };
  return conditional({ kind: 'exitCode', codes: readList(scope, path, form) });
}

function readComparison(scope: Scope, path: Path): Relation | null {
  return conditional(readValue(scope, path, 'bad-value', parseComparison));
}

export function parseComparison(text: string): Parsed<Condition> {
  const match =
    /^\s*([A-Za-z_][\w.-]{0,63})\s*(<=|>=|==|!=|<|>)\s*([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*$/i.exec(text);
  const [, name = '', sign = '', number = ''] = match ?? [];
  const is: Comparison | undefined = comparisons.find((one) => one === sign);
  const than = Number(number);
  return is === undefined || !Number.isFinite(than)
    ? refused(
        `${quote(text)} compares nothing; allowed is a name, one of ${comparisons.join(' ')} and a number, such as loss < 0.1`,
      )
    : accepted({ kind: 'value', name, is, than });
}

const mostFiles = 50;

function readFiles(scope: Scope, path: Path): Relation | null {
  const files = readList(scope, path, { code: 'bad-file', most: mostFiles, parse: parseFileName });
  return { type: 'DATA', files };
}

function parseFileName(text: string): Parsed<string> {
  if (text.trim() === '') return refused('the file has no name');
  if (!isPassable(text)) return refused(`the file's name ${unpassable}`);
  if (!isWithin(text))
    return refused(
      `${quote(text)} may lie outside of the folder and the output of what makes it; allowed are names and patterns inside, such as frames/*.png`,
    );
  return accepted(text);
}

function readDelay(scope: Scope, path: Path): Relation | null {
  const milliseconds = readValue(scope, path, 'bad-delay', parseSpan);
  return milliseconds === null ? null : { type: 'TEMPORAL', rule: { kind: 'delay', milliseconds } };
}
