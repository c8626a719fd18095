import type { AgentFiles } from '../reach';
import { findHere } from './find-here';

export interface LogQuery {
  readonly text: string;
  readonly direction: 'forwards' | 'backwards';
  /** Forwards, matches that begin here or later are looked for; backwards, those that begin before. */
  readonly from: number;
  readonly most: number;
}

export interface LogFound {
  /** Where matches begin, in the order of the log. */
  readonly matches: readonly number[];
  /** All that begin between `from` and here are told of; a search can go on from here. */
  readonly to: number;
  /** It came to the end of the log, or backwards to its beginning. */
  readonly toEnd: boolean;
  readonly size: number;
}

/** The first or the last matches of one stretch of a file, none of which overlap. Null: it cannot tell. */
export type FindInStretch = (stretch: Stretch, most: number, keep: Keep) => Promise<readonly number[] | null>;

export interface Stretch {
  readonly from: number;
  readonly bytes: number;
}

export type Keep = 'first' | 'last';

const stretchHere = 1024 * 1024;
/** Big enough to be worth the way there, small enough to be searched in seconds. */
const stretchThere = 64 * 1024 * 1024;

/**
 * Searches a log, where it lies if that machine can do it, else by reading it in pieces. When `signal`
 * is aborted it ends after the stretch that it is at: the answer then says how far it came.
 */
export async function searchLog(
  files: AgentFiles,
  path: readonly string[],
  query: LogQuery,
  signal: AbortSignal,
): Promise<LogFound> {
  const file = await files.read(path, 0, 0);
  const size = file?.size ?? 0;
  const { find } = files;
  const there =
    find === null
      ? null
      : await searchStretches(query, size, stretchThere, signal, (stretch, most, keep) =>
          find(path, query.text, stretch, most, keep),
        );
  if (there !== null) return there;
  const here = await searchStretches(query, size, stretchHere, signal, findHere(files, path, query.text));
  if (here === null) throw new Error('a log that is read can always be searched');
  return here;
}

/** Null: the finder cannot tell. */
export async function searchStretches(
  query: LogQuery,
  size: number,
  stretch: number,
  signal: AbortSignal,
  find: FindInStretch,
): Promise<LogFound | null> {
  const forwards = query.direction === 'forwards';
  const textBytes = Buffer.byteLength(query.text);
  let matches: readonly number[] = [];
  let to = Math.min(query.from, size);
  while (forwards ? to + textBytes <= size : to > 0) {
    const from = forwards ? to : Math.max(0, to - stretch);
    // A match may begin in this stretch and end in the next, but not in one that was found there.
    const last = forwards ? from + stretch : to;
    const end = Math.min(last + textBytes - 1, forwards ? size : (matches[0] ?? size));
    const most = query.most - matches.length;
    const found = await find({ from, bytes: end - from }, most, forwards ? 'first' : 'last');
    if (found === null) return null;
    matches = forwards ? [...matches, ...found] : [...found, ...matches];
    const isFull = found.length >= most;
    // What is added to the log can complete a match that begins before its end.
    const known = isFull ? from : Math.min(last, size - textBytes + 1);
    if (forwards) to = Math.max(known, (found.at(-1) ?? -Infinity) + textBytes);
    else to = isFull ? Math.max(0, (found[0] ?? from) - textBytes + 1) : from;
    if (isFull || signal.aborted) break;
  }
  return { matches, to, toEnd: forwards ? to + textBytes > size : to === 0, size };
}
