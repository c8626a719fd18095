/** The tasks of a step: counted and found by their index, and never written out. */
import { chunksOf } from './chunks';
import { countCombinations } from './combination';
import type { Combination, KnownValues, ParameterSpace, TaskParameter, TaskParameterTemplate } from './model';
import { sequenceOf } from './ranges';

/** A task parameter whose values are all known. */
export interface KnownParameter {
  readonly name: string;
  readonly type: TaskParameterTemplate['type'];
  readonly values: KnownValues;
}

interface Axis {
  readonly parameter: TaskParameter;
  readonly at: (index: bigint) => string;
}

function axisOf({ name, type, values }: KnownParameter): Axis {
  switch (values.kind) {
    case 'texts':
      return {
        parameter: { name, type, values, count: BigInt(values.texts.length), chunks: null },
        at: (index) => values.texts[Number(index)] ?? '',
      };
    case 'ranges': {
      const sequence = sequenceOf(values.ranges);
      return {
        parameter: { name, type, values, count: sequence.count, chunks: null },
        at: (index) => sequence.at(index).toString(),
      };
    }
    case 'chunks': {
      const list = chunksOf(values.ranges, values.chunks);
      return {
        parameter: { name, type, values, count: list.count, chunks: values.chunks },
        at: (index) => list.at(index),
      };
    }
  }
}

export type MadeSpace =
  | { readonly ok: true; readonly space: ParameterSpace }
  | { readonly ok: false; readonly message: string };

export function makeSpace(parameters: readonly KnownParameter[], combination: Combination): MadeSpace {
  const axes = parameters.map(axisOf);
  const byName = new Map(axes.map((axis) => [axis.parameter.name, axis]));
  const counts = countsOf(combination, (name) => byName.get(name)?.parameter.count ?? 0n);
  if (!('part' in counts)) return { ok: false, message: counts.message };
  const taskCount = counts.count;
  return {
    ok: true,
    space: {
      parameters: axes.map(({ parameter }) => parameter),
      combination,
      taskCount,
      taskParametersAt(index) {
        if (index < 0n || index >= taskCount)
          throw new RangeError(`there is no task ${index} among ${taskCount}`);
        const places = new Map<string, bigint>();
        walk(counts, index, places);
        return axes.map(({ parameter: { name, type }, at }) => ({
          name,
          type,
          value: at(places.get(name) ?? 0n),
        }));
      },
    },
  };
}

/** A combination whose parts are counted once, for all tasks. */
interface Counted {
  readonly part: Combination;
  readonly count: bigint;
  readonly of: readonly Counted[];
}

function countsOf(
  part: Combination,
  countOf: (name: string) => bigint,
): Counted | { readonly message: string } {
  const count = countCombinations(part, countOf);
  if (typeof count !== 'bigint') return count;
  const of = part.kind === 'parameter' ? [] : part.of.map((inner) => countsOf(inner, countOf));
  return { part, count, of: of.filter((inner) => 'part' in inner) };
}

/** Which value each parameter has in this task. In a product the last part changes first. */
function walk({ part, of }: Counted, index: bigint, places: Map<string, bigint>): void {
  if (part.kind === 'parameter') {
    places.set(part.name, index);
  } else if (part.kind === 'association') {
    for (const inner of of) walk(inner, index, places);
  } else {
    let left = index;
    for (const inner of of.toReversed()) {
      walk(inner, left % inner.count, places);
      left /= inner.count;
    }
  }
}
