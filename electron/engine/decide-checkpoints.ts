/** Wishes about what tasks go on from. */
import type { Refusal } from '../../shared/ipc/errors';
import { taskState } from './state';
import type { CommandOf } from './commands';
import { decideTasks } from './decide-tasks';
import type { Fact } from './facts';
import { neededByForks } from './forks';
import type { FarmState, JobRecord } from './state';

/** Which checkpoints there are, only the store knows: whoever asks has looked. */
export function decideCheckpoints(
  state: FarmState,
  command: CommandOf<'resume' | 'tagCheckpoint' | 'noteCheckpoint' | 'importCheckpoint' | 'dropCheckpoints'>,
  at: number,
): readonly Fact[] | Refusal {
  const { by, why = null, job } = command;
  const record = state.jobs.get(job);
  if (record === undefined) return { code: 'notFound', message: `There is no job ${job}.` };
  const wished = { at, by, why, job };
  switch (command.kind) {
    case 'tagCheckpoint':
      return [{ kind: 'checkpointTagged', ...wished, checkpoint: command.checkpoint, tag: command.tag }];
    case 'noteCheckpoint':
      return [{ kind: 'checkpointNoted', ...wished, checkpoint: command.checkpoint, note: command.note }];
    case 'importCheckpoint': {
      const { checkpoint } = command;
      const message = whyNoImport(record, checkpoint.step, checkpoint.task);
      if (message !== null) return { code: 'conflict', message };
      return [
        {
          kind: 'checkpointFound',
          at,
          by,
          why,
          checkpoint: { id: `c${state.nextCheckpoint}`, ...checkpoint },
        },
      ];
    }
    case 'dropCheckpoints': {
      const { checkpoints } = command;
      const saved = record.steps.flatMap((step) => [...step.saved.values()]);
      const needed = saved.find(({ checkpoint }) => checkpoints.includes(checkpoint))?.checkpoint;
      const forks = neededByForks(state);
      const forked = checkpoints.find((id) => forks.has(id));
      if (forked !== undefined) {
        const message = `${forks.get(forked)?.id} is a branch from ${forked}: it is kept until its task has completed.`;
        return { code: 'conflict', message };
      }
      if (needed === undefined) return [{ kind: 'checkpointsDropped', ...wished, checkpoints }];
      const message = `A task of ${job} would go on from ${needed}: it is kept until the task has completed.`;
      return { code: 'conflict', message };
    }
    case 'resume':
      return resume(state, command, at);
  }
}

/** Null: a task of it can be given a checkpoint from elsewhere. */
export function whyNoImport(job: JobRecord, index: number, task: number): string | null {
  const step = job.steps[index];
  if (step === undefined || task >= step.count) return `Job ${job.id} has no such task.`;
  if (step.step.checkpoints === undefined)
    return `The step ${step.step.name} of ${job.id} says nothing of checkpoints, so its tasks cannot go on from one.`;
  const present = taskState(step, task);
  if (present === 'RUNNING') return 'The task runs. Cancel it first, and import when it has ended.';
  return present === 'COMPLETED'
    ? 'The task has completed. Submit the job again, and import before it runs.'
    : null;
}

function withRetry(
  state: FarmState,
  command: CommandOf<'retryTasks'>,
  at: number,
  before: Fact,
): readonly Fact[] | Refusal {
  const retried = decideTasks(state, command, at);
  return 'kind' in retried ? [before, retried] : retried;
}

function resume(
  state: FarmState,
  { by, why = null, step: index, task, checkpoint, madeAt, job }: CommandOf<'resume'>,
  at: number,
): readonly Fact[] | Refusal {
  const step = state.jobs.get(job)?.steps[index];
  if (step === undefined || task >= step.count)
    return { code: 'notFound', message: `Job ${job} has no such task.` };
  const chosen: Fact = {
    kind: 'checkpointChosen',
    ...{ at, by, why, job, step: index, task },
    chosen: { checkpoint, madeAt, chosen: true },
  };
  const present = taskState(step, task);
  switch (present) {
    case 'RUNNING':
      return {
        code: 'conflict',
        message: `The task runs. Cancel it first, and when it has ended, let it go on from ${checkpoint}.`,
      };
    case 'COMPLETED':
      return {
        code: 'conflict',
        message: `The task has completed. A branch goes on from ${checkpoint} and leaves it as it is.`,
      };
    case 'PENDING':
    case 'QUEUED':
      return [chosen];
    case 'FAILED':
    case 'CANCELLED':
      return withRetry(
        state,
        { kind: 'retryTasks', by, why, job, step: index, tasks: [[task, task]] },
        at,
        chosen,
      );
  }
}
