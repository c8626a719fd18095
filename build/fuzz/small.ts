/** The small texts that fields hold. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { problemWithCron } from '../../electron/engine/time/cron-pattern';
import { nextFiring } from '../../electron/engine/time/timings';
import { parseComparison } from '../../electron/submit/recipe/after';
import { parseDecimal } from '../../electron/submit/sweeps/axes';
import { parseCsv } from '../../electron/submit/values/csv';
import { parseDuration } from '../../electron/submit/values/durations';
import { mostTasks, parseFrames } from '../../electron/submit/values/frames';
import { parseMoment, parseTimeOfDay, parseTimeZone, parseWhen } from '../../electron/submit/values/moments';
import { parseOrder } from '../../electron/submit/sweeps/orders';
import type { Parsed } from '../../electron/submit/document/parsed';
import { findPlaceholders } from '../../electron/submit/recipe/placeholders';
import { gatherProblems } from '../../electron/submit/document/problems';
import { parseCores, parseMemory, parseNetwork, parsePart } from '../../electron/submit/values/units';
import { taskCount, taskParameters } from '../../shared/model/space';
import { changed } from './changed';
import { fuzzed, type FuzzedParser } from './parser';

/** Right ones, right ones that are changed, and texts of the signs that they have. */
const like = (...right: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...right),
    fc.constantFrom(...right).chain(changed),
    fc.string({ unit: fc.constantFrom(...new Set(right.join('')), ' ', 'é', '9'), maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

/** A refusal says something; what is accepted is as `holds` says. */
function small<Value>(
  name: string,
  inputs: fc.Arbitrary<string>,
  parse: (text: string) => Parsed<Value>,
  holds: (value: Value) => boolean,
): FuzzedParser {
  return fuzzed({
    name,
    inputs,
    parse(text) {
      const parsed = parse(text);
      if (parsed.ok) assert(holds(parsed.value), `${JSON.stringify(text)} became ${String(parsed.value)}`);
      else assert(parsed.message !== '');
      return parsed.ok;
    },
  });
}

const isAmount = (value: number): boolean => Number.isFinite(value) && value >= 0;
const isInstant = (value: number): boolean => !Number.isNaN(new Date(value).getTime());

export const smallParsers: readonly FuzzedParser[] = [
  fuzzed({
    name: 'frames',
    share: 2,
    inputs: fc.array(like('1-24', '1-100x5', '100-1x-1', '1-10,20,30-40x2', '-5--3', '7'), {
      minLength: 1,
      maxLength: 3,
    }),
    parse(texts) {
      const parsed = parseFrames(texts);
      if (!parsed.ok) {
        assert(parsed.mistakes.length > 0);
        for (const { text, piece, index } of parsed.mistakes)
          assert.equal(texts[text]?.slice(index, index + piece.length), piece);
        return false;
      }
      const space = { kind: 'frames', ranges: parsed.ranges } as const;
      const count = taskCount(space);
      assert(count > 0 && count <= mostTasks);
      for (const index of [0, count - 1])
        assert.match(taskParameters(space, index)['Frame'] ?? '', /^-?\d+$/);
      return true;
    },
  }),
  fuzzed({
    name: 'table-csv',
    share: 2,
    inputs: like('Mass,Name\n1,a\n2.5,"b, ""c"""\n', 'A;B\r\n1;2\r\n', 'X\tY\n\n1\t"2\n3"\n'),
    parse(text) {
      const problems = gatherProblems('t.csv');
      const table = parseCsv(text, problems);
      assert.equal(table === null, !problems.none);
      if (table === null) return false;
      assert(table.rows.length > 0 && table.rows.every((row) => row.length === table.names.length));
      return true;
    },
  }),
  fuzzed({
    name: 'cron',
    inputs: like('0 22 * * MON-FRI', '*/5 1-5 L 1,6 *', '30 2 15W JAN FRI#2', '@daily'),
    parse(text) {
      const problem = problemWithCron(text);
      if (problem !== null) return false;
      const timing = { kind: 'cron', expression: text, timeZone: 'Europe/Berlin' } as const;
      assert((nextFiring(timing, Date.UTC(2026, 0)) ?? 0) > 0);
      return true;
    },
  }),
  fuzzed({
    name: 'placeholders',
    inputs: like('{{Frame}} {{ Output }}', '{{.Names}} {{{}}}', 'a {{Frame} {{frame number}}'),
    parse(text) {
      const found = findPlaceholders(text);
      for (const { text: piece, index } of found)
        assert.equal(text.slice(index, index + piece.length), piece);
      return found.length > 0;
    },
  }),
  small('duration', like('30 s', '5 min', '1 h 30 min', '1.5 d', '90'), parseDuration, isAmount),
  small(
    'moment',
    like('2026-12-01 18:00', '2026-12-01T18:00:00Z', '2026-02-29 00:00 +02:00'),
    parseMoment,
    isInstant,
  ),
  small('when', like('+2 h', '2026-12-01 18:00'), (text) => parseWhen(text, Date.UTC(2026, 0)), isInstant),
  small('time-of-day', like('22:00', '6:05'), parseTimeOfDay, (time) => /^\d\d:\d\d$/.test(time)),
  small('time-zone', like('Europe/Berlin', 'UTC'), parseTimeZone, (zone) => zone !== ''),
  small('memory', like('512 MiB', '1.5 GiB', '8 GB', '0'), parseMemory, Number.isSafeInteger),
  small('network', like('100 Mbit/s', '2.5 Gbit/s'), parseNetwork, Number.isSafeInteger),
  small('cores', like('0.5', '16'), parseCores, isAmount),
  small(
    'part',
    like('50%', 'max', '0.01%'),
    (text) => parsePart(text) ?? { ok: true, value: 0 },
    (part) => part >= 0 && part <= 1,
  ),
  small('number', like('1', '-0.5', '1e-3', '.5'), parseDecimal, Number.isFinite),
  small(
    'order',
    like('reverse', 'middle out', 'every 10th', 'forward'),
    parseOrder,
    (order) => order === null || order.kind !== 'every' || order.stride > 1,
  ),
  small(
    'comparison',
    like('loss < 0.1', 'x.y >= -1e3', 'n!=3'),
    parseComparison,
    (condition) => condition.kind === 'value' && Number.isFinite(condition.than),
  ),
];
