/** What the tasks of a step share on a node: environments that are entered once and left again. */
import type { SessionEnvironment } from '../../../shared/model/batch';
import type { Path } from '../document/document';
import { parseSpan } from '../values/durations';
import { checkPlaceholders, problemAt, readValue, taskNames } from './scope';
import type { Scope } from './scope';
import { describe, quote } from '../document/words';

const most = 20;

/** Those of the outer levels are entered first. */
export function resolveEnvironments(scope: Scope, levels: readonly Path[]): readonly SessionEnvironment[] {
  const paths = levels.flatMap((level) => scope.document.items([...level, 'environments']) ?? []);
  if (paths.length > most) {
    const at = paths[most] ?? [];
    problemAt(scope, 'too-many', at, `a step has ${paths.length} environments; allowed are ${most}`);
    return [];
  }
  const found: SessionEnvironment[] = [];
  for (const path of paths) {
    const environment = resolveEnvironment(scope, path);
    if (found.some(({ name }) => name === environment.name))
      problemAt(
        scope,
        'duplicate-name',
        [...path, 'name'],
        `the step has an environment ${quote(environment.name)} already; give this one another name`,
      );
    found.push(environment);
  }
  return found;
}

function resolveEnvironment(scope: Scope, path: Path): SessionEnvironment {
  const { document } = scope;
  const names = taskNames(scope, []);
  const at = [...path, 'variables'];
  const variables = document.names(at).map((name) => {
    checkPlaceholders(scope, [...at, name], names);
    return [name, document.textAt([...at, name])] as const;
  });
  const timeout = [...path, 'timeout'];
  return {
    name: document.textAt([...path, 'name']),
    variables: Object.fromEntries(variables),
    enter: resolveScript(scope, [...path, 'enter'], names),
    leave: resolveScript(scope, [...path, 'leave'], names),
    isPrepared: false,
    timeoutMs: document.has(timeout) ? readValue(scope, timeout, 'bad-timeout', parseSpan) : null,
  };
}

function resolveScript(scope: Scope, path: Path, names: readonly string[] | null): string | null {
  if (!scope.document.has(path)) return null;
  const text = scope.document.textAt(path);
  if (text.trim() === '')
    problemAt(scope, 'empty', path, `found ${describe(text)}; leave it out, or write a script`);
  checkPlaceholders(scope, path, names);
  return text;
}
