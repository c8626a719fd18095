/** The parameters of a job, of which environment templates and the job's own may each define some. */
import type { Problem } from '../document/problems';
import { gatherProblems, mostProblems } from '../document/problems';
import { pathInWords } from '../document/document';
import type { Path } from '../document/document';
import type { Complaint, Numeric } from './constraints';
import { numeric, numericLimits, wrongNumber, wrongText } from './constraints';
import type {
  EnvironmentTemplate,
  JobTemplate,
  ParameterDefinition,
  PathParameter,
  Source,
  StringParameter,
} from './model';
import { pathControl } from './parameters';

/** A definition with a place in one of the templates. */
export interface PlacedDefinition {
  readonly definition: ParameterDefinition;
  readonly source: Source;
  readonly path: Path;
}

/** What is found out about several templates together. */
export interface Findings {
  add(source: Source, path: Path, code: string, message: string): void;
  readonly none: boolean;
  list(): readonly Problem[];
}

export function gatherFindings(): Findings {
  const bySource = new Map<Source, ReturnType<typeof gatherProblems>>();
  return {
    add(source, path, code, message) {
      const problems = bySource.get(source) ?? gatherProblems(source.file);
      bySource.set(source, problems);
      problems.add({ code, path: pathInWords(path), place: source.document.place(path), message });
    },
    get none() {
      return bySource.size === 0;
    },
    list: () => [...bySource.values()].flatMap((problems) => problems.list()).slice(0, mostProblems),
  };
}

/**
 * One definition for each name: as strict as all of its definitions together, so that none takes back what
 * another asks for, with the last default and the last words for a person. The job's own come last.
 */
export function mergeParameters(
  template: JobTemplate,
  environments: readonly EnvironmentTemplate[],
  findings: Findings,
): readonly PlacedDefinition[] {
  const merged = new Map<string, PlacedDefinition>();
  for (const { parameters, source } of [...environments, template]) {
    for (const [index, definition] of parameters.entries()) {
      const placed = { definition, source, path: ['parameterDefinitions', index] };
      const before = merged.get(definition.name);
      merged.set(definition.name, before === undefined ? placed : mergeTwo(before, placed, findings));
    }
  }
  return [...merged.values()];
}

function mergeTwo(before: PlacedDefinition, after: PlacedDefinition, findings: Findings): PlacedDefinition {
  const [a, b] = [before.definition, after.definition];
  const conflict = (message: string): PlacedDefinition => {
    findings.add(
      after.source,
      after.path,
      'conflict',
      `${message} in ${before.source.file}; they have to agree`,
    );
    return after;
  };
  if (a.type !== b.type) return conflict(`${b.name} is of type ${b.type} here, and of type ${a.type}`);
  if (a.type === 'PATH' && b.type === 'PATH') {
    for (const field of ['objectType', 'dataFlow'] as const)
      if (a[field] !== null && b[field] !== null && a[field] !== b[field])
        return conflict(`${b.name} has the ${field} ${b[field]} here, and ${a[field]}`);
  }
  const definition = stricter(a, b);
  const impossible = isImpossible(definition);
  const complaint = impossible ?? wrongDefault(definition);
  if (complaint !== null) {
    const whose =
      impossible === null ? `with what ${before.source.file} asks for, its default is wrong: ` : '';
    findings.add(after.source, after.path, 'conflict', `${b.name}: ${whose}${complaint}`);
  }
  return { ...after, definition };
}

interface Bounds {
  readonly words: readonly [string, string];
  readonly least: Numeric | null;
  readonly most: Numeric | null;
}

function boundsOf(definition: ParameterDefinition): Bounds {
  if (definition.type === 'STRING' || definition.type === 'PATH') {
    const length = (value: number | null): Numeric | null =>
      value === null ? null : { text: `${value}`, value };
    const { minLength, maxLength } = definition;
    return { words: ['minLength', 'maxLength'], least: length(minLength), most: length(maxLength) };
  }
  const { minValue, maxValue } = numericLimits(definition);
  return { words: ['minValue', 'maxValue'], least: minValue, most: maxValue };
}

function stricter(a: ParameterDefinition, b: ParameterDefinition): ParameterDefinition {
  const words = {
    description: b.description ?? a.description,
    label: b.label ?? a.label,
    groupLabel: b.groupLabel ?? a.groupLabel,
  };
  if (a.type === 'STRING' && b.type === 'STRING') {
    const limits = textLimits(a, b);
    const choosing =
      limits.allowedValues !== null && (b.control === 'LINE_EDIT' || b.control === 'MULTILINE_EDIT');
    return { ...b, ...words, ...limits, control: choosing ? 'DROPDOWN_LIST' : b.control };
  }
  if (a.type === 'PATH' && b.type === 'PATH') {
    const limits = textLimits(a, b);
    const objectType = b.objectType ?? a.objectType;
    const dataFlow = b.dataFlow ?? a.dataFlow;
    const control =
      b.control === 'HIDDEN' ? b.control : pathControl(objectType, dataFlow, limits.allowedValues);
    return { ...b, ...words, ...limits, objectType, dataFlow, control };
  }
  if (a.type === 'INT' && b.type === 'INT') {
    const limits = {
      default: b.default ?? a.default,
      minValue: larger(a.minValue, b.minValue, (value) => value),
      maxValue: smaller(a.maxValue, b.maxValue, (value) => value),
      allowedValues: inBoth(a.allowedValues, b.allowedValues, (value) => value),
    };
    const choosing = limits.allowedValues !== null && b.control === 'SPIN_BOX';
    return { ...b, ...words, ...limits, control: choosing ? 'DROPDOWN_LIST' : b.control };
  }
  if (a.type === 'FLOAT' && b.type === 'FLOAT') {
    const limits = {
      default: b.default ?? a.default,
      minValue: larger(a.minValue, b.minValue, ({ value }) => value),
      maxValue: smaller(a.maxValue, b.maxValue, ({ value }) => value),
      allowedValues: inBoth(a.allowedValues, b.allowedValues, ({ value }) => value),
    };
    const choosing = limits.allowedValues !== null && b.control === 'SPIN_BOX';
    return { ...b, ...words, ...limits, control: choosing ? 'DROPDOWN_LIST' : b.control };
  }
  return b;
}

type Texts = Pick<StringParameter | PathParameter, 'default' | 'minLength' | 'maxLength' | 'allowedValues'>;

const textLimits = (a: Texts, b: Texts): Texts => ({
  default: b.default ?? a.default,
  minLength: larger(a.minLength, b.minLength, (value) => value),
  maxLength: smaller(a.maxLength, b.maxLength, (value) => value),
  allowedValues: inBoth(a.allowedValues, b.allowedValues, (value) => value),
});

type Measure<Value> = (value: Value) => bigint | number | string;

function larger<Value>(a: Value | null, b: Value | null, measure: Measure<Value>): Value | null {
  return a === null || (b !== null && measure(b) >= measure(a)) ? b : a;
}

function smaller<Value>(a: Value | null, b: Value | null, measure: Measure<Value>): Value | null {
  return a === null || (b !== null && measure(b) <= measure(a)) ? b : a;
}

function inBoth<Value>(
  a: readonly Value[] | null,
  b: readonly Value[] | null,
  measure: Measure<Value>,
): readonly Value[] | null {
  if (a === null || b === null) return a ?? b;
  const others = new Set(a.map(measure));
  return b.filter((value) => others.has(measure(value)));
}

function isImpossible(definition: ParameterDefinition): Complaint {
  if (definition.allowedValues?.length === 0) return 'the templates have no allowed value in common';
  const { words, least, most } = boundsOf(definition);
  return least !== null && most !== null && least.value > most.value
    ? `together the templates have the ${words[0]} ${least.text} and the ${words[1]} ${most.text}`
    : null;
}

function wrongDefault(definition: ParameterDefinition): Complaint {
  if (definition.default === null) return null;
  switch (definition.type) {
    case 'STRING':
    case 'PATH':
      return wrongText(definition.default, definition);
    case 'INT':
      return wrongNumber(numeric(definition.default), numericLimits(definition));
    case 'FLOAT':
      return wrongNumber(definition.default, numericLimits(definition));
  }
}
