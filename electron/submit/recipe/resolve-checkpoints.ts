/** What the tasks of a step write to go on from, and how it is told that it is whole. */
import {
  anyFile,
  checkpointTypes,
  usualKeep,
  type BestRule,
  type CheckpointRule,
  type KeepRule,
  type WholeRule,
} from '../../../shared/model/checkpoint';
import type { Path } from '../document/document';
import { accepted, refused } from '../document/parsed';
import { didYouMean } from '../document/suggest';
import type { Parsed } from '../document/parsed';
import { quote } from '../document/words';
import { intervalUnits, unitMs } from '../schema/values';
import { parseSpan } from '../values/durations';
import { parseCount } from '../values/units';
import { mostFilePatterns, parsePattern } from './resolve-files';
import { resolveMaking } from './resolve-making';
import { checkPlaceholders, innermost, problemAt, readList, readValue } from './scope';
import type { Scope } from './scope';

const longestExpression = 500;
const mostKept = 100_000;

/** `usual`: what the preset says. `allowed`: the names that have a value in each task; null: any may. */
export function resolveCheckpoints(
  scope: Scope,
  levels: readonly Path[],
  allowed: readonly string[] | null,
  usual: CheckpointRule | null = null,
): CheckpointRule | null {
  const path = innermost(scope, levels, ['checkpoints']);
  if (path === null) return usual;
  if (scope.document.isText(path)) return null;
  const files = [...path, 'files'];
  if (!scope.document.has(files) && usual === null) {
    problemAt(
      scope,
      'missing-field',
      path,
      'files is missing: which files of the output folder are the checkpoints? Such as files: ["*.cpt"]',
    );
    return null;
  }
  const written = (field: string): string | null =>
    scope.document.has([...path, field]) ? scope.document.textAt([...path, field]) : null;
  const expression = (field: 'at' | 'resumed'): string | null =>
    written(field) === null
      ? (usual?.[field] ?? null)
      : readValue(scope, [...path, field], 'bad-pattern', (text) => parseExpression(text, field));
  return {
    files: scope.document.has(files) ? readNames(scope, files, allowed) : (usual?.files ?? []),
    folder: usual?.folder ?? null,
    together: written('together')?.toLowerCase() === 'true' || (usual?.together ?? false),
    type: checkpointTypes.find((type) => type === written('type')) ?? usual?.type ?? 'FULL',
    whole: resolveWhole(scope, [...path, 'whole'], allowed, usual?.whole ?? anyFile),
    at: expression('at'),
    resumed: expression('resumed'),
    keep: resolveKeep(scope, [...path, 'keep'], usual?.keep ?? usualKeep),
    ...resolveMaking(scope, path, allowed, usual),
    ...alongOf(scope, [...path, 'along'], allowed, usual),
    ...stateOf(scope, [...path, 'state'], allowed, usual),
    ...intervalOf(scope, [...path, 'interval'], allowed, usual),
  };
}

/** What the program goes on writing. */
function alongOf(
  scope: Scope,
  path: Path,
  allowed: readonly string[] | null,
  usual: CheckpointRule | null,
): Pick<CheckpointRule, 'along'> {
  if (scope.document.has(path)) return { along: readNames(scope, path, allowed) };
  return usual?.along === undefined ? {} : { along: usual.along };
}

/** Names of parameters. */
function stateOf(
  scope: Scope,
  path: Path,
  allowed: readonly string[] | null,
  usual: CheckpointRule | null,
): Pick<CheckpointRule, 'state'> {
  if (!scope.document.has(path)) return usual?.state === undefined ? {} : { state: usual.state };
  const parse = parameterAmong(allowed);
  return { state: readList(scope, path, { code: 'unknown-parameter', most: mostFilePatterns, parse }) };
}

/** How often the program saves, and in which unit. */
function intervalOf(
  scope: Scope,
  path: Path,
  allowed: readonly string[] | null,
  usual: CheckpointRule | null,
): Pick<CheckpointRule, 'interval'> {
  const at = [...path, 'parameter'];
  if (!scope.document.has(at)) return usual?.interval === undefined ? {} : { interval: usual.interval };
  const parameter = readValue(scope, at, 'unknown-parameter', parameterAmong(allowed));
  const unit = intervalUnits.find((one) => one === scope.document.textAt([...path, 'unit']));
  return parameter === null || unit === undefined ? {} : { interval: { parameter, unitMs: unitMs[unit] } };
}

const parameterAmong =
  (allowed: readonly string[] | null) =>
  (name: string): Parsed<string> =>
    allowed === null || allowed.includes(name)
      ? accepted(name)
      : refused(`there is no parameter ${quote(name)}${didYouMean(name, allowed)}`);

/** They are filled in task by task, so what stands between braces is not looked at yet. */
function readNames(scope: Scope, path: Path, allowed: readonly string[] | null): readonly string[] {
  const places = scope.document.items(path) ?? [path];
  if (places.length === 0)
    problemAt(scope, 'empty', path, 'the list is empty; the names of the checkpoints should stand here');
  if (places.length > mostFilePatterns)
    problemAt(
      scope,
      'too-many',
      path,
      `the list has ${places.length} elements; allowed are ${mostFilePatterns}`,
    );
  return places.slice(0, mostFilePatterns).flatMap((place) => {
    const text = scope.document.textAt(place);
    const parsed = parsePattern(text, 'its output');
    if (!parsed.ok) problemAt(scope, 'bad-file', place, parsed.message);
    return checkPlaceholders(scope, place, allowed) && parsed.ok ? [text] : [];
  });
}

function resolveWhole(
  scope: Scope,
  path: Path,
  allowed: readonly string[] | null,
  usual: WholeRule,
): WholeRule {
  const read = <Value>(field: string, known: Value, parse: (text: string) => Parsed<Value>): Value =>
    scope.document.has([...path, field])
      ? (readValue(scope, [...path, field], `bad-${field}`, parse) ?? known)
      : known;
  return {
    leastBytes: read('least', usual.leastBytes, parseCount('number of bytes', 0, 2 ** 50)),
    begins: read('begins', usual.begins, parseBytes),
    ends: read('ends', usual.ends, parseBytes),
    holds: scope.document.has([...path, 'holds'])
      ? readList(scope, [...path, 'holds'], {
          code: 'bad-file',
          most: mostFilePatterns,
          parse: (text) => parsePattern(text, 'the folder'),
        })
      : usual.holds,
    ...resolveCheck(scope, [...path, 'check'], allowed, usual),
  };
}

/** Words, each of them an argument: no shell reads them. */
function resolveCheck(
  scope: Scope,
  path: Path,
  allowed: readonly string[] | null,
  { check: usual }: WholeRule,
): Pick<WholeRule, 'check'> {
  if (!scope.document.has(path)) return usual === undefined ? {} : { check: usual };
  const places = scope.document.items(path) ?? [path];
  const words = places.map((place) => scope.document.textAt(place));
  if ((words[0] ?? '').trim() === '')
    problemAt(scope, 'empty', path, 'here should stand a program, such as [./is-whole.sh]');
  for (const place of places) checkPlaceholders(scope, place, allowed);
  return { check: words };
}

function resolveKeep(scope: Scope, path: Path, usual: KeepRule): KeepRule {
  const [last, every, best] = [
    [...path, 'last'],
    [...path, 'every'],
    [...path, 'best'],
  ];
  const bestOf = scope.document.has(best)
    ? readValue(scope, best, 'bad-keep', parseBest)
    : (usual.best ?? null);
  return {
    last: scope.document.has(last)
      ? (readValue(scope, last, 'bad-keep', parseCount('number of checkpoints', 1, mostKept)) ?? usual.last)
      : usual.last,
    everyMs: scope.document.has(every) ? readValue(scope, every, 'bad-keep', parseSpan) : usual.everyMs,
    ...(bestOf === null ? {} : { best: bestOf }),
  };
}

/** `loss min`, `accuracy max 3`: the name is one that tasks report. */
export function parseBest(text: string): Parsed<BestRule> {
  const [, name, is, count = '1'] = /^\s*([\w.-]{1,64})\s+(min|max)(?:\s+(\d{1,6}))?\s*$/.exec(text) ?? [];
  if (name === undefined || (is !== 'min' && is !== 'max'))
    return refused(
      `${quote(text)} names no best ones; allowed is the name of a value and min or max, and how many: loss min 3`,
    );
  const parsed = parseCount('number of checkpoints', 1, mostKept)(count);
  return parsed.ok ? accepted({ name, is, count: parsed.value }) : parsed;
}

export function parseExpression(text: string, group: 'at' | 'resumed'): Parsed<string> {
  if (text.length > longestExpression)
    return refused(`the expression has ${text.length} characters; allowed are ${longestExpression}`);
  try {
    const pattern = new RegExp(text);
    const groups = new RegExp(`(?:${pattern.source})|`).exec('')?.groups ?? {};
    if (group === 'at' && !Object.hasOwn(groups, 'at'))
      return refused(`${quote(text)} has no group that tells how far it is; write one such as (?<at>[0-9]+)`);
    return accepted(text);
  } catch {
    return refused(`${quote(text)} is no regular expression of JavaScript`);
  }
}

const mostBytes = 64;

function parseBytes(text: string): Parsed<string> {
  const digits = text.replaceAll(/\s/g, '').toLowerCase();
  if (!/^([0-9a-f]{2})+$/.test(digits))
    return refused(`${quote(text)} is no row of bytes in hexadecimal, such as 89504E47; put it into quotes`);
  return digits.length > 2 * mostBytes
    ? refused(`here stand ${digits.length / 2} bytes; allowed are ${mostBytes}`)
    : accepted(digits);
}
