/** Which names the format strings in a part of a template may use. */
import { mostProblems } from '../document/problems';
import { didYouMean } from '../document/suggest';
import { charactersIn, hasControl, hasControlBesideLines } from './characters';
import { isPlain, parseFormat, plainPart } from './format';
import type { FormatString } from './model';
import type { Value } from './value';

export interface Scope {
  /** template: known when a job is made of it. The others: known where an action of that sort runs. */
  readonly where: 'template' | 'environment' | 'step';
  /** Those that the whole template shares, and those of this part of it. */
  readonly shared: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
  readonly names: DeclaredNames;
}

/** What the parameters of a template are named in format strings: before anything runs, and on a host. */
export interface DeclaredNames {
  readonly paths: ReadonlySet<string>;
  readonly inTemplate: ReadonlySet<string>;
  readonly onHost: ReadonlySet<string>;
}

const sessionSymbols = [
  'Session.WorkingDirectory',
  'Session.HasPathMappingRules',
  'Session.PathMappingRulesFile',
];

/** `paths`: which of the parameters are of the type PATH. */
export function namesOf(parameters: readonly string[], paths: ReadonlySet<string>): DeclaredNames {
  const raw = parameters.map((name) => `RawParam.${name}`);
  const known = parameters.filter((name) => !paths.has(name)).map((name) => `Param.${name}`);
  return {
    paths,
    inTemplate: new Set([...known, ...raw]),
    onHost: new Set([...parameters.map((name) => `Param.${name}`), ...raw, ...sessionSymbols]),
  };
}

export const templateScope = (names: DeclaredNames): Scope => ({
  where: 'template',
  shared: names.inTemplate,
  own: new Set(),
  names,
});

export const environmentScope = (names: DeclaredNames, files: readonly string[]): Scope => ({
  where: 'environment',
  shared: names.onHost,
  own: new Set(files.map((file) => `Env.File.${file}`)),
  names,
});

export const stepScope = (
  names: DeclaredNames,
  taskParameters: readonly string[],
  files: readonly string[],
): Scope => ({
  where: 'step',
  shared: names.onHost,
  own: new Set([
    ...taskParameters.flatMap((name) => [`Task.Param.${name}`, `Task.RawParam.${name}`]),
    ...files.map((file) => `Task.File.${file}`),
  ]),
  names,
});

/** What a format string may be, beside the names in it. */
export interface FormatRule {
  readonly least?: number;
  readonly most?: number;
  /** Whether the limits hold for the text as it is written, or for what becomes of it. */
  readonly measured?: 'written' | 'resolved';
  readonly controls?: 'none' | 'lines' | 'any';
}

/** Null, and a problem, when there is something wrong with it. */
export function readFormat(value: Value, scope: Scope, rule: FormatRule = {}): FormatString | null {
  const text = value.text();
  if (text === null) return null;
  const parsed = parseFormat(text);
  if (!parsed.ok) return value.problemIn('bad-format-string', parsed.piece, parsed.index, parsed.message);
  const format: FormatString = { text, segments: parsed.segments, path: value.path };
  const broken = wrongWith(rule.measured === 'written' || isPlain(format) ? text : null, format, rule);
  if (broken !== null) return value.problem(broken.code, broken.message);
  const unknown = format.segments.filter(
    (segment) =>
      segment.kind === 'value' && !scope.shared.has(segment.symbol) && !scope.own.has(segment.symbol),
  );
  for (const segment of unknown.slice(0, mostProblems))
    if (segment.kind === 'value')
      value.problemIn('unknown-symbol', '{{', segment.offset, () => explain(segment.symbol, scope));
  return unknown.length === 0 ? format : null;
}

export interface Broken {
  readonly code: string;
  readonly message: string;
}

/** `text`: what becomes of it, where that is known. */
function wrongWith(text: string | null, format: FormatString, rule: FormatRule): Broken | null {
  // Where names are still to be filled in, the rest of the text alone may already be wrong.
  return text === null ? textBroken(plainPart(format), { ...rule, least: 0 }) : textBroken(text, rule);
}

export function textBroken(text: string, { least = 0, most, controls = 'any' }: FormatRule): Broken | null {
  if (least > 0 && text === '')
    return { code: 'too-short', message: 'found an empty text; it needs at least 1 character' };
  if (most !== undefined && text.length > most) {
    const length = charactersIn(text);
    if (length > most)
      return { code: 'too-long', message: `found ${length} characters; at most ${most} are allowed` };
  }
  if (controls === 'none' && hasControl(text))
    return { code: 'bad-character', message: 'holds a control character, such as a line end or a tab' };
  if (controls === 'lines' && hasControlBesideLines(text))
    return { code: 'bad-character', message: 'holds a control character that is no line end and no tab' };
  return null;
}

function explain(symbol: string, { where, shared, own, names }: Scope): string {
  const [first = '', ...rest] = symbol.split('.');
  if (where === 'template' && first === 'Param' && names.paths.has(rest.join('.')))
    return `${symbol} is a PATH, whose value is known only where the job runs; here allowed is RawParam.${rest.join('.')}`;
  if (symbol === 'Job.Name' || symbol === 'Step.Name')
    return `${symbol} needs the extension EXPR, which is not supported yet`;
  const elsewhere = whereKnown[first];
  if (elsewhere !== undefined && !elsewhere.scopes.includes(where))
    return `${symbol} is not known here: names that start with ${first} are known only in ${elsewhere.words}`;
  const listed = [...shared, ...own];
  const near = didYouMean(symbol, listed);
  if (near !== '') return `nothing is named ${symbol}${near}`;
  return listed.length === 0
    ? `nothing is named ${symbol}; no names are known here`
    : `nothing is named ${symbol}; known here: ${listed.slice(0, 8).join(', ')}${listed.length > 8 ? ' and others' : ''}`;
}

const whereKnown: Readonly<Record<string, { scopes: readonly Scope['where'][]; words: string }>> = {
  Task: { scopes: ['step'], words: 'the script of a step' },
  Env: { scopes: ['environment'], words: 'the environment that has the file' },
  Session: {
    scopes: ['environment', 'step'],
    words: 'what runs on a host: actions, embedded files and variables',
  },
};
