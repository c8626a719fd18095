import type { BatchRow, JobRow } from './queue';
import { noRequest } from '../model/amounts';
import type { JobId } from '../model/ids';
import { noTasks } from '../model/states';
import type { JobState } from '../model/states';

export function anyBatch(number: number, name: string): BatchRow {
  return {
    id: `b${number}`,
    name,
    owner: 'ada',
    tenant: 'default',
    state: 'RUNNING',
    tasks: noTasks,
    progress: 0,
    submittedAt: number * 1000,
    startedAt: null,
    endedAt: null,
    output: '/out',
    report: null,
    notify: [],
  };
}

export function anyJob(id: JobId, state: JobState = 'QUEUED'): JobRow {
  const [batchPart = '', name = ''] = id.split('.');
  return {
    id,
    batch: `b${Number(batchPart.slice(1))}`,
    name,
    state,
    kind: 'render',
    priority: 'MEDIUM',
    place: Number(batchPart.slice(1)),
    tasks: noTasks,
    progress: 0,
    startedAt: null,
    endedAt: null,
    stopping: 0,
    held: false,
    deadline: null,
    end: null,
    nodes: [],
    request: noRequest,
    stepCount: 1,
  };
}
