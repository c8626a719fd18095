/** The values of a job's parameters: the given ones and the defaults, checked and made absolute. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isPassable, unpassable } from '../document/locate';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';
import type { Complaint } from './constraints';
import { longerThanAny, numeric, numericLimits, wrongNumber, wrongText } from './constraints';
import type { Findings, PlacedDefinition } from './merge';
import type { JobParameter, JobTemplate, ParameterDefinition } from './model';
import { aNumber, anInteger, parseFloat64, parseInteger } from './numbers';

export interface GivenValues {
  /** As they were typed: numbers are texts here. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Absolute. Defaults of PATH parameters are relative to it, and may not lead out of it. */
  readonly templateFolder: string;
  /** Absolute. Given values of PATH parameters are relative to it. */
  readonly folder: string;
}

export function valuesOf(
  definitions: readonly PlacedDefinition[],
  given: GivenValues,
  template: JobTemplate,
  findings: Findings,
): readonly JobParameter[] {
  const names = definitions.map(({ definition }) => definition.name);
  for (const name of Object.keys(given.parameters)) {
    if (names.includes(name)) continue;
    const there = names.length === 0 ? 'it has none' : `there are ${listNames(names)}`;
    findings.add(
      template.source,
      [],
      'unknown-parameter',
      `a value was given for ${quote(name)}, and the template has no parameter of that name${didYouMean(name, names)}; ${there}`,
    );
  }
  return definitions
    .map((placed) => valueOf(placed, given, findings))
    .filter((parameter) => parameter !== null);
}

type Checked =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

const refused = (code: string, message: string): Checked => ({ ok: false, code, message });

function valueOf(
  { definition, source, path }: PlacedDefinition,
  given: GivenValues,
  findings: Findings,
): JobParameter | null {
  const { name, type } = definition;
  const wasGiven = Object.hasOwn(given.parameters, name);
  const checked = wasGiven
    ? givenValue(definition, given.parameters[name] ?? '', given.folder)
    : defaultValue(definition, given.templateFolder);
  if (checked.ok) return { name, type, value: checked.value };
  const what = wasGiven ? `the value given for ${name}: ` : '';
  findings.add(source, path, checked.code, `${what}${checked.message}`);
  return null;
}

function givenValue(definition: ParameterDefinition, text: string, folder: string): Checked {
  if (!isPassable(text)) return refused('bad-character', unpassable);
  const complaint = longerThanAny(text);
  if (complaint !== null) return refused('too-long', complaint);
  switch (definition.type) {
    case 'STRING':
      return judged(text, wrongText(text, definition));
    case 'PATH': {
      const path = text === '' || isAbsolute(text) ? text : resolve(folder, text);
      return judged(path, wrongText(path, definition));
    }
    case 'INT': {
      const integer = parseInteger(text);
      if (integer === null) return refused('wrong-type', `found ${quote(text)}; allowed is ${anInteger}`);
      return judged(`${integer}`, wrongNumber(numeric(integer), numericLimits(definition)));
    }
    case 'FLOAT': {
      const float = parseFloat64(text);
      if (float === null) return refused('wrong-type', `found ${quote(text)}; allowed is ${aNumber}`);
      return judged(float.text, wrongNumber(float, numericLimits(definition)));
    }
  }
}

function defaultValue(definition: ParameterDefinition, templateFolder: string): Checked {
  const missing = `no value was given for ${definition.name}, and it has no default`;
  if (definition.default === null) return refused('missing-parameter', missing);
  switch (definition.type) {
    case 'STRING':
      return { ok: true, value: definition.default };
    case 'INT':
      return { ok: true, value: `${definition.default}` };
    case 'FLOAT':
      return { ok: true, value: definition.default.text };
    case 'PATH':
      return defaultPath(definition, definition.default, templateFolder);
  }
}

function defaultPath(
  definition: ParameterDefinition & { type: 'PATH' },
  standard: string,
  templateFolder: string,
): Checked {
  if (standard === '') return { ok: true, value: '' };
  if (isAbsolute(standard))
    return refused(
      'bad-path',
      `the default of ${definition.name} is the absolute path ${quote(standard)}; a default has to be relative to the template's folder`,
    );
  const path = resolve(templateFolder, standard);
  const within = relative(templateFolder, path);
  if (within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within))
    return refused(
      'bad-path',
      `the default of ${definition.name}, ${quote(standard)}, leads out of the template's folder; it has to stay in it`,
    );
  return judged(path, wrongText(path, definition), `as an absolute path the default of ${definition.name}`);
}

function judged(value: string, complaint: Complaint, what = ''): Checked {
  if (complaint === null) return { ok: true, value };
  return refused('out-of-range', what === '' ? complaint : `${what} does not fit: ${complaint}`);
}
