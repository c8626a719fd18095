/** What is submitted, and what a check of it tells. */
import type { Capacity, Request } from '../model/amounts';
import type { Finding } from '../model/finding';
import type { ExpectedEnd } from '../model/forecast';
import type { BatchId, JobId } from '../model/ids';
import type { ScheduleRule } from '../model/schedule';
import type { JobKind } from '../model/states';
import type { Submission } from '../model/submission';

export interface NewBatch extends Submission {
  /** Also when the recipe has a schedule: once, now. */
  readonly now?: boolean;
}

export interface CheckedRecipe {
  readonly name: string;
  readonly jobs: readonly {
    readonly name: string;
    readonly kind: JobKind;
    readonly tasks: number;
    readonly after: readonly string[];
    readonly steps: readonly CheckedStep[];
  }[];
  readonly tasks: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** When the clock is to submit it; null: it does not say. */
  readonly schedule: ScheduleRule | null;
  /** What `50%` and `max` were taken of; empty where the recipe has none. */
  readonly relativeTo: readonly KnownNode[];
  /** What was found when it was tried on a copy of the farm; the worst first, at most 50. */
  readonly findings: readonly Finding[];
  /** Where tasks of it would start at once. */
  readonly starts: readonly { readonly node: string; readonly tasks: number }[];
  /** When all of it is expected to have ended; null: not worked out, or it does not end as things are. */
  readonly end: ExpectedEnd | null;
}

export interface CheckedStep {
  readonly name: string;
  readonly request: Request;
  readonly tasks: number;
  /** A few of its tasks. None where it has a single one. */
  readonly first: readonly TaskName[];
  /** Those at its end that are not among the first. */
  readonly last: readonly TaskName[];
}

export interface TaskName {
  /** `frame 12`. */
  readonly label: string;
  /** Of its only parameter: `12`, or `1-10`; null: it has none or several. */
  readonly value: string | null;
}

export interface KnownNode {
  readonly name: string;
  readonly capacity: Capacity;
}

export interface SubmittedBatch {
  readonly batch: BatchId;
  readonly name: string;
  readonly jobs: readonly JobId[];
  readonly tasks: number;
  readonly output: string;
}

export interface Sample {
  readonly name: string;
  readonly title: string;
  readonly kind: JobKind;
  readonly description: string;
  readonly recipe: string;
  /** Programs that it runs: `Blender`. */
  readonly needs: readonly string[];
  /** Those of them that no node has. */
  readonly missing: readonly string[];
}
