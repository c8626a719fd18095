/**
 * All that a window or a terminal may ask of a Host: requests, answered once, and views, which
 * start with a picture and go on with deltas. The messages that carry them are in messages.ts,
 * the schemas that guard the Host's side in schemas.ts.
 */
import type { AttemptEnd, AttemptUsage } from '../model/attempt';
import type { BacktestSummary, Forecast, JobForecast, WhatIf, ExpectedEnd } from '../model/forecast';
import type { LinkPreview, NewEdge } from '../model/edge';
import type { HistoryEntry } from '../model/history';
import type { AttemptId, BatchId, EdgeId, JobId, NodeId } from '../model/ids';
import type { ResourceUsage } from '../model/resource-usage';
import type { FarmSettings } from '../model/settings';
import type {
  BatchEnd,
  BatchState,
  DependencyState,
  JobKind,
  JobState,
  NodeKind,
  NodeState,
  Priority,
  TaskCounts,
  TaskState,
} from '../model/states';
import type { Capacity, Request } from '../model/amounts';
import type { Relation } from '../model/dependency';
import type { Finding } from '../model/finding';
import type { Requirements } from '../model/requirements';
import type { RetryRule } from '../model/retry';
import type { ScheduleRule } from '../model/schedule';
import type { Space } from '../model/space';
import type { Submission } from '../model/submission';
import type { TaskRanges } from '../model/task-ranges';
import type { Verdict } from '../model/verdict';
import type { NodeAnswers, NodeTrial, NodeWish, VitalReading } from './nodes';
import type { CommandedChange } from '../model/farm-change';
import type { FormWish, OpenedForm, PresetCard } from './forms';
import type {
  FarmWish,
  NewSchedule,
  ReservationRow,
  ReservationWish,
  ScheduleRow,
  ScheduleWish,
  Why,
} from './plans';

export type None = Readonly<Record<string, never>>;

export interface Requests {
  'host.info': { params: None; answer: HostInfo };
  /** With what is known at once of whether it would run. */
  'recipe.check': { params: Submission; answer: CheckedRecipe };
  /** As recipe.check; the nodes are asked as well, and a forecast is made: that takes about two seconds at most. */
  'recipe.preflight': { params: Submission; answer: CheckedRecipe };
  'batch.submit': { params: NewBatch; answer: SubmittedBatch };
  /** `what` is a batch (`b7`), a job (`b7.melt`) or a job's bare name: then the newest. */
  'batch.cancel': { params: Wish; answer: Changed };
  'batch.retry': { params: Wish; answer: Changed };
  /** Cancels those of the tasks that wait or run. */
  'task.cancel': { params: SomeTasks; answer: Changed };
  /** Runs those of the tasks again that failed or were cancelled. */
  'task.retry': { params: SomeTasks; answer: Changed };
  /** Starts nothing more of it until it is released; what runs goes on. */
  'batch.hold': { params: Wish; answer: Changed };
  'batch.release': { params: Wish; answer: Changed };
  /** Null: stays as it is; a deadline of 0: none any more. */
  'batch.order': {
    params: Wish & { readonly priority: Priority | null; readonly deadline: number | null };
    answer: Changed;
  };
  /** Writes its execution report now: into a folder, or where it belongs. */
  'batch.report': {
    params: { readonly what: string; readonly folder: string | null };
    answer: WrittenReport;
  };
  /** Why what waits of it does not run, and the cheapest change that would let it start. */
  'job.why': { params: { readonly what: string }; answer: Why };
  /** To many jobs as one: where it cannot be done it is left; refused only when it can be done to none. */
  'jobs.change': {
    params: { readonly jobs: readonly JobId[]; readonly change: JobsChange; readonly why: string | null };
    answer: Changed;
  };
  /** Makes a change that `job.why` told of. */
  'change.apply': {
    params: { readonly change: CommandedChange; readonly why: string | null };
    answer: Changed;
  };
  /** Takes back the last change of holds, priorities, dependencies or settings; with `change`, only if it is that one. */
  'change.undo': { params: { readonly change?: number }; answer: { readonly undone: string } };
  /** Dependencies of a batch or job, as they stand. */
  'edge.list': { params: { readonly what: string }; answer: { readonly edges: readonly EdgeRow[] } };
  /** Adds and removes dependencies as one; without `apply`, only what would follow is told. */
  'edge.change': { params: EdgeWish; answer: LinkPreview };
  'edge.bypass': { params: { readonly edge: EdgeId; readonly why: string | null }; answer: None };
  /** Goes there once, without changing anything: what is found, what a person has to answer first, or what fails. */
  'node.try': { params: NodeWish; answer: NodeTrial };
  /** Goes there, and when that works, it is a node from then on. */
  'node.add': { params: NodeWish & { readonly why: string | null }; answer: NodeTrial };
  /** Goes there again now, with answers that were missing; `takeOver`: also if it works for another Drover. */
  'node.connect': {
    params: { readonly node: NodeId; readonly answers: NodeAnswers; readonly takeOver: boolean };
    answer: NodeTrial;
  };
  /** Only when nothing runs there. */
  'node.remove': { params: { readonly node: NodeId; readonly why: string | null }; answer: None };
  /** How it felt since a time, an hour back at most. */
  'node.vitals': {
    params: { readonly node: NodeId; readonly since: number };
    answer: { readonly readings: readonly VitalReading[] };
  };
  /** `until`: it takes new work again by itself then; null: when somebody takes it back. */
  'node.setAside': {
    params: { readonly node: NodeId; readonly why: string | null; readonly until: number | null };
    answer: None;
  };
  'node.takeBack': { params: { readonly node: NodeId; readonly why: string | null }; answer: None };
  'settings.show': { params: None; answer: SettingsPicture };
  'settings.change': {
    params: { readonly settings: FarmSettings; readonly why: string | null };
    answer: None;
  };
  /** When everything will end, as things are now, and how good such forecasts were. Null: Drover closes. */
  'farm.forecast': {
    params: None;
    answer: { readonly forecast: Forecast | null; readonly backtest: BacktestSummary };
  };
  /** The forecast as it is, and as it would be. */
  'farm.whatIf': { params: FarmWish; answer: WhatIf };
  /** Reads the recipe now; each run is of what it says now. */
  'schedule.add': { params: Submission & ScheduleWish; answer: NewSchedule };
  /** Who did what, the newest first: before an entry of which the number is known, or from now. */
  'history.list': {
    params: { readonly what: string | null; readonly before: number | null; readonly count: number };
    answer: Happened;
  };
  'schedule.list': { params: None; answer: { readonly schedules: readonly ScheduleRow[] } };
  /** By its id or its name. What it has submitted goes on. */
  'schedule.remove': { params: Wish; answer: { readonly schedule: ScheduleRow } };
  /** Keeps room on a node for somebody. */
  'reservation.add': { params: ReservationWish; answer: { readonly reservation: ReservationRow } };
  'reservation.list': { params: None; answer: { readonly reservations: readonly ReservationRow[] } };
  'reservation.remove': {
    params: { readonly reservation: number };
    answer: { readonly reservation: ReservationRow };
  };
  'batch.find': {
    params: { readonly what: string };
    answer: { readonly batch: BatchId; readonly job: JobId | null };
  };
  'queue.list': { params: None; answer: QueuePicture };
  'job.show': { params: { readonly job: JobId }; answer: JobDetail };
  'task.list': { params: TaskRange; answer: { readonly tasks: readonly TaskRow[] } };
  /** Every attempt at a task. */
  'task.attempts': { params: TaskPlace; answer: { readonly attempts: readonly AttemptRow[] } };
  'node.list': { params: None; answer: NodesPicture };
  'log.read': { params: LogPlace; answer: LogPiece };
  /** Takes about a second at most: in a large log it is asked again, from where the answer before ended. */
  'log.search': { params: LogSearch; answer: LogMatches };
  'sample.list': { params: None; answer: { readonly samples: readonly Sample[] } };
  /** Those that are shipped, and after them a person's own. */
  'preset.list': { params: None; answer: { readonly presets: readonly PresetCard[] } };
  /** Keeps a form with its values under a name; one of a person's own that has that name is replaced. */
  'preset.keep': {
    params: { readonly title: string; readonly submission: Submission };
    answer: { readonly preset: PresetCard };
  };
  /** Only one of a person's own. */
  'preset.remove': { params: { readonly name: string }; answer: None };
  /** What a person has in hand, as a form that is filled in as far as can be known. Nothing is submitted. */
  'form.open': { params: { readonly wish: FormWish }; answer: OpenedForm };
}
export type RequestName = keyof Requests;

/** `what` as for batch.cancel. */
export interface Wish {
  readonly what: string;
  readonly why: string | null;
}

export type JobsChange =
  | { readonly kind: 'cancel' | 'retry' | 'hold' | 'release' }
  /** As for batch.order. */
  | { readonly kind: 'order'; readonly priority: Priority | null; readonly deadline: number | null };

export interface WrittenReport {
  readonly batch: BatchId;
  readonly name: string;
  readonly state: BatchState;
  /** The page, for people. */
  readonly html: string;
  /** The document, for programs. */
  readonly json: string;
}

export interface EdgeRow extends NewEdge {
  readonly id: EdgeId;
  readonly state: DependencyState;
  readonly reason: string | null;
}

export interface EdgeWish {
  readonly add: readonly NewEdge[];
  readonly remove: readonly EdgeId[];
  readonly apply: boolean;
  readonly why: string | null;
}

export interface Views {
  queue: { params: None; picture: QueuePicture; delta: QueueDelta };
  job: { params: { readonly job: JobId }; picture: JobDetail; delta: JobDetail };
  /** The states of all tasks of a step, a letter each (see taskLetters). */
  taskStates: {
    params: StepPlace;
    picture: { readonly states: string };
    delta: { readonly set: readonly (readonly [task: number, letter: string])[] };
  };
  tasks: {
    params: TaskRange;
    picture: { readonly tasks: readonly TaskRow[] };
    delta: { readonly tasks: readonly TaskRow[] };
  };
  /**
   * The end of a task's log, then what is added; of a log that grows too fast for that, its end again.
   * A new attempt starts over: `from` is 0 again.
   */
  log: { params: AttemptPlace; picture: LogPiece; delta: LogPiece };
  nodes: { params: None; picture: NodesPicture; delta: NodesPicture };
  settings: { params: None; picture: SettingsPicture; delta: SettingsPicture };
  /** The newest of what happened, then what is added; the newest first in both. Older: history.list. */
  activity: { params: None; picture: Happened; delta: Happened };
  /** The jobs of a batch, what they wait for and what waits for them, in other batches too. */
  graph: { params: { readonly batch: BatchId }; picture: GraphPicture; delta: GraphDelta };
  /** The files that a batch has made so far; a delta brings those that are new or have changed. */
  results: { params: { readonly batch: BatchId }; picture: ResultFiles; delta: ResultFilesDelta };
  /** Every output line of a batch as it comes, and its end. What was printed before comes first. */
  output: { params: { readonly batch: BatchId }; picture: OutputPiece; delta: OutputPiece };
}
export type ViewName = keyof Views;

export type { RecipeSource, Submission } from '../model/submission';

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

export interface Changed {
  readonly jobs: readonly JobId[];
  readonly tasks: number;
  /** By which `change.undo` takes it back; null: that cannot be. */
  readonly change: number | null;
}

export interface HostInfo {
  readonly version: string;
  readonly pid: number;
  readonly dataFolder: string;
  readonly startedAt: number;
  readonly runtime: string;
  /** Of its store. */
  readonly schema: number;
  /** Whose wishes are made here. */
  readonly user: string;
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

export interface QueuePicture {
  /** Why nothing new can be saved and started; null when all is well. */
  readonly trouble: string | null;
  readonly batches: readonly BatchRow[];
  readonly jobs: readonly JobRow[];
}
export interface QueueDelta {
  readonly trouble: string | null;
  readonly batches: readonly BatchRow[];
  readonly jobs: readonly JobRow[];
}

export interface BatchRow {
  readonly id: BatchId;
  readonly name: string;
  readonly owner: string;
  readonly tenant: string;
  readonly state: BatchState;
  readonly tasks: TaskCounts;
  /** 0 to 1: done tasks and the done part of running ones. */
  readonly progress: number;
  readonly submittedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly output: string;
  /** The page of the execution report, once it is written: at the end, or when somebody has looked at it. */
  readonly report: string | null;
  /** The ends that the desktop tells of. */
  readonly notify: readonly BatchEnd[];
}

export interface JobRow {
  readonly id: JobId;
  readonly batch: BatchId;
  readonly name: string;
  readonly kind: JobKind;
  readonly priority: Priority;
  readonly state: JobState;
  readonly tasks: TaskCounts;
  readonly progress: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Attempts that are being stopped, but still run. */
  readonly stopping: number;
  readonly held: boolean;
  readonly deadline: number | null;
  /** When it is expected to end, as it was when this was sent: a forecast that differs little is not told. */
  readonly end: ExpectedEnd | null;
  /** The names of the nodes that it runs on now. */
  readonly nodes: readonly string[];
  /** What one of its tasks asks for; where its steps differ, the most of each. */
  readonly request: Request;
}

export interface GraphPicture {
  readonly jobs: readonly GraphJob[];
  readonly edges: readonly EdgeRow[];
}

export interface GraphDelta {
  /** Those that are new or have changed. */
  readonly jobs: readonly GraphJob[];
  readonly edges: readonly EdgeRow[];
  readonly states: readonly EdgeStanding[];
  readonly removed: readonly EdgeId[];
}

/** Of an edge that is known already. */
export type EdgeStanding = Pick<EdgeRow, 'id' | 'state' | 'reason'>;

export interface GraphJob extends JobRow {
  readonly batchName: string;
  /** It belongs to another batch. */
  readonly isOutside: boolean;
  readonly steps: readonly GraphStep[];
}

export interface GraphStep {
  readonly name: string;
  readonly state: JobState;
  readonly tasks: TaskCounts;
}

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
  /** The command as it was written, with its `{{Name}}`s. */
  readonly command: string;
  readonly folder: string;
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
}

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

export interface Happened {
  readonly entries: readonly HistoryEntry[];
}
export interface SettingsPicture {
  readonly settings: FarmSettings;
}
export interface NodesPicture {
  readonly nodes: readonly NodeRow[];
  /** What all of them that are online have together. */
  readonly farm: readonly ResourceUsage[];
}
export interface NodeRow {
  readonly id: NodeId;
  readonly name: string;
  readonly kind: NodeKind;
  /** How it is reached; null: it is the machine that Drover runs on. */
  readonly address: string | null;
  readonly state: NodeState;
  readonly reason: string | null;
  /** When it takes new work again by itself. */
  readonly setAsideUntil: number | null;
  readonly system: string;
  /** The last of its readings; null: none has come yet. */
  readonly vitals: VitalReading | null;
  /** That its clock is wrong, in words; null: it is not. */
  readonly clock: string | null;
  /** Found by its probe and given by people. */
  readonly labels: readonly string[];
  readonly capacity: Capacity;
  readonly running: number;
  /** Each that it has, and how it stands. */
  readonly resources: readonly ResourceUsage[];
}

export interface ResultFiles {
  /** At most 10,000. */
  readonly files: readonly ResultFile[];
  /** All of them. */
  readonly found: number;
  readonly bytes: number;
  /** What a person should know of the search. */
  readonly remarks: readonly string[];
}
export interface ResultFilesDelta extends ResultFiles {
  /** Paths of files that are there no more. */
  readonly gone: readonly string[];
}
export interface ResultFile {
  /** Within the folder of results, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
}

export interface OutputPiece {
  readonly lines: readonly OutputLine[];
  readonly batch: BatchRow;
  /** The batch has ended and this was the last of it. */
  readonly complete: boolean;
}
export interface OutputLine {
  readonly job: string;
  readonly step: string;
  readonly task: number;
  readonly text: string;
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
