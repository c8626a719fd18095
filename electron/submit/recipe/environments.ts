import type { Path } from '../document/document';
import { checkPlaceholders, taskNames } from './scope';
import type { Scope } from './scope';

type Environment = Readonly<Record<string, string>>;

export interface Environments {
  /** Of a step, from the outermost place that sets one to the innermost. */
  of(levels: readonly Path[], ofTasks: readonly string[] | null): Environment;
}

/** Steps share what they inherit: it is read once, and put together once where nothing is added. */
export function readEnvironments(scope: Scope): Environments {
  const { document } = scope;
  const byLevels = new Map<string, Environment>();
  const checked = new Set<string>();
  return {
    of(levels, ofTasks) {
      const set = levels.filter((path) => document.names(path).length > 0);
      for (const path of set) {
        const key = JSON.stringify([path, ofTasks]);
        if (checked.has(key)) continue;
        checked.add(key);
        for (const name of document.names(path))
          checkPlaceholders(scope, [...path, name], taskNames(scope, ofTasks));
      }
      const key = JSON.stringify(set);
      const known = byLevels.get(key);
      if (known !== undefined) return known;
      const environment = Object.fromEntries(
        set.flatMap((path) => document.names(path).map((name) => [name, document.textAt([...path, name])])),
      );
      byLevels.set(key, environment);
      return environment;
    },
  };
}
