import type { JobKind, Priority } from './states';
import type { Space } from './space';

/** A recipe resolved completely: nothing is left to look up. The one truth about a submission. */
export interface Batch {
  readonly name: string;
  /** The recipe's file, when there was one. */
  readonly recipe: string | null;
  /** Where results go: `{{Output}}` in a recipe. Null: a folder of the Host's choosing. */
  readonly output: string | null;
  readonly jobs: readonly Job[];
  readonly dependencies: readonly Dependency[];
}

export interface Job {
  readonly name: string;
  readonly kind: JobKind;
  readonly priority: Priority;
  readonly steps: readonly Step[];
}

/** Tasks that share an action, a parameter space and resource needs. */
export interface Step {
  readonly name: string;
  readonly action: Action;
  readonly space: Space;
  readonly request: Request;
  /** The working directory, absolute. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Values of the recipe's own parameters, the same for every task. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Texts hold `{{Name}}` for parameters; nodes/ puts the values in, safely quoted. */
export type Action =
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] };

/** What a task of the step needs while it runs. */
export interface Request {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** `to` waits until every task of `from` has completed. Without a step, all steps of the job. */
export interface Dependency {
  readonly type: 'SEQUENTIAL';
  readonly from: StepReference;
  readonly to: StepReference;
}

export interface StepReference {
  readonly job: string;
  readonly step: string | null;
}

/** Names that a recipe may always use, beside its own parameters and those of the task. */
export const builtInParameters = ['Output', 'Batch', 'Job', 'Step'] as const;
