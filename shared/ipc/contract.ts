/**
 * All that a window or a terminal may ask of a Host: requests, answered once, and views, which
 * start with a picture and go on with deltas. The messages that carry them are in messages.ts,
 * the schemas that guard the Host's side in schemas.ts.
 */
import type { CheckpointId, Risk } from '../model/checkpoint';
import type { LinkPreview } from '../model/edge';
import type { CommandedChange } from '../model/farm-change';
import type { BacktestSummary, Forecast, WhatIf } from '../model/forecast';
import type { HistoryEntry } from '../model/history';
import type { BatchId, EdgeId, JobId, NodeId } from '../model/ids';
import type { FarmSettings } from '../model/settings';
import type { Priority } from '../model/states';
import type { Submission } from '../model/submission';
import type {
  CheckedFork,
  CheckpointAbout,
  CheckpointImport,
  CheckpointList,
  CheckpointPreview,
  CheckpointsInWindow,
  CheckpointUse,
  CheckpointWindow,
  CheckpointWish,
  ExportedCheckpoint,
  Forced,
  ForkWish,
  KeepWish,
  PrunedCheckpoints,
  JobIntervalPlan,
  VerifiedCheckpoint,
} from './checkpoints';
import type { FormWish, OpenedForm, PresetCard } from './forms';
import type { EdgeRow, EdgeWish, GraphDelta, GraphPicture } from './graph';
import type {
  AttemptPlace,
  AttemptRow,
  JobAbout,
  JobDetail,
  SomeTasks,
  StepPlace,
  TaskPlace,
  TaskRange,
  TaskRow,
} from './job';
import type { LogMatches, LogPiece, LogPlace, LogSearch } from './logs';
import type { NodeAnswers, NodeTrial, NodeWish, NodesPicture, VitalReading } from './nodes';
import type {
  FarmWish,
  NewSchedule,
  ReservationRow,
  ReservationWish,
  ScheduleRow,
  ScheduleWish,
  Why,
} from './plans';
import type { QueueDelta, QueuePicture, StepRow } from './queue';
import type { OutputPiece, ResultFiles, ResultFilesDelta, WrittenReport } from './results';
import type {
  TimelineDelta,
  TimelineMoment,
  TimelinePicture,
  TimelineWhatIf,
  TimelineWindow,
  TimelineWish,
} from './timeline';
import type { CheckedRecipe, NewBatch, Sample, SubmittedBatch } from './submissions';

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
  /**
   * Runs those of the tasks again that failed or were cancelled. `elsewhere`: on other nodes than those that last
   * had them, as long as others could; also those that run, which are stopped for it.
   */
  'task.retry': { params: SomeTasks & { readonly elsewhere?: boolean }; answer: Changed };
  /** Those of the tasks that wait, failed or were cancelled count as completed: what waits for them goes on. */
  'task.skip': { params: SomeTasks; answer: Changed };
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
  /** `what`: of a batch or job only; null: of all. The newest first, from below a number on. */
  'checkpoint.list': {
    params: { readonly what: string | null; readonly before: number | null; readonly count: number };
    answer: CheckpointList;
  };
  /** Reads back every byte that is kept of it. */
  'checkpoint.verify': { params: { readonly checkpoint: CheckpointId }; answer: VerifiedCheckpoint };
  'checkpoint.about': { params: { readonly checkpoint: CheckpointId }; answer: CheckpointAbout };
  /** `file`: by its place among the files of the checkpoint. */
  'checkpoint.preview': {
    params: { readonly checkpoint: CheckpointId; readonly file: number };
    answer: CheckpointPreview;
  };
  /** Its task, which must not run, goes on from it. */
  'checkpoint.resume': { params: CheckpointWish & Partial<Forced>; answer: Changed };
  /** What has a tag is kept for ever; null: it has none any more. */
  'checkpoint.tag': { params: CheckpointWish & { readonly tag: string | null }; answer: None };
  /** Changes nothing. */
  'checkpoint.checkFork': { params: ForkWish & { readonly checkpoint: CheckpointId }; answer: CheckedFork };
  /** A batch of its own that begins there. */
  'checkpoint.fork': { params: ForkWish & CheckpointWish & Forced; answer: SubmittedBatch };
  /** What speaks against its task going on from it. */
  'checkpoint.checkResume': {
    params: { readonly checkpoint: CheckpointId };
    answer: { readonly risks: readonly Risk[] };
  };
  'checkpoint.note': { params: CheckpointWish & { readonly note: string | null }; answer: None };
  /** Of a batch or job only; null: of all. What `keep` would give up; null: nothing. */
  'checkpoint.use': {
    params: { readonly what: string | null; readonly keep: KeepWish | null };
    answer: CheckpointUse;
  };
  /** Gives up what `checkpoint.use` tells. */
  'checkpoint.prune': {
    params: { readonly what: string | null; readonly keep: KeepWish; readonly why: string | null };
    answer: PrunedCheckpoints;
  };
  /** How often its tasks should save themselves. `costMs`: what writing takes; null: as it was measured. */
  'checkpoint.plan': {
    params: { readonly what: string; readonly costMs: number | null };
    answer: { readonly plans: readonly JobIntervalPlan[] };
  };
  /** As an archive with a manifest, under an absolute path; `replaces`: also over what lies there. */
  'checkpoint.export': {
    params: { readonly checkpoint: CheckpointId; readonly file: string; readonly replaces: boolean };
    answer: ExportedCheckpoint;
  };
  /** An archive becomes a checkpoint of a task that does not run. Null: the only step, the only task. */
  'checkpoint.import': { params: CheckpointImport; answer: { readonly checkpoint: CheckpointId } };
  'checkpoint.drop': { params: CheckpointWish; answer: Changed };
  /** Dependencies of a batch or job, as they stand. */
  'edge.list': { params: { readonly what: string }; answer: { readonly edges: readonly EdgeRow[] } };
  /** Adds and removes dependencies as one; without `apply`, only what would follow is told. */
  'edge.change': {
    params: EdgeWish;
    /** `change` as in Changed; null: nothing was applied. */
    answer: LinkPreview & { readonly change: number | null };
  };
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
  /**
   * `until`: it takes new work again by itself then; null: when somebody takes it back. `vacate`: what runs
   * there saves its work where it can, is stopped, and runs again elsewhere; otherwise it goes on.
   */
  'node.setAside': {
    params: {
      readonly node: NodeId;
      readonly why: string | null;
      readonly until: number | null;
      readonly vacate?: boolean | undefined;
    };
    answer: None;
  };
  'node.takeBack': { params: { readonly node: NodeId; readonly why: string | null }; answer: None };
  'settings.show': { params: None; answer: SettingsPicture };
  'settings.change': {
    params: { readonly settings: FarmSettings; readonly why: string | null };
    answer: { readonly change: number | null };
  };
  /** When everything will end, as things are now, and how good such forecasts were. Null: Drover closes. */
  'farm.forecast': {
    params: None;
    answer: { readonly forecast: Forecast | null; readonly backtest: BacktestSummary };
  };
  /** The forecast as it is, and as it would be. */
  'farm.whatIf': { params: FarmWish; answer: WhatIf };
  /** How the farm stood at an earlier moment. */
  'timeline.moment': { params: { readonly at: number }; answer: TimelineMoment };
  /** What would run where, and which jobs would end at another time. */
  'timeline.whatIf': { params: TimelineWish; answer: TimelineWhatIf };
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
  'job.about': { params: { readonly job: JobId }; answer: JobAbout };
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
  /** To right before or after another one of the same priority. */
  | { readonly kind: 'move'; readonly side: 'before' | 'after'; readonly beside: JobId }
  /** As for batch.order. */
  | { readonly kind: 'order'; readonly priority: Priority | null; readonly deadline: number | null };

export interface Views {
  queue: { params: None; picture: QueuePicture; delta: QueueDelta };
  job: { params: { readonly job: JobId }; picture: JobDetail; delta: JobDetail };
  /** The steps of a job, in their order. */
  steps: { params: { readonly job: JobId }; picture: StepsPicture; delta: StepsPicture };
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
  /** What ran and what will run on some nodes. At most one delta a second, and none while nothing happens there. */
  timeline: { params: TimelineWindow; picture: TimelinePicture; delta: TimelineDelta };
  settings: { params: None; picture: SettingsPicture; delta: SettingsPicture };
  /** The newest of what happened, then what is added; the newest first in both. Older: history.list. */
  activity: { params: None; picture: Happened; delta: Happened };
  /** Tasks that failed since Drover was started, gathered by job and node; the one that failed last first. All of it each time. */
  failures: { params: None; picture: Happened; delta: Happened };
  /** The jobs of a batch, what they wait for and what waits for them, in other batches too. */
  graph: { params: { readonly batch: BatchId }; picture: GraphPicture; delta: GraphDelta };
  /** Some of the checkpoints of a job, or of all; all of the window each time. */
  checkpoints: { params: CheckpointWindow; picture: CheckpointsInWindow; delta: CheckpointsInWindow };
  /** The files that a batch has made so far; a delta brings those that are new or have changed. */
  results: { params: { readonly batch: BatchId }; picture: ResultFiles; delta: ResultFilesDelta };
  /** Every output line of a batch as it comes, and its end. What was printed before comes first. */
  output: { params: { readonly batch: BatchId }; picture: OutputPiece; delta: OutputPiece };
}
export type ViewName = keyof Views;

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

export interface StepsPicture {
  readonly steps: readonly StepRow[];
}

export interface Happened {
  readonly entries: readonly HistoryEntry[];
}
export interface SettingsPicture {
  readonly settings: FarmSettings;
}
