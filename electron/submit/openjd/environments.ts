/** Environments: what a session enters before the tasks, and leaves after them. */
import { fileNames, readAction, readEmbeddedFiles } from './actions';
import type { ActionScopes } from './actions';
import { charactersIn, isIdentifier } from './characters';
import { longestVariableName, longestVariableValue } from './limits';
import type { Environment, EnvironmentScript, FormatString, Written } from './model';
import type { DeclaredNames, Scope } from './scope';
import { environmentScope, readFormat, templateScope } from './scope';
import { readDescription, readName, reportDuplicates } from './texts';
import type { Value } from './value';

export function readEnvironments(value: Value | null, names: DeclaredNames): readonly Environment<Written>[] {
  const list = value?.list({ of: 'environments' }) ?? [];
  reportDuplicates(
    list.map((item) => item.fieldNamed('name')),
    'environment',
  );
  return list.map((item) => readEnvironment(item, names)).filter((environment) => environment !== null);
}

export function readEnvironment(value: Value, names: DeclaredNames): Environment<Written> | null {
  const fields = value.fields(['name', 'description', 'script', 'variables']);
  const named = fields?.required('name');
  const name = named ? readName(named, value.reading.limits.environmentName) : null;
  const about = fields?.optional('description') ?? null;
  const description = about === null ? null : readDescription(about);
  if (fields?.has('script') === false && !fields.has('variables'))
    value.problem(
      'missing-field',
      'found neither script nor variables; at least one of them has to stand here',
    );
  const written = fields?.optional('script') ?? null;
  const scopes = { template: templateScope(names), host: environmentScope(names, fileNames(written)) };
  const script = written === null ? null : readScript(written, scopes);
  const variables = readVariables(fields?.optional('variables') ?? null, scopes.host);
  return name === null ? null : { name, description, script, variables };
}

const hooks = {
  onWrapEnvEnter: 'WRAP_ACTIONS',
  onWrapTaskRun: 'WRAP_ACTIONS',
  onWrapEnvExit: 'WRAP_ACTIONS',
} as const;

function readScript(value: Value, scopes: ActionScopes): EnvironmentScript<Written> | null {
  const fields = value.fields(['actions', 'embeddedFiles'], { let: 'EXPR' });
  const embeddedFiles = readEmbeddedFiles(fields?.optional('embeddedFiles') ?? null, scopes.host);
  const list = fields?.required('actions');
  const actions = list?.fields(['onEnter', 'onExit'], hooks);
  if (actions?.has('onEnter') === false && !actions.has('onExit'))
    list?.problem(
      'missing-field',
      'found neither onEnter nor onExit; at least one of them has to stand here',
    );
  const enter = actions?.optional('onEnter') ?? null;
  const exit = actions?.optional('onExit') ?? null;
  return {
    onEnter: enter === null ? null : readAction(enter, scopes),
    onExit: exit === null ? null : readAction(exit, scopes),
    embeddedFiles,
  };
}

function readVariables(value: Value | null, scope: Scope): ReadonlyMap<string, FormatString> {
  const variables = new Map<string, FormatString>();
  const entries = value?.entries() ?? [];
  if (value?.located.kind === 'map' && entries.length === 0)
    value.problem('too-few', 'found no variables; at least one has to stand here');
  for (const { name, value: variable, place } of entries) {
    const length = charactersIn(name);
    if (!isIdentifier(name))
      variable.problem(
        'bad-name',
        'names of variables have letters from a to z, digits and _, and do not start with a digit',
        place,
      );
    if (length > longestVariableName)
      variable.problem(
        'too-long',
        `found a name of ${length} characters; at most ${longestVariableName} are allowed`,
        place,
      );
    const format = readFormat(variable, scope, { most: longestVariableValue, measured: 'written' });
    if (format !== null) variables.set(name, format);
  }
  return variables;
}
