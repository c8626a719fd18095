import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../../../shared/ipc/queue';
import { anyBatch, anyJob } from '../../../../shared/ipc/rows-for-tests';
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
  ...anyJob(`b1.${state}`, state),
  held: state === 'PAUSED',
  priority,
});
const batch = anyBatch(1, 'Night');

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
