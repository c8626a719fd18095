/** Frames and other whole numbers that are done several at a time. */
import { endsOf, rangeEnds, rangeInWords, spotIn, type FrameRange } from './ranges';

/** So many frames at a time; a chunk never reaches from one range into the next. */
export interface FrameChunks {
  readonly kind: 'frameChunks';
  readonly ranges: readonly FrameRange[];
  readonly size: number;
}

/** What the tasks have of it. */
export const chunkParameters = ['Frames', 'FirstFrame', 'LastFrame', 'FrameStep'] as const;

/** Chunks of about the same size, as few as can be with at most `size` numbers in each. */
export interface NumberChunks {
  readonly kind: 'chunks';
  readonly name: string;
  readonly ranges: readonly FrameRange[];
  readonly size: number;
  /** True: a chunk is within one range, of which the step is 1, and reads `1-10`. Otherwise as `1-3,7-19:2`. */
  readonly contiguous: boolean;
}

const known = new WeakMap<FrameChunks | NumberChunks, Float64Array>();

/** Where the chunks of each range end; of chunks that may reach over ranges, there is only one such end. */
function chunkEnds(space: FrameChunks | NumberChunks): Float64Array {
  let ends = known.get(space);
  if (ends === undefined) {
    const { ranges, size } = space;
    const counts =
      space.kind === 'chunks' && !space.contiguous
        ? [rangeEnds(ranges).at(-1) ?? 0]
        : ranges.map(({ count }) => count);
    ends = endsOf(counts.map((count) => Math.ceil(count / size)));
    known.set(space, ends);
  }
  return ends;
}

export const chunkCount = (space: FrameChunks | NumberChunks): number => chunkEnds(space).at(-1) ?? 0;

export function frameChunkAt(space: FrameChunks, index: number): FrameRange {
  const { part, offset } = spotIn(chunkEnds(space), index);
  const { first, step, count } = space.ranges[part] ?? nothing;
  const from = offset * space.size;
  return { first: first + from * step, step, count: Math.min(space.size, count - from) };
}

const nothing: FrameRange = { first: 0, step: 1, count: 0 };

export function numberChunkAt(space: NumberChunks, index: number): string {
  const { ranges, size, contiguous } = space;
  const ends = chunkEnds(space);
  const { part, offset } = spotIn(ends, index);
  if (contiguous) {
    const { first, count } = ranges[part] ?? nothing;
    const [from, to] = evenPart(count, Math.ceil(count / size), offset);
    return `${first + from}-${first + to - 1}`;
  }
  const [from, to] = evenPart(rangeEnds(ranges).at(-1) ?? 0, ends.at(-1) ?? 0, offset);
  return setInWords(ranges, from, to);
}

/** Of `count` numbers in so many parts, which differ by one at most: where a part begins and ends. */
function evenPart(count: number, parts: number, index: number): readonly [from: number, to: number] {
  return [Math.ceil((index * count) / parts), Math.ceil(((index + 1) * count) / parts)];
}

/** The numbers from one position to before another. */
function setInWords(ranges: readonly FrameRange[], from: number, to: number): string {
  const pieces: string[] = [];
  let { part, offset } = spotIn(rangeEnds(ranges), from);
  for (let left = to - from; left > 0; part++, offset = 0) {
    const { first, step, count } = ranges[part] ?? nothing;
    const taken = Math.min(left, count - offset);
    pieces.push(rangeInWords(first + offset * step, step, taken, ':'));
    left -= taken;
  }
  return pieces.join(',');
}
