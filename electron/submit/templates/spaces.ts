/** The parameter space of a template's step as one of Drover's. */
import type { FrameRange, Space } from '../../../shared/model/space';
import { thousands } from '../document/words';
import { chunksOf } from '../openjd/chunks';
import type { Combination, IntRange, ParameterSpace, TaskParameter } from '../openjd/model';
import { sequenceOf } from '../openjd/ranges';
import type { Names } from './symbols';

/** Throws TooLarge. */
export function spaceOf({ parameters, combination }: ParameterSpace, names: Names): Space {
  if (parameters.length === 0) return { kind: 'single' };
  const byName = new Map(parameters.map((one) => [one.name, one]));
  const convert = (part: Combination): Space => {
    if (part.kind === 'product') return { kind: 'product', of: part.of.map(convert) };
    if (part.kind === 'association') return { kind: 'zip', of: part.of.map(convert) };
    const parameter = byName.get(part.name);
    if (parameter === undefined) throw new Error(`a combination names ${part.name}, which is no parameter`);
    return ofParameter(parameter, names.task.get(part.name) ?? part.name);
  };
  return convert(combination);
}

function ofParameter({ values, count }: TaskParameter, name: string): Space {
  switch (values.kind) {
    case 'texts':
      return { kind: 'values', name, values: values.texts };
    case 'ranges': {
      if (!values.ranges.every(isCountable)) return written(name, count, sequenceOf(values.ranges));
      return { kind: 'range', name, ranges: values.ranges.map(frameRange) };
    }
    case 'chunks': {
      if (!values.ranges.every(isCountable))
        return written(name, count, chunksOf(values.ranges, values.chunks));
      const { defaultTaskCount: size, rangeConstraint } = values.chunks;
      const contiguous = rangeConstraint === 'CONTIGUOUS';
      const ranges = values.ranges.map(frameRange);
      return { kind: 'chunks', name, ranges: contiguous ? intervals(ranges) : ranges, size, contiguous };
    }
  }
}

export class TooLarge extends Error {}

const mostWritten = 100_000n;

/** What cannot be counted in doubles is passed on as it is written. */
function written(name: string, count: bigint, all: { at(index: bigint): bigint | string }): Space {
  if (count > mostWritten)
    throw new TooLarge(
      `${name} has ${thousands(Number(count))} values, some of them beyond 9,007,199,254,740,991; of such at most ${thousands(Number(mostWritten))} are allowed`,
    );
  return {
    kind: 'values',
    name,
    values: Array.from({ length: Number(count) }, (_, index) => String(all.at(BigInt(index)))),
  };
}

const isCountable = ({ start, end }: IntRange): boolean =>
  Number.isSafeInteger(Number(start)) && Number.isSafeInteger(Number(end));

const frameRange = ({ start, end, step }: IntRange): FrameRange => ({
  first: Number(start),
  step: Number(step),
  count: Number((end - start) / step) + 1,
});

const mostIntervals = 100_000;

/** Without gaps in them, and none that goes on where another ends. */
function intervals(ranges: readonly FrameRange[]): readonly FrameRange[] {
  const found: { first: number; step: 1; count: number }[] = [];
  const add = (first: number, count: number): void => {
    const last = found.at(-1);
    if (last !== undefined && last.first + last.count === first) last.count += count;
    else found.push({ first, step: 1, count });
    if (found.length > mostIntervals)
      throw new TooLarge(
        `its chunks are to be without gaps, and there are more than ${mostIntervals} gaps between its values`,
      );
  };
  for (const { first, step, count } of ranges) {
    if (step === 1) add(first, count);
    else for (let index = 0; index < count; index++) add(first + index * step, 1);
  }
  return found;
}
