/** What the live views are kept as in the window, and how pictures and deltas become it. */
import { taskLetters } from '../../shared/ipc/job';
import type { BatchRow, JobRow, QueueDelta, StepRow } from '../../shared/ipc/queue';
import type { CheckpointsInWindow } from '../../shared/ipc/checkpoints';
import type { EdgeRow, GraphDelta, GraphJob } from '../../shared/ipc/graph';
import type { JobDetail, TaskRow } from '../../shared/ipc/job';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { ResultFiles } from '../../shared/ipc/results';
import type { ViewName, Views } from '../../shared/ipc/contract';
import type { HistoryEntry } from '../../shared/model/history';
import type { FarmSettings } from '../../shared/model/settings';
import type { PlannedRow, RanRow, TimelineDelta, TimelineJob } from '../../shared/ipc/timeline';
import type { BatchId, EdgeId, JobId, NodeId } from '../../shared/model/ids';
import { taskStates } from '../../shared/model/states';
import { restartLog, continueLog } from '../ui/log/log';
import type { Log } from '../ui/log/log';

/** The views that a window uses; `output` is for terminals. */
export type LiveName = Exclude<ViewName, 'output'>;

export interface LiveValues {
  queue: Queue;
  job: JobDetail;
  steps: readonly StepRow[];
  taskStates: StatesOfTasks;
  tasks: readonly TaskRow[];
  log: Log;
  nodes: readonly NodeRow[];
  timeline: LiveTimeline;
  settings: FarmSettings;
  /** The newest first. */
  activity: readonly HistoryEntry[];
  /** Gathered; the one that failed last first. */
  failures: readonly HistoryEntry[];
  graph: LiveGraph;
  results: ResultFiles;
  checkpoints: CheckpointsInWindow;
}

export interface LiveTimeline {
  readonly rows: ReadonlyMap<NodeId, RanRow>;
  readonly plan: ReadonlyMap<NodeId, PlannedRow>;
  readonly plannedAt: number | null;
  readonly jobs: ReadonlyMap<JobId, TimelineJob>;
}

export interface LiveGraph {
  readonly jobs: ReadonlyMap<JobId, GraphJob>;
  readonly edges: ReadonlyMap<EdgeId, EdgeRow>;
  /** Another one when jobs or edges came or went; only what they are like may have changed otherwise. */
  readonly shape: number;
}

export interface Queue {
  /** Why the Host cannot save; null when all is well. */
  readonly trouble: string | null;
  readonly batches: ReadonlyMap<BatchId, BatchRow>;
  readonly jobs: ReadonlyMap<BatchId, ReadonlyMap<JobId, JobRow>>;
}

/** A byte a task: an index into `taskStates`. A million tasks are not copied for one that changed. */
export interface StatesOfTasks {
  /** Changed in place: compare `version`, not the array. */
  readonly states: Uint8Array;
  readonly version: number;
  /** What changed since the version before this one. Null: everything. */
  readonly changed: readonly number[] | null;
}

export interface Merge<Name extends LiveName> {
  start(picture: Views[Name]['picture']): LiveValues[Name];
  change(value: LiveValues[Name], deltas: readonly Views[Name]['delta'][]): LiveValues[Name];
}

const codes = new Map(taskStates.map((state, code) => [taskLetters[state].charCodeAt(0), code]));
const codeOf = (letters: string, at: number): number => codes.get(letters.charCodeAt(at)) ?? 0;

const lastOf = <Item>(items: readonly Item[], otherwise: Item): Item => items.at(-1) ?? otherwise;

function mergeQueue(queue: Queue, deltas: readonly QueueDelta[]): Queue {
  const batches = new Map(queue.batches);
  const jobs = new Map(queue.jobs);
  const copied = new Map<BatchId, Map<JobId, JobRow>>();
  for (const delta of deltas) {
    for (const batch of delta.batches) batches.set(batch.id, batch);
    for (const job of delta.jobs) {
      let rows = copied.get(job.batch);
      if (rows === undefined) {
        rows = new Map(jobs.get(job.batch));
        copied.set(job.batch, rows);
        jobs.set(job.batch, rows);
      }
      rows.set(job.id, job);
    }
  }
  const last = deltas.at(-1);
  return { trouble: last === undefined ? queue.trouble : last.trouble, batches, jobs };
}

function mergeTimeline(value: LiveTimeline, deltas: readonly TimelineDelta[]): LiveTimeline {
  const rows = new Map(value.rows);
  const jobs = new Map(value.jobs);
  let { plan, plannedAt } = value;
  for (const delta of deltas) {
    for (const row of delta.rows) rows.set(row.node, row);
    for (const job of delta.jobs) jobs.set(job.id, job);
    if (delta.plan !== null) plan = new Map(delta.plan.map((row) => [row.node, row]));
    ({ plannedAt } = delta);
  }
  return { rows, plan, plannedAt, jobs };
}

function mergeGraph(graph: LiveGraph, deltas: readonly GraphDelta[]): LiveGraph {
  const jobs = new Map(graph.jobs);
  let edges: ReadonlyMap<EdgeId, EdgeRow> = graph.edges;
  let isOther = false;
  for (const delta of deltas) {
    for (const job of delta.jobs) {
      isOther ||= !jobs.has(job.id);
      jobs.set(job.id, job);
    }
    if (delta.edges.length + delta.states.length + delta.removed.length === 0) continue;
    isOther ||= delta.edges.length + delta.removed.length > 0;
    const changed = new Map(edges);
    for (const edge of delta.edges) changed.set(edge.id, edge);
    for (const standing of delta.states) {
      const edge = changed.get(standing.id);
      if (edge !== undefined) changed.set(standing.id, { ...edge, ...standing });
    }
    for (const id of delta.removed) changed.delete(id);
    edges = changed;
  }
  return { jobs, edges, shape: graph.shape + (isOther ? 1 : 0) };
}

/** Entries of the activity: a window that is open for days forgets what the Host has anyway. */
export const mostLive = 10_000;

export const merges: { readonly [Name in LiveName]: Merge<Name> } = {
  queue: {
    start: (picture) => mergeQueue({ trouble: null, batches: new Map(), jobs: new Map() }, [picture]),
    change: mergeQueue,
  },
  job: {
    start: (picture) => picture,
    change: (value, deltas) => lastOf(deltas, value),
  },
  steps: {
    start: (picture) => picture.steps,
    change: (value, deltas) => deltas.at(-1)?.steps ?? value,
  },
  taskStates: {
    start: ({ states: letters }) => {
      const states = new Uint8Array(letters.length);
      for (let task = 0; task < states.length; task++) states[task] = codeOf(letters, task);
      return { states, version: 1, changed: null };
    },
    change: ({ states, version }, deltas) => {
      const changed: number[] = [];
      for (const { set } of deltas) {
        for (const [task, letter] of set) {
          states[task] = codeOf(letter, 0);
          changed.push(task);
        }
      }
      return { states, version: version + 1, changed };
    },
  },
  tasks: {
    start: (picture) => picture.tasks,
    // A delta may hold only the tasks that changed.
    change: (value, deltas) => {
      const tasks = new Map(value.map((row) => [row.task, row]));
      for (const delta of deltas) for (const row of delta.tasks) tasks.set(row.task, row);
      return [...tasks.values()].toSorted((a, b) => a.task - b.task);
    },
  },
  checkpoints: {
    start: (picture) => picture,
    change: (value, deltas) => deltas.at(-1) ?? value,
  },
  log: { start: restartLog, change: continueLog },
  results: {
    start: (picture) => picture,
    change: (value, deltas) => {
      const files = new Map(value.files.map((file) => [file.path, file]));
      for (const delta of deltas) {
        for (const path of delta.gone) files.delete(path);
        for (const file of delta.files) files.set(file.path, file);
      }
      const { found, bytes, remarks } = deltas.at(-1) ?? value;
      return { files: [...files.values()], found, bytes, remarks };
    },
  },
  nodes: {
    start: (picture) => picture.nodes,
    change: (value, deltas) => deltas.at(-1)?.nodes ?? value,
  },
  timeline: {
    start: (picture) =>
      mergeTimeline({ rows: new Map(), plan: new Map(), plannedAt: null, jobs: new Map() }, [picture]),
    change: mergeTimeline,
  },
  settings: {
    start: (picture) => picture.settings,
    change: (value, deltas) => deltas.at(-1)?.settings ?? value,
  },
  activity: {
    start: (picture) => picture.entries,
    change: (value, deltas) => {
      const all = [...deltas.toReversed().flatMap(({ entries }) => entries), ...value];
      return all.length > 2 * mostLive ? all.slice(0, mostLive) : all;
    },
  },
  failures: {
    start: (picture) => picture.entries,
    change: (value, deltas) => deltas.at(-1)?.entries ?? value,
  },
  graph: {
    start: ({ jobs, edges }) =>
      mergeGraph({ jobs: new Map(), edges: new Map(), shape: 0 }, [{ jobs, edges, states: [], removed: [] }]),
    change: mergeGraph,
  },
};
