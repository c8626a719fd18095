/** Recipes that are submitted by the clock. */
import type { ScheduleRow } from '../../shared/ipc/plans';
import {
  missedRules,
  overlapRules,
  ruleInWords,
  usualMissed,
  usualOverlap,
  type ScheduleRule,
  type Timing,
} from '../../shared/model/schedule';
import { parseSpan } from '../submit/values/durations';
import { localTimeZone, parseTimeZone } from '../submit/values/moments';
import { UsageError, type Options } from './arguments';
import { tellWhenAlone, type Command } from './command';
import { exitStatus, valueOf } from './outcome';
import { print } from './run';
import { submissionOf } from './submission';
import { moments, table } from './text';
import { oneOf, valueOfOption, whenOf } from './values';

export const scheduleCommands: Readonly<Record<string, Command>> = {
  schedule: {
    operands: 'FILE',
    options: ['once', 'every', 'from', 'cron', 'zone', 'missed', 'overlap', 'name', 'parameter', 'why'],
    async run(farm, file, { options, parameters, why, json }) {
      const { name = null } = options;
      const rule = ruleOf(options);
      const added = valueOf(
        await farm.client.request('schedule.add', {
          ...(await submissionOf(file, parameters)),
          name,
          rule,
          why,
        }),
      );
      const { schedule, notices } = added;
      if (json) print(added);
      else {
        console.log(
          `${schedule.id}  ${schedule.name}: ${ruleInWords(schedule.rule)}\nnext: ${nextText(schedule)}`,
        );
        for (const notice of notices) console.log(`note: ${notice}`);
      }
      tellWhenAlone(farm);
      return exitStatus.done;
    },
  },
  schedules: {
    operands: '',
    async run(farm, _none, { json }) {
      const { schedules } = valueOf(await farm.client.request('schedule.list', {}));
      if (json) print({ schedules });
      else console.log(schedulesText(schedules));
      return exitStatus.done;
    },
  },
  unschedule: {
    operands: 'SCHEDULE',
    options: ['why'],
    async run(farm, what, { why, json }) {
      const { schedule } = valueOf(await farm.client.request('schedule.remove', { what, why }));
      if (json) print({ schedule });
      else
        console.log(`${schedule.id} (${schedule.name}) submits nothing more; what it has submitted goes on`);
      return exitStatus.done;
    },
  },
};

/** Null: nothing is said of it, and so the recipe's own counts. */
export function ruleOf(options: Options): ScheduleRule | null {
  const named = ['once', 'every', 'cron', 'from', 'zone', 'missed', 'overlap'] as const;
  if (named.every((name) => options[name] === undefined)) return null;
  const { missed = usualMissed, overlap = usualOverlap } = options;
  return {
    timing: timingOf(options),
    missed: oneOf('missed', missed, missedRules),
    overlap: oneOf('overlap', overlap, overlapRules),
  };
}

function timingOf({ once, every, from, cron, zone }: Options): Timing {
  if ([once, every, cron].filter((given) => given !== undefined).length !== 1)
    throw new UsageError('a schedule takes one of --once WHEN, --every SPAN and --cron EXPRESSION');
  if (from !== undefined && every === undefined) throw new UsageError('--from goes with --every');
  if (zone !== undefined && cron === undefined) throw new UsageError('--zone goes with --cron');
  if (once !== undefined) return { kind: 'once', at: whenOf('once', once) };
  if (every !== undefined)
    return {
      kind: 'every',
      from: from === undefined ? Date.now() : whenOf('from', from),
      milliseconds: valueOfOption('every', parseSpan(every)),
    };
  return {
    kind: 'cron',
    expression: cron ?? '',
    timeZone: zone === undefined ? localTimeZone() : valueOfOption('zone', parseTimeZone(zone)),
  };
}

function schedulesText(schedules: readonly ScheduleRow[]): string {
  if (schedules.length === 0) return 'Nothing is scheduled. Try: drover schedule FILE --every "1 d"';
  const rows = schedules.map((schedule) => [
    schedule.id,
    schedule.name,
    nextText(schedule),
    lastText(schedule),
    ruleInWords(schedule.rule),
  ]);
  return table([['ID', 'NAME', 'NEXT', 'LAST', 'WHEN'], ...rows]);
}

const nextText = ({ next }: ScheduleRow): string => (next === null ? 'never again' : moments.format(next));

function lastText({ lastBatch, latest, queued }: ScheduleRow): string {
  const parts = [
    ...(lastBatch === null ? [] : [`${lastBatch.id} ${lastBatch.state}`]),
    ...(latest?.outcome === 'skipped' ? [`left out ${moments.format(latest.due)}`] : []),
    ...(queued === 0 ? [] : [`${queued} ${queued === 1 ? 'waits' : 'wait'}`]),
  ];
  return parts.length === 0 ? 'none yet' : parts.join(', ');
}
