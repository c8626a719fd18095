/** What the engine needs from the outside. Production, tests and simulation differ only here. */
import type { Attempt } from '../../shared/model/attempt';
import type { AttemptId, JobId } from '../../shared/model/ids';
import type { Effect } from './effects';
import type { Fact } from './facts';

export interface Store {
  /** All facts, in the order in which they were appended. */
  load(onFact: (fact: Fact) => void): Promise<void>;
  /** Resolves when all of them are on disk; on failure none is. */
  append(facts: readonly Fact[]): Promise<void>;
  /** The attempts at tasks `from` to `from + count - 1` of a step, oldest first. */
  attempts(job: JobId, step: number, from: number, count: number): Promise<readonly Attempt[]>;
  close(): Promise<void>;
}

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
