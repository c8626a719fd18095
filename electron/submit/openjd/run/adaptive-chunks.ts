/** Chunks that grow or shrink until each takes about as long as the template wants. */
import type { Chunks, IntRange, ParameterSpace } from '../model';
import { countOf, parseRanges, rangesInWords } from '../ranges';
import type { Task, TaskSource } from './task-source';

/** The first chunks give a first impression: they change the size only little by little. */
const firstImpression = 10;
const shareOfNews = 0.25;

export class AdaptiveChunks implements TaskSource {
  /** Of the values of all other parameters. */
  private combination = 0n;
  /** As the space cuts them. */
  private chunk = 0n;
  /** Values of chunks before that one, which are still to come. */
  private left: IntRange[] = [];
  private size: number;
  private lastCount = 0n;
  private readonly done = { chunks: 0, values: 0n, seconds: 0 };
  private readonly chunkCount: bigint;
  /** How many tasks follow each other with the same chunk. */
  private readonly stride: bigint;

  /** Null: none of its parameters is in such chunks. */
  static of(space: ParameterSpace): AdaptiveChunks | null {
    for (const [position, { chunks, count }] of space.parameters.entries())
      if (chunks !== null && (chunks.targetRuntimeSeconds ?? 0) > 0)
        return new AdaptiveChunks(space, position, chunks, count);
    return null;
  }

  private constructor(
    private readonly space: ParameterSpace,
    private readonly position: number,
    private readonly chunks: Chunks,
    count: bigint,
  ) {
    this.size = chunks.defaultTaskCount;
    this.chunkCount = count;
    this.stride = this.findStride();
  }

  /** All chunks of one combination of the other parameters come before those of the next. */
  next(): Task | null {
    if (this.left.length === 0 && this.chunk === this.chunkCount) {
      this.chunk = 0n;
      this.combination++;
    }
    if (this.combination >= this.space.taskCount / this.chunkCount) return null;
    const ranges = this.take(BigInt(Math.max(1, Math.floor(this.size))));
    this.lastCount = ranges.reduce((sum, range) => sum + countOf(range), 0n);
    const value = this.isContiguous ? spanInWords(ranges) : rangesInWords(ranges);
    return this.taskAt(0n).map((parameter, position) =>
      position === this.position ? { ...parameter, value } : parameter,
    );
  }

  took(seconds: number): void {
    this.done.chunks++;
    this.done.values += this.lastCount;
    this.done.seconds += seconds;
    const valuesASecond = Number(this.done.values) / Math.max(this.done.seconds, 0.001);
    const ideal = (this.chunks.targetRuntimeSeconds ?? 0) * valuesASecond;
    this.size = this.done.chunks <= firstImpression ? this.size + (ideal - this.size) * shareOfNews : ideal;
  }

  private get isContiguous(): boolean {
    return this.chunks.rangeConstraint === 'CONTIGUOUS';
  }

  private take(most: bigint): readonly IntRange[] {
    const taken: IntRange[] = [];
    let room = most;
    while (room > 0n) {
      const range = this.nextRange();
      const before = taken.at(-1);
      if (range === null) break;
      if (this.isContiguous && before !== undefined && before.end + 1n !== range.start) break;
      const { start, end, step } = range;
      // What goes in steps has a gap after each value.
      const allowed = this.isContiguous && step !== 1n ? 1n : room;
      const count = countOf(range) < allowed ? countOf(range) : allowed;
      const next = start + count * step;
      taken.push({ start, end: next - step, step });
      this.left.splice(0, 1, ...(next <= end ? [{ start: next, end, step }] : []));
      room -= count;
    }
    return taken;
  }

  /** Also beyond where the space cuts a chunk. */
  private nextRange(): IntRange | null {
    while (this.left.length === 0 && this.chunk < this.chunkCount) {
      const ranges = parseRanges(this.taskAt(this.chunk++)[this.position]?.value ?? '');
      if (!ranges.ok) throw new Error(`a chunk is no range: ${ranges.message}`);
      this.left = [...ranges.ranges];
    }
    return this.left[0] ?? null;
  }

  private taskAt(chunk: bigint): Task {
    const before = this.combination / this.stride;
    const after = this.combination % this.stride;
    return this.space.taskParametersAt((before * this.chunkCount + chunk) * this.stride + after);
  }

  /** The first task with another chunk than the first one. */
  private findStride(): bigint {
    if (this.chunkCount === 1n) return 1n;
    const chunkOf = (index: bigint) => this.space.taskParametersAt(index)[this.position]?.value;
    const first = chunkOf(0n);
    let same = 0n;
    let other = 1n;
    while (chunkOf(other) === first) [same, other] = [other, other * 2n];
    while (other - same > 1n) {
      const middle = (same + other) / 2n;
      if (chunkOf(middle) === first) same = middle;
      else other = middle;
    }
    return other;
  }
}

function spanInWords(ranges: readonly IntRange[]): string {
  return `${ranges[0]?.start}-${ranges.at(-1)?.end}`;
}
