/**
 * The parameter space of a step. A task is an index into it: its parameters are computed when
 * needed, so that a step of a million tasks is a few numbers.
 */
import { chunkCount, frameChunkAt, numberChunkAt, type FrameChunks, type NumberChunks } from './space/chunks';
import { shuffledAt } from './space/draw';
import { numberBetween, type Scale } from './space/numbers';
import { positionAt, type TaskOrder } from './space/order';
import { numberAt, numberCount, rangeInWords, type FrameRange } from './space/ranges';
import { positionOf, spanValue, type SamplePlan, type Span } from './space/sample';

export type { FrameRange } from './space/ranges';

export type Space =
  | { readonly kind: 'single' }
  | { readonly kind: 'frames'; readonly ranges: readonly FrameRange[] }
  | FrameChunks
  /** Of a single parameter: texts, whole numbers, evenly spaced numbers, whole numbers several at a time. */
  | { readonly kind: 'values'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly name: string; readonly ranges: readonly FrameRange[] }
  | EvenSpace
  | NumberChunks
  /** A table: a value of each name in each row. */
  | {
      readonly kind: 'rows';
      readonly names: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  /** All combinations; the last changes first. */
  | { readonly kind: 'product'; readonly of: readonly Space[] }
  /** Side by side: all of them have as many. */
  | { readonly kind: 'zip'; readonly of: readonly Space[] }
  | SampledSpace
  /** So many of all combinations, each at most once. */
  | { readonly kind: 'drawn'; readonly of: Space; readonly count: number; readonly seed: number }
  | SpaceWithout
  | { readonly kind: 'ordered'; readonly of: Space; readonly order: TaskOrder };

export interface EvenSpace {
  readonly kind: 'even';
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly scale: Scale;
}

export interface SampledSpace extends SamplePlan {
  readonly kind: 'sampled';
  readonly of: readonly (Space | Span)[];
}

/** Some are left out: before the task `at[i]`, `skipped[i]` of them so far. */
export interface SpaceWithout {
  readonly kind: 'without';
  readonly of: Space;
  readonly at: readonly number[];
  readonly skipped: readonly number[];
}

export function taskCount(space: Space): number {
  switch (space.kind) {
    case 'single':
      return 1;
    case 'frames':
    case 'range':
      return numberCount(space.ranges);
    case 'frameChunks':
    case 'chunks':
      return chunkCount(space);
    case 'values':
      return space.values.length;
    case 'rows':
      return space.rows.length;
    case 'even':
    case 'sampled':
    case 'drawn':
      return space.count;
    case 'product':
      return space.of.reduce((count, each) => count * taskCount(each), 1);
    case 'zip': {
      const [first] = space.of;
      return first === undefined ? 1 : taskCount(first);
    }
    case 'without':
      return taskCount(space.of) - (space.skipped.at(-1) ?? 0);
    case 'ordered':
      return taskCount(space.of);
  }
}

/** The values of one task's parameters, by name. */
export function taskParameters(space: Space, index: number): Readonly<Record<string, string>> {
  if (!(index >= 0 && index < taskCount(space))) throw new RangeError(`task ${index} is outside of the step`);
  const values: [string, string][] = [];
  addValues(space, index, values);
  return Object.fromEntries(values);
}

function addValues(space: Space, index: number, values: [string, string][]): void {
  switch (space.kind) {
    case 'single':
      return;
    case 'frames':
      values.push(['Frame', String(numberAt(space.ranges, index))]);
      return;
    case 'frameChunks': {
      const { first, step, count } = frameChunkAt(space, index);
      values.push(
        ['Frames', rangeInWords(first, step, count, 'x')],
        ['FirstFrame', String(first)],
        ['LastFrame', String(first + (count - 1) * step)],
        ['FrameStep', String(step)],
      );
      return;
    }
    case 'values':
      values.push([space.name, space.values[index] ?? '']);
      return;
    case 'range':
      values.push([space.name, String(numberAt(space.ranges, index))]);
      return;
    case 'even':
      values.push([space.name, String(evenValue(space, index))]);
      return;
    case 'chunks':
      values.push([space.name, numberChunkAt(space, index)]);
      return;
    case 'rows':
      for (const [column, name] of space.names.entries())
        values.push([name, space.rows[index]?.[column] ?? '']);
      return;
    case 'product': {
      const places: number[] = [];
      let rest = index;
      for (const each of space.of.toReversed()) {
        const count = taskCount(each);
        places.push(rest % count);
        rest = Math.floor(rest / count);
      }
      for (const each of space.of) addValues(each, places.pop() ?? 0, values);
      return;
    }
    case 'zip':
      for (const each of space.of) addValues(each, index, values);
      return;
    case 'sampled':
      for (const [dimension, each] of space.of.entries()) {
        const position = positionOf(space, dimension, index);
        if (each.kind === 'span') values.push([each.name, spanValue(each, position)]);
        else addValues(each, Math.floor(position * taskCount(each)), values);
      }
      return;
    case 'drawn':
      return addValues(space.of, shuffledAt(space.seed, 0, taskCount(space.of), index), values);
    case 'without':
      return addValues(space.of, index + skippedBefore(space, index), values);
    case 'ordered':
      return addValues(space.of, positionAt(space.order, taskCount(space.of), index), values);
  }
}

const evenValue = ({ from, to, count, scale }: EvenSpace, index: number): number =>
  numberBetween(from, to, scale, count === 1 ? 0 : index / (count - 1));

function skippedBefore({ at, skipped }: SpaceWithout, index: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (skipped[low - 1] ?? 0);
}

/** In the order in which tasks have their values. */
export const parameterNames = (space: Space): readonly string[] => Object.keys(taskParameters(space, 0));

/** How people name a task of a step: `frame 12`, `Mass=2, frames 1-10`, or nothing where there is only one. */
export function taskLabel(space: Space, index: number): string {
  const parts = labelParts(space, index).map(([name, value]) => (name === '' ? value : `${name}=${value}`));
  return shortened(parts.join(', '), longestLabel);
}

const longestShort = 6;

/** For where there is little room: `12` of `frame 12`; nothing where that does not tell tasks apart. */
export function shortTaskLabel(space: Space, index: number): string {
  const [[, value] = ['', ''], ...more] = labelParts(space, index);
  const short = value.replace(/^frames? /, '');
  return more.length > 0 || short.length > longestShort ? '' : short;
}

/** A name where the value does not tell by itself what it is. */
function labelParts(space: Space, index: number): readonly (readonly [name: string, value: string])[] {
  const values = taskParameters(space, index);
  const isChunk = Object.hasOwn(values, 'Frames');
  return Object.entries(values).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (isChunk && partsOfChunk.includes(name)) return [];
    const short = shortened(value, longestValue);
    if (name !== 'Frame' && name !== 'Frames') return [[name, short]];
    return [['', `${/^-?\d+$/.test(value) ? 'frame' : 'frames'} ${short}`]];
  });
}

const partsOfChunk: readonly string[] = ['FirstFrame', 'LastFrame', 'FrameStep'];
const longestValue = 40;
const longestLabel = 160;

const shortened = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
