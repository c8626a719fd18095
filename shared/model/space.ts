/**
 * The parameter space of a step. A task is an index into it: its parameters are computed when
 * needed, so that a step of a million frames is a few numbers.
 */
export type Space =
  | { readonly kind: 'single' }
  | { readonly kind: 'frames'; readonly ranges: readonly FrameRange[] };

/** `first`, `first + step`, ... : `count` frames. `step` may be negative. */
export interface FrameRange {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

export function taskCount(space: Space): number {
  switch (space.kind) {
    case 'single':
      return 1;
    case 'frames':
      return space.ranges.reduce((sum, range) => sum + range.count, 0);
  }
}

/** The values of one task's parameters, by name. */
export function taskParameters(space: Space, index: number): Readonly<Record<string, string>> {
  return space.kind === 'single' ? {} : { Frame: String(frameAt(space.ranges, index)) };
}

export function frameAt(ranges: readonly FrameRange[], index: number): number {
  let rest = index;
  for (const range of ranges) {
    if (rest < range.count) return range.first + rest * range.step;
    rest -= range.count;
  }
  throw new RangeError(`task ${index} is outside of the step`);
}

/** How people name a task of a step: `frame 12`, or nothing where there is only one. */
export function taskLabel(space: Space, index: number): string {
  return space.kind === 'single' ? '' : `frame ${frameAt(space.ranges, index)}`;
}

export function parameterNames(space: Space): readonly string[] {
  return space.kind === 'single' ? [] : ['Frame'];
}
