/** Gaps in numbered files that steps read, such as the plates of a shot, as far as they are on this machine. */
import { opendir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Found } from '../../shared/model/finding';
import { numberAt, numberCount, type FrameRange } from '../../shared/model/space/ranges';
import type { Space } from '../../shared/model/space';
import { numberIn, type NamedSequence } from '../nodes/preflight/sequences';
import type { Look } from './looks';

/** More than anybody's shot has; what is beyond is not looked at. */
const mostSequences = 200;
const mostFiles = 200_000;
const mostFrames = 200_000;
/** So many runs of missing frames are told. */
const shown = 6;

interface Wish {
  readonly sequence: NamedSequence;
  /** The frames of the step's tasks; null: they do not matter. */
  readonly frames: readonly FrameRange[] | null;
  readonly there: Set<number>;
}

/** What earlier work may yet make is not missed. A disk that hangs is not waited for. */
export async function missingFrames(looks: readonly Look[], signal: AbortSignal): Promise<readonly Found[]> {
  const byFolder = new Map<string, Wish[]>();
  const wished = looks
    .filter(({ isFirst }) => isFirst)
    .flatMap(({ members }) =>
      members.flatMap(({ step, sequences }) => sequences.map((one) => ({ step, one }))),
    );
  for (const { step, one } of wished.slice(0, mostSequences)) {
    const folder = resolve(step.folder, one.folder);
    // A program that makes a film of frames reads all of them, whatever the tasks are.
    const isWhole = one.isSure && step.action.kind !== 'prepared';
    const frames = isWhole ? null : framesOf(step.space);
    const wish = { sequence: one, frames, there: new Set<number>() };
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), wish]);
  }
  const found: Found[] = [];
  const all = [...byFolder].map(async ([folder, wishes]) => {
    if (!(await look(folder, wishes, signal))) return;
    for (const wish of wishes) found.push(...foundOf(wish, folder));
  });
  await Promise.race([Promise.all(all), new Promise((done) => signal.addEventListener('abort', done))]);
  return [...found];
}

/** False: it is not here, or too large to be looked through. */
async function look(folder: string, wishes: readonly Wish[], signal: AbortSignal): Promise<boolean> {
  try {
    let files = 0;
    for await (const { name } of await opendir(folder)) {
      if (++files > mostFiles || signal.aborted) return false;
      for (const { sequence, there } of wishes) {
        const number = numberIn(sequence, name);
        if (number !== null) there.add(number);
      }
    }
    return true;
  } catch {
    // That a folder is missing is told elsewhere.
    return false;
  }
}

function foundOf({ sequence, frames, there }: Wish, folder: string): readonly Found[] {
  const { isSure, about, name } = sequence;
  if (there.size === 0 && !isSure) return [];
  const file = name.slice(name.lastIndexOf('/') + 1);
  const what = { severity: isSure ? ('warning' as const) : ('note' as const), code: 'frames-missing', about };
  if (there.size === 0) {
    const fix = 'check how it is written, or put the frames there';
    return [{ ...what, message: `no frame of ${file} is in ${folder}`, fix }];
  }
  const runs: [first: number, last: number][] = [];
  let missing = 0;
  for (const number of wantedNumbers(sequence, frames, there)) {
    if (there.has(number)) continue;
    missing++;
    const last = runs.at(-1);
    if (last !== undefined && last[1] + 1 === number) last[1] = number;
    else runs.push([number, number]);
  }
  if (missing === 0) return [];
  const told = runs
    .slice(0, shown)
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const more = runs.length > shown ? ' and more' : '';
  const noun =
    missing === 1
      ? `frame ${told.join('')} of ${file} is`
      : `frames ${told.join(', ')}${more} of ${file} are`;
  const message = `${noun} missing in ${folder}: ${there.size} are there`;
  return [{ ...what, message, fix: 'put them there, or leave them out of the frames' }];
}

/** In order: those that are named, or else those of the tasks, or else all between the first and the last. */
function* wantedNumbers(
  { span }: NamedSequence,
  frames: readonly FrameRange[] | null,
  there: ReadonlySet<number>,
): Generator<number> {
  if (span === null && frames !== null) {
    const numbers = Array.from({ length: Math.min(mostFrames, numberCount(frames)) }, (_, index) =>
      numberAt(frames, index),
    );
    yield* new Set(numbers.toSorted((a, b) => a - b));
    return;
  }
  let [first, last] = span ?? [Infinity, -Infinity];
  if (span === null)
    for (const number of there) [first, last] = [Math.min(first, number), Math.max(last, number)];
  for (let number = first; number <= Math.min(last, first + mostFrames); number++) yield number;
}

function framesOf(space: Space): readonly FrameRange[] | null {
  switch (space.kind) {
    case 'frames':
    case 'frameChunks':
      return space.ranges;
    case 'ordered':
      return framesOf(space.of);
    case 'product':
      return space.of.map(framesOf).find((ranges) => ranges !== null) ?? null;
    default:
      return null;
  }
}
