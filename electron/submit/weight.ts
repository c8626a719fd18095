import type { Step } from '../../shared/model/batch';

/** About how many characters the step takes when it is written down. */
export function weightOf({ action, folder, environment, parameters, space }: Step): number {
  const texts = action.kind === 'script' ? [action.text] : action.argv;
  return (
    200 +
    folder.length +
    texts.reduce((sum, text) => sum + text.length + 3, 0) +
    weightOfRecord(environment) +
    weightOfRecord(parameters) +
    (space.kind === 'frames' ? 30 * space.ranges.length : 0)
  );
}

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
