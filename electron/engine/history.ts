/** What of the facts is kept to be looked up: who did what, when and why, and how batches ended. */
import { amountsInWords } from '../../shared/model/amounts';
import { exactDurationInWords } from '../../shared/model/durations-in-words';
import { aboutNode } from '../../shared/model/history';
import type { JobId } from '../../shared/model/ids';
import { taskCount } from '../../shared/model/space';
import type { Fact, FactOf, LostWork } from './facts';
import { undoableInWords, type UndoableFact } from './reduce/undo';

export interface Told {
  readonly by: string | null;
  readonly why: string | null;
  readonly what: string;
  /** Ids of the batches and jobs that it is about, and of nodes as `aboutNode` has them. */
  readonly about: readonly string[];
}

/** Null: it is one of the many steps on the way. */
export function tell(fact: Fact): Told | null {
  switch (fact.kind) {
    case 'batchSubmitted': {
      const { id, batch, schedule } = fact;
      const tasks = batch.jobs
        .flatMap((job) => job.steps)
        .reduce((sum, step) => sum + taskCount(step.space), 0);
      const { fork } = batch;
      const by = schedule === null ? '' : ` by schedule ${schedule}`;
      const branch = fork === undefined ? '' : ` as a branch of ${fork.from.job} at ${fork.checkpoint}`;
      return wished(fact, `submitted ${id} ${batch.name}${by}${branch}: ${counted(tasks, 'task')}`, [
        id,
        ...(fork === undefined ? [] : ofJobs([fork.from.job])),
      ]);
    }
    case 'batchEnded':
      return { by: null, why: null, what: `${fact.id} ended: ${fact.state}`, about: [fact.id] };
    case 'jobCancelled':
      return wished(fact, `cancelled ${fact.job}`, ofJobs([fact.job]));
    case 'jobRetried':
      return wished(fact, `retried ${fact.job}`, ofJobs([fact.job]));
    case 'tasksCancelled':
      return wished(fact, `cancelled ${counted(fact.count, 'task')} of ${fact.job}`, ofJobs([fact.job]));
    case 'tasksRetried':
      return wished(
        fact,
        `retried ${counted(fact.count, 'task')} of ${fact.job}${fact.elsewhere === true ? ' elsewhere' : ''}`,
        ofJobs([fact.job]),
      );
    case 'tasksSkipped':
      return wished(fact, `skipped ${counted(fact.count, 'task')} of ${fact.job}`, ofJobs([fact.job]));
    case 'jobsHeld':
    case 'jobsReleased':
    case 'jobsMoved':
      return changed(fact, ofJobs(fact.jobs));
    case 'jobsOrdered':
      return changed(fact, ofJobs(fact.jobs.map(({ job }) => job)));
    case 'edgesChanged':
      return changed(fact, ofJobs(fact.added.map(({ to }) => to.job)));
    case 'settingsChanged':
      return changed(fact, []);
    case 'edgeResolved':
      return fact.by === undefined ? null : wished(fact, `bypassed dependency ${fact.edge}`, []);
    case 'nodeAdded':
      return wished(fact, `added node ${fact.node} at ${fact.address}`, [aboutNode(fact.node)]);
    case 'nodeRemoved':
      return wished(fact, `removed node ${fact.node}`, [aboutNode(fact.node)]);
    case 'nodeStateChanged':
      return tellOfNode(fact);
    case 'reservationMade': {
      const { id, by, node, amounts, holder } = fact.reservation;
      if (by === null) return null;
      const holds = holder.kind === 'tenant' ? `tenant ${holder.tenant}` : holder.job;
      const what = `made reservation ${id}: ${amountsInWords(amounts)} of node ${node} for ${holds}`;
      return { by, why: fact.why ?? null, what, about: holder.kind === 'tenant' ? [] : ofJobs([holder.job]) };
    }
    case 'reservationChanged':
      return fact.by === undefined ? null : wished(fact, `gave up reservation ${fact.id}`, []);
    case 'scheduleAdded':
      return wished(fact, `scheduled ${fact.id} ${fact.name}`, []);
    case 'scheduleRemoved':
      return wished(fact, `took schedule ${fact.id} back`, []);
    case 'checkpointBroken':
      return {
        by: null,
        why: fact.reason,
        what: `checkpoint ${fact.checkpoint} of ${fact.job} cannot be used`,
        about: ofJobs([fact.job]),
      };
    case 'checkpointChosen':
      return wished(
        fact,
        `chose ${fact.chosen.checkpoint} for a task of ${fact.job} to go on from`,
        ofJobs([fact.job]),
      );
    case 'checkpointTagged': {
      const { checkpoint, job, tag } = fact;
      const what = tag === null ? `took the tag off ${checkpoint}` : `tagged ${checkpoint} ${tag}`;
      return wished(fact, `${what} of ${job}`, ofJobs([job]));
    }
    case 'checkpointFound': {
      const { id, job } = fact.checkpoint;
      return fact.by === undefined ? null : wished(fact, `imported ${id} into ${job}`, ofJobs([job]));
    }
    case 'checkpointNoted': {
      const { checkpoint, job, note } = fact;
      const what = note === null ? `took the note off ${checkpoint}` : `wrote a note on ${checkpoint}`;
      return wished(fact, `${what} of ${job}`, ofJobs([job]));
    }
    case 'checkpointsDropped': {
      const { by, checkpoints, job } = fact;
      const what = `deleted ${counted(checkpoints.length, 'checkpoint')} of ${job}`;
      return by === undefined ? null : wished(fact, what, ofJobs([job]));
    }
    case 'attemptWentOn':
      return fact.line !== null || fact.from === null
        ? null
        : {
            by: null,
            why: `nothing in its output says that it went on from ${fact.from}`,
            what: `a task of ${fact.job} began anew`,
            about: ofJobs([fact.job]),
          };
    case 'attemptFinished':
      return fact.lost === undefined ? null : tellOfLoss(fact.lost);
    case 'nodeSeen':
    case 'nodeReconciled':
    case 'taskAssigned':
    case 'attemptStopping':
    case 'tasksDue':
    case 'valueReported':
    case 'scheduleFired':
      return null;
  }
}

function tellOfLoss({ job, milliseconds, from, reason }: LostWork): Told | null {
  if (reason === null) return null;
  const stopped =
    reason === 'timeout' ? `a task of ${job} came to its time limit` : `a task of ${job} made way for others`;
  const next = from === null ? 'it begins again' : `it goes on from ${from}`;
  return {
    ...{ by: null, why: null, about: ofJobs([job]) },
    what: `${stopped}: lost ${exactDurationInWords(milliseconds)} of work; ${next}`,
  };
}

function tellOfNode(fact: FactOf<'nodeStateChanged'>): Told | null {
  const { node, state, reason } = fact;
  const about = [aboutNode(node)];
  const set = state === 'MAINTENANCE' ? `set node ${node} aside` : `took node ${node} back`;
  if (fact.by !== undefined) return wished(fact, set, about);
  switch (state) {
    case 'MAINTENANCE':
      return { by: null, why: reason, what: set, about };
    case 'ERROR':
    case 'OFFLINE':
      return reason === notRunning ? null : { by: null, why: reason, what: `lost node ${node}`, about };
    case 'ONLINE':
      return fact.isBack === true ? { by: null, why: null, what: `node ${node} is back`, about } : null;
    case 'STARTING':
    case 'STOPPING':
      return null;
  }
}

/** Why a node is not reached by a Drover that only looks: nothing has become of it. */
export const notRunning = 'Drover is not running';

const changed = (fact: UndoableFact, about: readonly string[]): Told =>
  wished(fact, `${fact.undoes === null ? '' : 'by undo: '}${undoableInWords(fact)}`, about);

function wished(
  { by, why }: { readonly by?: string; readonly why?: string | null },
  what: string,
  about: readonly string[],
): Told {
  return { by: by ?? null, why: why ?? null, what, about };
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** A job belongs to a batch, and is looked for with it. */
const ofJobs = (jobs: readonly JobId[]): readonly string[] => [
  ...new Set(jobs.flatMap((job) => [job, job.slice(0, job.indexOf('.'))])),
];
