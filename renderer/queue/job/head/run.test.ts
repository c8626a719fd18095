import { describe, expect, it } from 'vitest';
import type { BatchRow, JobRow } from '../../../../shared/ipc/contract';
import { noTasks, type JobState, type Priority } from '../../../../shared/model/states';
import { runOfBatch } from './run';

const target = {
  id: 'b1',
  kind: 'batch',
  name: 'Night',
  batch: 'b1',
  tasks: noTasks,
  canCancel: true,
  canRetry: false,
} as const;

const job = (state: JobState, priority: Priority = 'MEDIUM'): JobRow => ({
  id: `b1.${state}`,
  batch: 'b1',
  name: state,
  kind: 'render',
  priority,
  state,
  tasks: noTasks,
  progress: 0,
  startedAt: null,
  endedAt: null,
  stopping: 0,
});
const batch: BatchRow = {
  id: 'b1',
  name: 'Night',
  owner: 'ann',
  state: 'RUNNING',
  tasks: noTasks,
  progress: 0,
  submittedAt: 0,
  startedAt: null,
  endedAt: null,
  output: '',
  report: null,
  notify: [],
};

describe('a batch', () => {
  it('is paused as long as some of it is not, and goes on as long as some of it is paused', () => {
    const run = (...states: JobState[]) =>
      runOfBatch(
        target,
        batch,
        states.map((state) => job(state)),
      );
    expect(run('RUNNING', 'PAUSED')).toMatchObject({ canHold: true, canRelease: true });
    expect(run('COMPLETED', 'PAUSED')).toMatchObject({ canHold: false, canRelease: true });
    expect(run('COMPLETED', 'PENDING')).toMatchObject({ canHold: true, canRelease: false });
  });

  it('has the priority that all its jobs have', () => {
    expect(runOfBatch(target, batch, [job('QUEUED', 'HIGH'), job('RUNNING', 'HIGH')]).priority).toBe('HIGH');
    expect(runOfBatch(target, batch, [job('QUEUED', 'HIGH'), job('RUNNING')]).priority).toBeNull();
    expect(runOfBatch(target, batch, []).priority).toBeNull();
  });
});
