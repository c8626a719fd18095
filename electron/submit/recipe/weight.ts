import type { SessionEnvironment, Step } from '../../../shared/model/batch';

/** About how many characters the step takes when it is written down. */
export function weightOf(step: Step): number {
  const { action, folder, environment, environments, parameters, space, ...rest } = step;
  const texts = action.kind === 'command' ? action.argv : [action.text];
  return (
    700 +
    folder.length +
    texts.reduce((sum, text) => sum + text.length + 3, 0) +
    weightOfRecord(environment) +
    weightOfRecord(parameters) +
    environments.reduce((sum, one) => sum + weightOfEnvironment(one), 0) +
    weightOfNames(Object.keys(rest.request.special)) +
    Object.values(rest.needs).reduce((sum, names) => sum + weightOfNames(names), 0) +
    rest.retry.codes.reduce((sum, { codes }) => sum + 4 * codes.length, 0) +
    (rest.progress.kind === 'pattern' ? rest.progress.pattern.length : 0) +
    (rest.files.kind === 'staged' ? weightOfNames(rest.files.send) + weightOfNames(rest.files.fetch) : 0) +
    JSON.stringify(space).length
  );
}

const weightOfEnvironment = ({ name, variables, enter, leave }: SessionEnvironment): number =>
  100 + name.length + weightOfRecord(variables) + (enter?.length ?? 0) + (leave?.length ?? 0);

/** One that is inherited and so not in the file itself. */
export const weightOfDependency = 200;

/** What an entry costs beside its letters, here and in every later copy. */
const entryWeight = 32;

// Steps share the records that they inherit, and those can be long.
const known = new WeakMap<object, number>();

function weightOfRecord(record: Readonly<Record<string, string>>): number {
  let weight = known.get(record);
  if (weight === undefined) {
    weight = Object.entries(record).reduce(
      (sum, [name, value]) => sum + name.length + value.length + entryWeight,
      0,
    );
    known.set(record, weight);
  }
  return weight;
}

function weightOfNames(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + name.length + 8, 0);
}
