/** From the text of a template to its model, or to everything that is wrong with it. */
import { didYouMean } from '../document/suggest';
import type { TextDocument } from '../document/document';
import { gatherProblems } from '../document/problems';
import type { Problem, Problems } from '../document/problems';
import { parseText } from '../document/read';
import { quote } from '../document/words';
import { readEnvironment, readEnvironments } from './environments';
import { limitsOf, mostEnvironmentParameters } from './limits';
import type { EnvironmentTemplate, ExtensionName, JobTemplate, Source, Template } from './model';
import { extensionNames } from './model';
import { declaredNames, readParameters } from './parameters';
import { readFormat, templateScope } from './scope';
import { readSteps } from './steps';
import { readDescription } from './texts';
import type { Reading } from './value';
import { Value } from './value';

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface TemplateOptions {
  /** For messages. */
  readonly file: string;
  /** Those that a template may ask for; missing: all that are known here. */
  readonly supported?: ReadonlySet<ExtensionName>;
}

/** The text is YAML 1.2 or JSON. */
export function parseTemplate(text: string, options: TemplateOptions): ParsedTemplate {
  const problems = gatherProblems(options.file);
  const document = parseText(text, sort, problems);
  const template = document === null ? null : readTemplate(document, options, problems);
  return template !== null && problems.none
    ? { ok: true, template }
    : { ok: false, problems: problems.list() };
}

const jobVersion = 'jobtemplate-2023-09';
const environmentVersion = 'environment-2023-09';

const sort = {
  noun: 'template',
  start: `a template starts with "specificationVersion: ${jobVersion}" or "specificationVersion: ${environmentVersion}"`,
};

function readTemplate(
  document: TextDocument,
  { file, supported = new Set(extensionNames) }: TemplateOptions,
  problems: Problems,
): Template | null {
  const base = new Set<ExtensionName>();
  const first = new Value(
    { document, problems, extensions: base, limits: limitsOf(base) },
    document.root,
    [],
  );
  const version = versionOf(first);
  if (version === null) return null;
  const extensions = readExtensions(first.fieldNamed('extensions'), supported);
  // Without what it needs, the rest would look wrong where it is not.
  if (extensions === null) return null;
  const reading: Reading = { document, problems, extensions, limits: limitsOf(extensions) };
  const root = new Value(reading, document.root, []);
  const source = { file, document };
  return version === jobVersion ? readJob(root, source) : readEnvironmentTemplate(root, source);
}

function versionOf(root: Value): typeof jobVersion | typeof environmentVersion | null {
  if (root.located.kind !== 'map') return root.wrong(`a template: ${sort.start}`);
  const version = root.fieldNamed('specificationVersion');
  if (version === null) return root.problem('missing-version', `this is no template yet: ${sort.start}`);
  return version.oneOf([jobVersion, environmentVersion]);
}

/** Null when one of them is not known or not supported. */
function readExtensions(
  value: Value | null,
  supported: ReadonlySet<ExtensionName>,
): ReadonlySet<ExtensionName> | null {
  const extensions = new Set<ExtensionName>();
  if (value === null) return extensions;
  let complete = true;
  for (const item of value.list({ of: 'extensions' }) ?? []) {
    const name = item.text();
    if (name === null) continue;
    const known = extensionNames.find((each) => each === name);
    if (known !== undefined && supported.has(known)) {
      extensions.add(known);
      continue;
    }
    complete = false;
    item.problem('unsupported-extension', () => refusal(name, supported));
  }
  return complete ? extensions : null;
}

function refusal(name: string, supported: ReadonlySet<ExtensionName>): string {
  const names = [...supported];
  const allowed = names.length === 0 ? 'no extensions are allowed' : `allowed are ${names.join(', ')}`;
  return ['EXPR', 'WRAP_ACTIONS', ...extensionNames].includes(name)
    ? `the extension ${name} is not supported; ${allowed}`
    : `no extension is named ${quote(name)}${didYouMean(name, names)}; ${allowed}`;
}

function readJob(root: Value, source: Source): JobTemplate | null {
  const { extensions, limits } = root.reading;
  const fields = root.fields([
    'specificationVersion',
    '$schema',
    'extensions',
    'name',
    'description',
    'parameterDefinitions',
    'jobEnvironments',
    'steps',
  ]);
  if (fields === null) return null;
  const definitions = fields.optional('parameterDefinitions');
  const names = declaredNames(definitions);
  const named = fields.required('name');
  const name = named
    ? readFormat(named, templateScope(names), { least: 1, most: limits.jobName, controls: 'none' })
    : null;
  const about = fields.optional('description');
  const description = about === null ? null : readDescription(about);
  const parameters = readParameters(definitions, limits.parameters);
  const jobEnvironments = fields.optional('jobEnvironments');
  const environments = readEnvironments(jobEnvironments, names);
  const list = fields.required('steps');
  const steps = readSteps(list, names);
  reportSharedNames(list, new Set(environments.map((environment) => environment.name)));
  if (name === null) return null;
  return { kind: 'job', source, extensions, name, description, parameters, environments, steps };
}

/** An environment of a step may not have the name of one of the job. */
function reportSharedNames(steps: Value | null, names: ReadonlySet<string>): void {
  const items = steps?.located.kind === 'list' ? (steps.list({ least: 0, of: 'steps' }) ?? []) : [];
  for (const step of items) {
    const environments = step.fieldNamed('stepEnvironments');
    if (environments?.located.kind !== 'list') continue;
    for (const environment of environments.list({ least: 0, of: 'environments' }) ?? []) {
      const name = environment.fieldNamed('name');
      if (name?.isText() === true && names.has(name.text() ?? ''))
        name.problem(
          'duplicate-name',
          `an environment of the job is named ${name.text() ?? ''}; names have to differ`,
        );
    }
  }
}

function readEnvironmentTemplate(root: Value, source: Source): EnvironmentTemplate | null {
  const fields = root.fields(['specificationVersion', 'extensions', 'parameterDefinitions', 'environment']);
  const definitions = fields?.optional('parameterDefinitions') ?? null;
  const value = fields?.required('environment');
  const parameters = readParameters(definitions, mostEnvironmentParameters);
  const environment = value ? readEnvironment(value, declaredNames(definitions)) : null;
  const { extensions } = root.reading;
  return environment === null ? null : { kind: 'environment', source, extensions, parameters, environment };
}
