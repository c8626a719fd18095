/** A job, its steps, their tasks and each try at them. */
import type { Request } from '../model/amounts';
import type { AttemptEnd, AttemptUsage } from '../model/attempt';
import type { Fork } from '../model/checkpoint';
import type { Relation } from '../model/dependency';
import type { JobForecast } from '../model/forecast';
import type { AttemptId, JobId, NodeId } from '../model/ids';
import type { Requirements } from '../model/requirements';
import type { RetryRule } from '../model/retry';
import type { Space } from '../model/space';
import type { TaskCounts, TaskState } from '../model/states';
import type { TaskRanges } from '../model/task-ranges';
import type { Verdict } from '../model/verdict';
import type { JobRow } from './queue';

export interface JobDetail extends JobRow {
  readonly batchName: string;
  readonly owner: string;
  readonly tenant: string;
  /** So many of its tasks run at once, at most. */
  readonly most: number | null;
  readonly submittedAt: number;
  readonly output: string;
  readonly recipe: string | null;
  /** The jobs that it or a step of it comes after. */
  readonly after: readonly JobId[];
  /** What else it waits for: the clock, locks. */
  readonly conditions: readonly Relation[];
  readonly steps: readonly StepDetail[];
  /** From where it began; null: at the beginning. */
  readonly branch: Fork | null;
  /** Some of its tasks write what they can go on from. */
  readonly savesWork: boolean;
  /** Why what waits does not run. Empty when nothing waits. */
  readonly verdicts: readonly Verdict[];
  /** Null: not worked out yet, or nothing is left to come. */
  readonly forecast: JobForecast | null;
}

export interface StepDetail {
  readonly name: string;
  readonly count: number;
  /** Null: a long table, too much to be told with every change; rows of tasks have their labels. */
  readonly space: Space | null;
  readonly tasks: TaskCounts;
  readonly request: Request;
  readonly needs: Requirements;
  readonly retry: RetryRule;
  readonly timeoutMs: number | null;
  readonly preemptible: boolean;
  /** The command as it was written, with its `{{Name}}`s; of a template, the script that was prepared of it. */
  readonly command: string;
  /** What a prepared script runs in the end; null: only it knows, or it is none. */
  readonly program: string | null;
  readonly folder: string;
}

/** Where a job came from, and what its attempts used against what was asked for. */
export interface JobAbout {
  /** Null: nobody knows any more. */
  readonly origin: JobOrigin | null;
  /** What a person gave for the parameters; the others are as the recipe has them. */
  readonly given: Readonly<Record<string, string>>;
  readonly steps: readonly StepAbout[];
}

export type JobOrigin =
  | { readonly kind: 'preset'; readonly name: string; readonly title: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly name: string };

export interface StepAbout {
  readonly name: string;
  /** Values that all of its tasks have. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly asked: { readonly cpu: number; readonly memoryMiB: number };
  /** Null: no attempt has been measured yet. */
  readonly used: StepUse | null;
  /** What to ask for next time. */
  readonly suggestions: readonly { readonly what: string; readonly why: string }[];
}

export interface StepUse {
  /** So many attempts were measured. */
  readonly attempts: number;
  /** Of very many tasks only some were looked at. */
  readonly isPart: boolean;
  readonly cpuMs: number;
  readonly peakMemoryMiB: number | null;
  /** Kept busy on average; null: nothing lasted long enough to tell. */
  readonly cores: number | null;
}

export interface StepPlace {
  readonly job: JobId;
  readonly step: number;
}

/** Tasks of a step: at most 10,000 runs of them. */
export interface SomeTasks extends StepPlace {
  readonly tasks: TaskRanges;
  readonly why: string | null;
}

export interface TaskPlace extends StepPlace {
  readonly task: number;
}

export interface TaskRange extends StepPlace {
  readonly from: number;
  /** At most 1,000. */
  readonly count: number;
}

export interface TaskRow {
  readonly task: number;
  readonly label: string;
  readonly state: TaskState;
  readonly attempts: number;
  /** Of the newest attempt. */
  readonly attempt: AttemptId | null;
  readonly node: string | null;
  readonly assignedAt: number | null;
  readonly endedAt: number | null;
  readonly end: AttemptEnd | null;
  readonly usage: AttemptUsage | null;
  /** As its output tells, 0 to 1, while it runs. */
  readonly progress: number | null;
  readonly phrase: string | null;
}

/** Of the attempt, or where none is named, of the newest. */
export interface AttemptPlace extends TaskPlace {
  readonly attempt?: AttemptId;
}

/** Each try at a task; the newest is the last. */
export interface AttemptRow {
  readonly id: AttemptId;
  readonly node: NodeId;
  readonly nodeName: string;
  readonly assignedAt: number;
  readonly endedAt: number | null;
  readonly end: AttemptEnd | null;
  readonly usage: AttemptUsage | null;
  /** Missing: none of its work was lost, or nobody knows. */
  readonly lostMs?: number;
}

/** One letter a task in the view `taskStates`. */
export const taskLetters: Readonly<Record<TaskState, string>> = {
  PENDING: 'P',
  QUEUED: 'Q',
  RUNNING: 'R',
  COMPLETED: 'C',
  FAILED: 'F',
  CANCELLED: 'X',
};
