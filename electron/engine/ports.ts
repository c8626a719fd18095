/** What the engine needs from the outside. Production, tests and simulation differ only here. */
import type { Attempt } from '../../shared/model/attempt';
import type { Checkpoint, CheckpointId, WentOn } from '../../shared/model/checkpoint';
import type { HistoryEntry } from '../../shared/model/history';
import type { AttemptId, BatchId, JobId } from '../../shared/model/ids';
import type { Effect } from './effects';
import type { Fact } from './facts';

export interface Store {
  /**
   * The newest good snapshot, if there is one, and then all facts after it in the order in which
   * they were appended. Resolves to what a person should know, such as a damaged snapshot.
   */
  load(onSnapshot: (state: Uint8Array) => void, onFact: (fact: Fact) => void): Promise<readonly string[]>;
  /**
   * Resolves when all of them are on disk. On failure none is, nor is any of those that were
   * appended after them before the failure was known.
   */
  append(facts: readonly Fact[]): Promise<void>;
  /**
   * Keeps the state that all facts appended so far, but for the last so many, have led to, so that it
   * need not be rebuilt from them. Refused while the newest append has failed. The store takes the
   * bytes: use them no more.
   */
  saveSnapshot(state: Uint8Array, behind?: number): Promise<void>;
  /** The attempts at tasks `from` to `from + count - 1` of a step, those at the same task oldest first. */
  attempts(job: JobId, step: number, from: number, count: number): Promise<readonly Attempt[]>;
  /** What was done before the entry with this number, the newest first; of one batch or job, or of all. */
  history(about: BatchId | JobId | null, before: number, count: number): Promise<readonly HistoryEntry[]>;
  /** The newest first; `before` is a number that they are below. */
  checkpoints(which: WhichCheckpoints, before: number, count: number): Promise<readonly Checkpoint[]>;
  /** From what attempts at a task went on, by what they printed. */
  wentOn(job: JobId, step: number, task: number): Promise<readonly WentOn[]>;
  close(): Promise<void>;
}

export type WhichCheckpoints =
  | { readonly of: 'all' }
  | { readonly of: 'batch'; readonly batch: BatchId }
  | { readonly of: 'job'; readonly job: JobId }
  | { readonly of: 'task'; readonly job: JobId; readonly step: number; readonly task: number }
  | { readonly of: 'one'; readonly checkpoint: CheckpointId };

export interface Clock {
  now(): number;
  /** Calls once, after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, call: () => void): () => void;
}

export interface Ids {
  /** Never the same twice, also not for another Host or after a reinstallation. */
  attempt(): AttemptId;
}

export interface Effects {
  perform(effect: Effect): void;
}
