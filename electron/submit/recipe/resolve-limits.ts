/** When a task is given up, tried again or stopped for others, and which nodes may run it. */
import { noRequirements, type Requirements } from '../../../shared/model/requirements';
import { noRetry, type Backoff, type RetryRule } from '../../../shared/model/retry';
import type { Path } from '../document/document';
import { longestDuration, parseDuration, parseSpan } from '../values/durations';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { backoffKinds } from '../schema/limits';
import { innermost, problemAt, readList, readValue } from './scope';
import type { Scope } from './scope';
import { parseCount, parseNumber } from '../values/units';
import { quote } from '../document/words';

export const parseExitCode = parseCount('exit status', 0, 255);
export const mostExitCodes = 256;

export function resolveTimeout(scope: Scope, levels: readonly Path[]): number | null {
  const path = innermost(scope, levels, ['timeout']);
  return path === null ? null : readValue(scope, path, 'bad-timeout', parseSpan);
}

export function isPreemptible(scope: Scope, levels: readonly Path[]): boolean {
  return isTrue(scope, innermost(scope, levels, ['preemptible']));
}

function isTrue(scope: Scope, path: Path | null): boolean {
  return path !== null && scope.document.textAt(path).toLowerCase() === 'true';
}

const usualTimes = 3;
const usualMost = 3_600_000;

/** Each field from the innermost level that has it; `retry: 3` is `retry: { times: 3 }`. */
export function resolveRetry(scope: Scope, levels: readonly Path[]): RetryRule {
  const set = levels.map((level) => [...level, 'retry']).filter((path) => scope.document.has(path));
  if (set.length === 0) return noRetry;
  const fields: RetryFields = {
    at: (field) => innermost(scope, set, field),
    read: (field, usual, parse) => {
      const path = innermost(scope, set, [field]);
      return path === null ? usual : (readValue(scope, path, `bad-${field}`, parse) ?? usual);
    },
  };
  return {
    attempts: 1 + readTimes(scope, set),
    backoff: resolveBackoff(scope, fields),
    codes: resolveCodes(scope, fields),
    onTimeout: isTrue(scope, fields.at(['timeout'])) ? 'retry' : 'fail',
    memoryStep: fields.read('memory', noRetry.memoryStep, (text) =>
      parseNumber(text, { what: 'factor for the memory', least: 1, most: 16, digits: 2 }),
    ),
  };
}

interface RetryFields {
  readonly at: (field: Path) => Path | null;
  readonly read: <Value>(field: string, usual: Value, parse: (text: string) => Parsed<Value>) => Value;
}

function readTimes(scope: Scope, set: readonly Path[]): number {
  const path = set
    .map((retry) => (scope.document.isText(retry) ? retry : [...retry, 'times']))
    .findLast((times) => scope.document.has(times));
  if (path === undefined) return usualTimes;
  return readValue(scope, path, 'bad-retry', parseCount('number of times', 0, 1000)) ?? 0;
}

function resolveBackoff(scope: Scope, { at, read }: RetryFields): Backoff {
  const path = at(['growth']);
  const written = path === null ? '' : scope.document.textAt(path);
  const kind = backoffKinds.find((one) => one === written) ?? noRetry.backoff.kind;
  const firstMs = read('wait', 0, parseDuration);
  if (path !== null && kind !== 'fixed' && firstMs === 0 && at(['wait']) === null)
    problemAt(
      scope,
      'missing-field',
      path,
      'there is nothing that could grow: give the first wait as well, such as wait: 30 s',
    );
  const mostMs = read('most', kind === 'fixed' ? firstMs : Math.max(firstMs, usualMost), (text) => {
    const most = parseDuration(text);
    return most.ok && most.value < firstMs
      ? refused(`${quote(text)} is less than the first wait already is`)
      : most;
  });
  return {
    kind,
    firstMs,
    mostMs,
    jitter: read('jitter', 0, (text) => parseNumber(text, { what: 'part', least: 0, most: 1, digits: 2 })),
    totalMs: read('total', longestDuration, parseDuration),
  };
}

function resolveCodes(scope: Scope, { at }: RetryFields): RetryRule['codes'] {
  const read = (field: 'on' | 'never'): readonly number[] => {
    const path = at([field, 'codes']);
    const form = { code: 'bad-exit-status', most: mostExitCodes, parse: parseExitCode };
    return path === null ? [] : readList(scope, path, form);
  };
  const on = read('on');
  const never = read('never');
  const both = never.find((code) => on.includes(code));
  const neverPath = at(['never', 'codes']);
  if (both !== undefined && neverPath !== null)
    problemAt(
      scope,
      'contradiction',
      neverPath,
      `exit status ${both} stands under on as well: is it tried again or not?`,
    );
  return [
    ...(on.length > 0 ? [{ codes: on, verdict: 'retry' as const }] : []),
    ...(never.length > 0 ? [{ codes: never, verdict: 'fail' as const }] : []),
  ];
}

const mostLabels = 50;

function parseLabel(text: string): Parsed<string> {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.:+-]{0,63}$/u.test(text)
    ? accepted(text)
    : refused(
        `${quote(text)} cannot be a label; allowed are up to 64 letters, digits and _ . : + - where the first is a letter, a digit or _`,
      );
}

export function resolveNeeds(scope: Scope, levels: readonly Path[]): Requirements {
  const read = (field: string): readonly string[] => {
    const path = innermost(scope, levels, ['needs', field]);
    const form = { code: 'bad-label', most: mostLabels, parse: parseLabel, mayBeEmpty: true };
    return path === null ? [] : readList(scope, path, form);
  };
  const needs = { allOf: read('all'), anyOf: read('any'), noneOf: read('none'), pools: read('pool') };
  const both = needs.noneOf.find((label) => needs.allOf.includes(label));
  const nonePath = innermost(scope, levels, ['needs', 'none']);
  if (both !== undefined && nonePath !== null)
    problemAt(scope, 'contradiction', nonePath, `${both} stands under all as well: no node could do it`);
  return Object.values(needs).every((list) => list.length === 0) ? noRequirements : needs;
}
