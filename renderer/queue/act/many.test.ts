import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../../shared/ipc/queue';
import { noRequest } from '../../../shared/model/amounts';
import { noTasks } from '../../../shared/model/states';
import { anyBatch, anyJob } from '../../../shared/ipc/rows-for-tests';
import { fittingJobs } from './job-actions';
import { jobsOf, partInWords, questionOf } from './many';

const job = (id: JobRow['id'], row: Partial<JobRow>): JobRow => ({ ...anyJob(id), ...row, id });
const jobs = [
  job('b1.done', { state: 'COMPLETED', tasks: { ...noTasks, COMPLETED: 4 } }),
  job('b1.broken', { state: 'FAILED', tasks: { ...noTasks, FAILED: 3, COMPLETED: 1 } }),
  job('b1.runs', { state: 'RUNNING', tasks: { ...noTasks, RUNNING: 2, QUEUED: 10, FAILED: 1 } }),
  job('b1.held', { state: 'PAUSED', held: true, tasks: { ...noTasks, QUEUED: 5 } }),
  job('b1.stops', { state: 'CANCELLED', stopping: 1, tasks: { ...noTasks, RUNNING: 1, CANCELLED: 2 } }),
];

describe('acting on several jobs', () => {
  it('does with each what can be done with it', () => {
    const names = Object.entries(fittingJobs(jobs)).map(([kind, some]) => [
      kind,
      some.map(({ name }) => name),
    ]);
    expect(Object.fromEntries(names)).toEqual({
      cancel: ['runs', 'held'],
      retry: ['broken', 'runs'],
      hold: ['runs'],
      release: ['held'],
      order: ['runs', 'held'],
    });
    expect([partInWords(3, 5), partInWords(5, 5)]).toEqual(['3 of 5', '5']);
  });

  it('takes every job once, and of a batch those that are shown', () => {
    const batch = anyBatch(1, 'Shot');
    const all = new Map(jobs.map((one) => [one.id, one]));
    const shown = jobs.slice(0, 2);
    const rows = [
      { kind: 'batch', batch, all, jobs: shown, isExpanded: true } as const,
      ...jobs.slice(1, 3).map((one) => ({ kind: 'job', job: one, batch, isExpanded: null }) as const),
    ];
    expect(jobsOf(rows).map(({ name }) => name)).toEqual(['done', 'broken', 'runs']);
    expect(jobsOf(rows.slice(0, 1))).toEqual(jobs);
    const [first = anyJob('b1.x')] = jobs;
    const step = { name: 'grade', state: 'FAILED', tasks: noTasks, progress: 0, request: noRequest } as const;
    expect(jobsOf([{ kind: 'step', step, index: 1, job: first }]), 'a part is not its job').toEqual([]);
  });

  it('asks before what cannot be taken back, and says what it would do', () => {
    const { cancel, retry } = fittingJobs(jobs);
    expect(questionOf('cancel', cancel)).toMatchObject({
      title: 'Cancel 2 jobs?',
      text: 'runs, held. 2 tasks are running and will be stopped; what they have done so far may be lost. 15 tasks will not start. Completed tasks keep their results.',
    });
    expect(questionOf('retry', retry)?.text).toBe(
      'broken, runs. 4 failed or cancelled tasks will run again.',
    );
    expect(questionOf('cancel', [...jobs, ...jobs])?.text).toMatch(/^done, broken, runs and 7 more\./);
    expect(questionOf('hold', jobs)).toBeNull();
    expect(questionOf('order', jobs)).toBeNull();
  });
});
