/** Some of all combinations: `sample`. */
import { taskCount, type Space } from '../../../shared/model/space';
import { mostShuffled } from '../../../shared/model/space/draw';
import { sampleMethods, type SamplePlan } from '../../../shared/model/space/sample';
import type { Axis } from './axes';
import type { Path } from '../document/document';
import { withExceptions } from './exceptions';
import { mostTasks } from '../values/frames';
import type { PlacedAxis } from './products';
import { problemAt, readValue } from '../recipe/scope';
import type { Scope } from '../recipe/scope';
import { parseCount } from '../values/units';
import { thousands } from '../document/words';

const parseSamples = parseCount('number of samples', 1, mostTasks);
const parseSeed = parseCount('seed', 0, 999_999_999);

/** `sample: 20` is `sample: { count: 20 }`. Null when something is wrong with it. */
export function readSample(scope: Scope, path: Path): SamplePlan | null {
  const { document } = scope;
  const countPath = document.isText(path) ? path : [...path, 'count'];
  const count = readValue(scope, countPath, 'bad-sample', parseSamples);
  const method = sampleMethods.find((one) => one === document.textAt([...path, 'method'])) ?? 'random';
  const seedPath = [...path, 'seed'];
  const seed = document.has(seedPath) ? readValue(scope, seedPath, 'bad-seed', parseSeed) : 0;
  return count === null || seed === null ? null : { count, method, seed };
}

/** Of axes with separate values each combination at most once; null when something is wrong. */
export function sampled(
  scope: Scope,
  path: Path,
  plan: SamplePlan,
  axes: readonly PlacedAxis<Axis>[],
): Space | null {
  const except = [...path, 'except'];
  const separate = axes.flatMap(({ space, ...rest }) => (space.kind === 'span' ? [] : [{ ...rest, space }]));
  if (plan.method === 'latin' || separate.length < axes.length) {
    if (!scope.document.has(except)) return { kind: 'sampled', ...plan, of: axes.map(({ space }) => space) };
    problemAt(
      scope,
      'contradiction',
      except,
      'what is left out would leave holes in this sample; leave out values only of a random sample of lists and ranges',
      scope.document.namePlace(except),
    );
    return null;
  }
  const of = withExceptions(scope, except, separate);
  if (of === null) return null;
  const all = taskCount(of);
  const at = [...path, 'sample'];
  if (all > mostShuffled) {
    const message = `a random sample is drawn from up to ${thousands(mostShuffled)} combinations, and here are more; let method be latin`;
    problemAt(scope, 'too-large', at, message);
    return null;
  }
  if (plan.count > all) {
    const message = `there are only ${thousands(all)} combinations, of which each is drawn once; leave the sample out to have all of them`;
    problemAt(scope, 'bad-sample', at, message);
    return null;
  }
  return { kind: 'drawn', of, count: plan.count, seed: plan.seed };
}
