import type { StepReference } from './batch';

/** What it means for the later work when the earlier work did not do what was waited for. */
export const upstreamFailures = ['hold', 'fail', 'bypass'] as const;
export type UpstreamFailure = (typeof upstreamFailures)[number];

/**
 * Which earlier tasks a later task waits for. `all`: every one. `groups`: the n-th group of `from`
 * earlier tasks lets the n-th group of `to` later ones go; 1 and 1 is the same index, 10 and 1 frames
 * to chunks, 1 and 10 chunks to frames. `pairs`: exactly these.
 */
export type Mapping =
  | { readonly kind: 'all' }
  | { readonly kind: 'groups'; readonly from: number; readonly to: number }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [from: number, to: number])[] };

export const comparisons = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Comparison = (typeof comparisons)[number];

export type Condition =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'exitCode'; readonly codes: readonly number[] }
  /** Met as soon as any task reports it, also while it still runs. */
  | { readonly kind: 'value'; readonly name: string; readonly is: Comparison; readonly than: number };

/**
 * A part of each day by the clocks of a time zone: over midnight when it closes before it opens, always
 * open when the two are the same.
 */
export interface DailyWindow {
  /** `HH:MM` */
  readonly opens: string;
  readonly closes: string;
  /** IANA, such as Europe/Berlin. */
  readonly timeZone: string;
}

export type TimeRule =
  | { readonly kind: 'notBefore'; readonly at: number }
  /** Counted from the end of the earlier work. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'window'; readonly window: DailyWindow };

/** What a dependency asks for, whatever its two ends are. */
export type Relation =
  | { readonly type: 'SEQUENTIAL'; readonly mapping: Mapping }
  /** Files that the earlier work must have produced: names or globs, in its folder or output. */
  | { readonly type: 'DATA'; readonly files: readonly string[] }
  | { readonly type: 'CONDITIONAL'; readonly condition: Condition }
  | { readonly type: 'TEMPORAL'; readonly rule: TimeRule }
  /** While a task of the later work runs, it holds so much of a resource that the whole farm shares. */
  | { readonly type: 'RESOURCE'; readonly resource: string; readonly amount: number };

/** An edge of the graph. Without a step, an end means all steps of the job. */
export interface Dependency {
  /** Null where nothing comes before: TEMPORAL rules by the clock, and RESOURCE. */
  readonly from: StepReference | null;
  readonly to: StepReference;
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
}

/** A file that an earlier step made, as it was when the later one was allowed to start. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
}

/** Between single tasks. */
export type SingleMapping = Exclude<Mapping, { readonly kind: 'all' }>;

export const sameIndex: Mapping = { kind: 'groups', from: 1, to: 1 };
export const allToAll: Mapping = { kind: 'all' };

/** Work that is only for one outcome is left out after another one; other work lacks what it needs. */
export function isForOneOutcome(relation: Relation): boolean {
  return (
    relation.type === 'CONDITIONAL' &&
    (relation.condition.kind === 'failed' || relation.condition.kind === 'exitCode')
  );
}

/** A value of which the comparison is true. */
export function meeting(is: Comparison, than: number): number {
  switch (is) {
    case '<':
      return than - 1;
    case '>':
    case '!=':
      return than + 1;
    case '<=':
    case '>=':
    case '==':
      return than;
  }
}

export function compare(value: number, is: Comparison, than: number): boolean {
  switch (is) {
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '>':
      return value > than;
    case '>=':
      return value >= than;
    case '==':
      return value === than;
    case '!=':
      return value !== than;
  }
}
