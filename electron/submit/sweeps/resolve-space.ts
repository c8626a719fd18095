/** What makes many tasks of a step: `frames`, `sweep` and the fields that go with them. */
import { taskCount, type Space } from '../../../shared/model/space';
import { chunkParameters } from '../../../shared/model/space/chunks';
import { mostShuffled } from '../../../shared/model/space/draw';
import type { Axis } from './axes';
import type { Path } from '../document/document';
import { withExceptions } from './exceptions';
import { framesForm, mostTasks } from '../values/frames';
import { parseOrder } from './orders';
import { product, type PlacedAxis } from './products';
import { readRanges } from '../values/ranges';
import { readSample, sampled } from './samples';
import { builtIns, problemAt, readValue } from '../recipe/scope';
import type { Scope } from '../recipe/scope';
import { readSweep, sweepFields, type ReadAxis } from './sweeps';
import { parseCount } from '../values/units';
import { thousands } from '../document/words';

export interface StepSpace {
  /** What placeholders of the step may name beside what is known everywhere; null: that cannot be told. */
  readonly names: readonly string[] | null;
  /** Null when something is wrong with it; what, is among the problems. */
  readonly space: Space | null;
}

const mostNames = 50;

export function resolveSpace(scope: Scope, path: Path): StepSpace {
  const has = (field: string): boolean => scope.document.has([...path, field]);
  const isSwept = sweepFields.some(has);
  expectBeside(scope, path, 'chunk', ['frames']);
  expectBeside(scope, path, 'sample', sweepFields);
  for (const field of ['except', 'order']) expectBeside(scope, path, field, [...sweepFields, 'frames']);
  const swept = readSweep(scope, path);
  const frames = has('frames') ? [readFrames(scope, path)] : [];
  const order = has('order') ? readValue(scope, [...path, 'order'], 'bad-order', parseOrder) : null;
  if (swept === null) return { names: null, space: null };
  const names = [...swept, ...frames].flatMap((axis) => axis.names);
  if (names.length > mostNames) {
    const message = `${names.length} parameters are swept here; allowed are ${mostNames}`;
    problemAt(scope, 'too-many', path, message, scope.document.namePlace(path));
    return { names, space: null };
  }
  const areFree = claimNames(scope, [...swept, ...frames]);
  const [sweptAxes, framesAxes] = [swept.filter(isWhole), frames.filter(isWhole)];
  const areWhole = sweptAxes.length === swept.length && framesAxes.length === frames.length;
  if (!areFree || !areWhole) return { names, space: null };
  const of =
    isSwept && has('sample')
      ? sampledSpace(scope, path, sweptAxes, framesAxes)
      : withExceptions(scope, [...path, 'except'], [...sweptAxes, ...framesAxes].filter(isSeparate));
  if (of === null || !isSmallEnough(scope, path, of)) return { names, space: null };
  return { names, space: order === null ? of : { kind: 'ordered', of, order } };
}

const isWhole = (axis: ReadAxis): axis is PlacedAxis<Axis> => axis.space !== null;
const isSeparate = (axis: PlacedAxis<Axis>): axis is PlacedAxis => axis.space.kind !== 'span';

function expectBeside(scope: Scope, path: Path, field: string, others: readonly string[]): void {
  const at = [...path, field];
  const { document } = scope;
  if (!document.has(at) || others.some((other) => document.has([...path, other]))) return;
  const message = `${field} goes with ${others.join(' or ')}, and there is none of these here`;
  problemAt(scope, 'misplaced-field', at, message, document.namePlace(at));
}

function readFrames(scope: Scope, path: Path): ReadAxis {
  const place = [...path, 'frames'];
  const chunk = [...path, 'chunk'];
  const ranges = readRanges(scope, place, framesForm);
  if (!scope.document.has(chunk))
    return { names: ['Frame'], place, space: ranges === null ? null : { kind: 'frames', ranges } };
  const size = readValue(scope, chunk, 'bad-chunk', parseCount('number of frames', 1, mostTasks));
  const space = ranges === null || size === null ? null : ({ kind: 'frameChunks', ranges, size } as const);
  return { names: chunkParameters, place, space };
}

/** Each name means one thing. */
function claimNames(scope: Scope, axes: readonly ReadAxis[]): boolean {
  const taken = new Map<string, string>([
    ...builtIns.map((name) => [name, 'has a meaning of its own'] as const),
    ...scope.parameterNames.map((name) => [name, 'is a parameter or variable of the recipe'] as const),
  ]);
  let areFree = true;
  for (const { names, place } of axes) {
    for (const name of names) {
      const why = taken.get(name);
      taken.set(name, 'is swept already');
      if (why === undefined) continue;
      areFree = false;
      const own = [...place, name];
      const at = scope.document.has(own) ? own : place;
      problemAt(
        scope,
        'name-taken',
        at,
        `{{${name}}} ${why}; choose another name for one of them`,
        scope.document.namePlace(at),
      );
    }
  }
  return areFree;
}

function sampledSpace(
  scope: Scope,
  path: Path,
  swept: readonly PlacedAxis<Axis>[],
  frames: readonly PlacedAxis<Axis>[],
): Space | null {
  const plan = readSample(scope, [...path, 'sample']);
  const samples = plan === null ? null : sampled(scope, path, plan, swept);
  return samples === null ? null : product([samples, ...frames.filter(isSeparate).map(({ space }) => space)]);
}

function isSmallEnough(scope: Scope, path: Path, space: Space): boolean {
  const count = taskCount(space);
  if (count <= mostTasks) return true;
  const field = [...sweepFields, 'frames'].find((each) => scope.document.has([...path, each])) ?? 'frames';
  const at = [...path, field];
  const many = count > mostShuffled ? 'more tasks than can be counted' : `${thousands(count)} tasks`;
  const message = `all combinations together are ${many}; a step may have ${thousands(mostTasks)}. A sample has fewer of them`;
  problemAt(scope, 'too-many-tasks', at, message, scope.document.namePlace(at));
  return false;
}
