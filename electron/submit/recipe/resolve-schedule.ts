/** When a recipe is submitted by the clock: `schedule`. */
import {
  missedRules,
  overlapRules,
  usualMissed,
  usualOverlap,
  type ScheduleRule,
  type Timing,
} from '../../../shared/model/schedule';
import { problemWithCron } from '../../engine/time/cron-pattern';
import { problemWithTiming } from '../../engine/time/timings';
import type { Path } from '../document/document';
import { parseSpan } from '../values/durations';
import { localTimeZone, parseTimeZone, parseWhen } from '../values/moments';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { problemAt, readValue } from './scope';
import type { Scope } from './scope';
import { quote } from '../document/words';

const path: Path = ['schedule'];
const kinds = ['once', 'every', 'cron'] as const;
/** Which other field says more about each. */
const more = { from: 'every', zone: 'cron' } as const;

/** Null when it has none, or when something is wrong with it. */
export function resolveSchedule(scope: Scope, now: number): ScheduleRule | null {
  const { document } = scope;
  if (!document.has(path) || document.isText(path)) return null;
  const [kind, second] = kinds.filter((each) => document.has([...path, each]));
  if (kind === undefined) {
    problemAt(scope, 'missing-field', path, 'when? Allowed is one of once, every and cron');
    return null;
  }
  if (second !== undefined) {
    const at = [...path, second];
    const message = `there is "${kind}" already; a schedule has one of ${kinds.join(', ')}`;
    problemAt(scope, 'contradiction', at, message, document.namePlace(at));
    return null;
  }
  for (const [field, owner] of Object.entries(more)) {
    const at = [...path, field];
    if (owner !== kind && document.has(at))
      problemAt(scope, 'misplaced-field', at, `${field} goes with ${owner}`, document.namePlace(at));
  }
  const timing = readTiming(scope, kind, now);
  const missed = missedRules.find((rule) => rule === document.textAt([...path, 'missed'])) ?? usualMissed;
  const overlap = overlapRules.find((rule) => rule === document.textAt([...path, 'overlap'])) ?? usualOverlap;
  return timing === null ? null : { timing, missed, overlap };
}

function readTiming(scope: Scope, kind: (typeof kinds)[number], now: number): Timing | null {
  const at = (field: string): Path => [...path, field];
  const when = (text: string): Parsed<number> => parseWhen(text, now);
  switch (kind) {
    case 'once': {
      const once = readValue(scope, at('once'), 'bad-time', (text) => {
        const time = when(text);
        return time.ok && time.value <= now ? refused(`${quote(text)} is past`) : time;
      });
      return once === null ? null : { kind, at: once };
    }
    case 'every': {
      const hasFrom = scope.document.has(at('from'));
      const from = hasFrom ? readValue(scope, at('from'), 'bad-time', when) : now;
      const milliseconds = readValue(scope, at('every'), 'bad-time', parseSpan);
      if (from === null || milliseconds === null) return null;
      const timing: Timing = { kind, from, milliseconds };
      const problem = problemWithTiming(timing);
      if (problem !== null) problemAt(scope, 'bad-time', at('every'), problem);
      return timing;
    }
    case 'cron': {
      const expression = readValue(scope, at('cron'), 'bad-cron', (text) => {
        const problem =
          text.length > 200 ? 'the expression is longer than 200 letters' : problemWithCron(text);
        return problem === null ? accepted(text) : refused(problem);
      });
      const hasZone = scope.document.has(at('zone'));
      const timeZone = hasZone
        ? readValue(scope, at('zone'), 'bad-time-zone', parseTimeZone)
        : localTimeZone();
      return expression === null || timeZone === null ? null : { kind, expression, timeZone };
    }
  }
}
