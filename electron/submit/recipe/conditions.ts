/** What work waits for beside other work: the clock and locks. */
import type { StepReference } from '../../../shared/model/batch';
import type { DailyWindow, Dependency, Relation, TimeRule } from '../../../shared/model/dependency';
import type { Path } from '../document/document';
import { localTimeZone, parseMoment, parseTimeOfDay, parseTimeZone } from '../values/moments';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { isName, nameRule } from '../schema/values';
import { innermost, problemAt, readList, readValue } from './scope';
import type { Scope } from './scope';
import { quote } from '../document/words';

export function resolveTimes(scope: Scope, job: string): Dependency[] {
  const levels = [[], ['jobs', job]];
  const rules: TimeRule[] = [];
  const notBefore = innermost(scope, levels, ['notBefore']);
  const at = notBefore === null ? null : readValue(scope, notBefore, 'bad-time', parseMoment);
  if (at !== null) rules.push({ kind: 'notBefore', at });
  const windowPath = innermost(scope, levels, ['window']);
  const window = windowPath === null ? null : readWindow(scope, windowPath);
  if (window !== null) rules.push({ kind: 'window', window });
  return rules.map((rule) => startingFrom({ job, step: null }, { type: 'TEMPORAL', rule }));
}

function readWindow(scope: Scope, path: Path): DailyWindow | null {
  if (scope.document.names(path).length === 0) return null;
  const time = (field: string): string | null => {
    const at = [...path, field];
    if (!scope.document.has(at))
      problemAt(
        scope,
        'missing-field',
        path,
        `there is no ${field}; allowed is a map such as { opens: "22:00", closes: "06:00" }`,
      );
    return readValue(scope, at, 'bad-time', parseTimeOfDay);
  };
  const opens = time('opens');
  const closes = time('closes');
  const zone = [...path, 'zone'];
  const timeZone = scope.document.has(zone)
    ? readValue(scope, zone, 'bad-time-zone', parseTimeZone)
    : localTimeZone();
  if (opens === null || closes === null || timeZone === null) return null;
  if (opens === closes) {
    problemAt(
      scope,
      'empty-window',
      path,
      `the window closes when it opens, at ${opens}; leave it out to run at any time`,
    );
    return null;
  }
  return { opens, closes, timeZone };
}

const mostLocks = 20;

/** A lock of the job is one edge; where a step says something else, each step has its own. */
export function resolveLocks(scope: Scope, job: string, steps: readonly string[]): Dependency[] {
  const path = ['jobs', job];
  const own = steps.some((step) => scope.document.has([...path, 'steps', step, 'lock']));
  const ends: readonly StepReference[] = own ? steps.map((step) => ({ job, step })) : [{ job, step: null }];
  return ends.flatMap((to) => {
    const levels = [[], path, ...(to.step === null ? [] : [[...path, 'steps', to.step]])];
    const at = innermost(scope, levels, ['lock']);
    if (at === null) return [];
    const form = { code: 'bad-name', most: mostLocks, parse: parseLock, mayBeEmpty: true };
    return readList(scope, at, form).map((resource) =>
      startingFrom(to, { type: 'RESOURCE', resource, amount: 1 }),
    );
  });
}

function parseLock(text: string): Parsed<string> {
  return isName(text) ? accepted(text) : refused(`${quote(text)} cannot be the name of a lock; ${nameRule}`);
}

const startingFrom = (to: StepReference, relation: Relation): Dependency => ({
  from: null,
  to,
  relation,
  onFailure: 'hold',
});
