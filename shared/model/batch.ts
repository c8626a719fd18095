import type { Request } from './amounts';
import type { CheckpointRule, Fork } from './checkpoint';
import type { Dependency } from './dependency';
import type { FileRule } from './files';
import type { ProgressRule } from './progress';
import type { Requirements } from './requirements';
import type { RetryRule } from './retry';
import type { Space } from './space';
import type { BatchEnd, JobKind, Priority } from './states';

/** A recipe resolved completely: nothing is left to look up. The one truth about a submission. */
export interface Batch {
  readonly name: string;
  /** The recipe's file, when there was one. */
  readonly recipe: string | null;
  /** Where results go: `{{Output}}` in a recipe. Null: a folder of the Host's choosing. */
  readonly output: string | null;
  /** Whose work it is, for shares and quotas. */
  readonly tenant: string;
  /** The ends that the desktop tells of; missing: all of them. */
  readonly notify?: readonly BatchEnd[];
  readonly jobs: readonly Job[];
  readonly dependencies: readonly Dependency[];
  /** Missing: all of it begins anew. */
  readonly fork?: Fork;
}

export interface Job {
  readonly name: string;
  readonly kind: JobKind;
  readonly priority: Priority;
  /** Milliseconds since 1970. */
  readonly deadline: number | null;
  /** So many of its tasks run at once, at most. */
  readonly most: number | null;
  readonly steps: readonly Step[];
}

/** Tasks that share an action, a parameter space and resource needs. */
export interface Step {
  readonly name: string;
  readonly action: Action;
  readonly space: Space;
  readonly request: Request;
  readonly needs: Requirements;
  readonly retry: RetryRule;
  readonly timeoutMs: number | null;
  /** How long an attempt that is to end has for it; null: as usual. */
  readonly graceMs: number | null;
  /** May be stopped for more urgent work, and run again later. */
  readonly preemptible: boolean;
  /** How far its tasks are, by what they print. */
  readonly progress: ProgressRule;
  readonly files: FileRule;
  /** What its tasks go on from; missing: they begin again. */
  readonly checkpoints?: CheckpointRule;
  /** The working directory, absolute. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What its tasks share on a node, in the order in which it is entered. */
  readonly environments: readonly SessionEnvironment[];
  /** Values of the recipe's own parameters, the same for every task. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Which parameters, its tasks' as well, are paths, and so have other names on other nodes; null: what looks like one. */
  readonly paths: readonly string[] | null;
}

/** Entered once for the tasks of a step on a node, and left when nobody needs it any more. */
export interface SessionEnvironment {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Scripts; null: there is nothing to run. They may set more variables by what they print. */
  readonly enter: string | null;
  readonly leave: string | null;
  /** These and the variables are as in a prepared action: the variables are words of the shell. */
  readonly isPrepared: boolean;
  /** Of each script; null: as long as somebody waits for it. */
  readonly timeoutMs: number | null;
}

/** Texts hold `{{Name}}` for parameters; nodes/ puts the values in, safely quoted. */
export type Action =
  /** A script that fetches the values from where others find them too; nothing is put in. */
  | {
      readonly kind: 'prepared';
      readonly text: string;
      /** What it runs in the end; null: only it knows. */
      readonly program: string | null;
      /** Parameters that are files or folders which have to be there. */
      readonly reads: readonly string[];
    }
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] };

export interface StepReference {
  readonly job: string;
  readonly step: string | null;
}

/** Of a batch that names none. */
export const usualTenant = 'default';

/** Names that a recipe may always use, beside its own parameters and those of the task. */
export const builtInParameters = ['Output', 'Batch', 'Job', 'Step'] as const;
