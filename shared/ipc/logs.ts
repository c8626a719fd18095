/** Pieces of a log, and searches in it. */
import type { AttemptId } from '../model/ids';
import type { AttemptPlace } from './job';

export interface LogPlace extends AttemptPlace {
  /** A byte offset; negative counts from the end. */
  readonly from: number;
  /** At most 1 MiB. */
  readonly bytes: number;
}

export interface LogPiece {
  readonly attempt: AttemptId | null;
  readonly from: number;
  /** Where the next piece starts. */
  readonly to: number;
  /** Of the whole log. */
  readonly size: number;
  readonly text: string;
  /** Nothing will be added. */
  readonly complete: boolean;
}

export interface LogSearch extends AttemptPlace {
  /** As it stands there, byte for byte; only the case of ASCII letters does not matter. */
  readonly text: string;
  readonly direction: 'forwards' | 'backwards';
  /** A byte offset. Forwards, matches that begin here or later are told; backwards, those that begin before. */
  readonly from: number;
  /** At most 1,000. */
  readonly most: number;
  /** Whether the lines of the matches are wanted as well. */
  readonly withLines: boolean;
}

export interface LogMatches {
  readonly attempt: AttemptId | null;
  /** In the order of the log. */
  readonly matches: readonly LogMatch[];
  /** All that begin between `from` and here are told: the next search goes on from here. */
  readonly to: number;
  /** The search came to the end of the log, or backwards to its beginning. */
  readonly toEnd: boolean;
  /** Of the whole log. */
  readonly size: number;
}

export interface LogMatch {
  /** The byte where it begins. */
  readonly at: number;
  readonly line: MatchedLine | null;
}

/** The line of a match; of a very long one, what is around the match. */
export interface MatchedLine {
  readonly at: number;
  readonly text: string;
}
