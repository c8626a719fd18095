import { describe, expect, it } from 'vitest';
import type { BatchRow, JobRow } from '../../shared/ipc/contract';
import type { JobId } from '../../shared/model/ids';
import { noTasks } from '../../shared/model/states';
import type { JobState } from '../../shared/model/states';
import { merges } from '../live/values';
import { countStates, noFilter, queueRows, rowKey } from './rows';

function batch(number: number, name: string): BatchRow {
  const times = { submittedAt: number * 1000, startedAt: null, endedAt: null };
  return {
    id: `b${number}`,
    name,
    owner: 'ada',
    state: 'RUNNING',
    tasks: noTasks,
    progress: 0,
    ...times,
    output: '/out',
    report: null,
    notify: [],
  };
}
function job(id: JobId, state: JobState): JobRow {
  const [batchPart = '', name = ''] = id.split('.');
  const rest = {
    kind: 'render',
    priority: 'MEDIUM',
    tasks: noTasks,
    progress: 0,
    startedAt: null,
    endedAt: null,
    stopping: 0,
  } as const;
  return { id, batch: `b${Number(batchPart.slice(1))}`, name, state, ...rest };
}

const queue = merges.queue.start({
  trouble: null,
  batches: [batch(1, 'Shot 042'), batch(2, 'Dam break')],
  jobs: [job('b1.melt', 'COMPLETED'), job('b1.beauty', 'RUNNING'), job('b2.flow', 'QUEUED')],
});
const keys = (text: string, states: readonly JobState[] = [], unfolded = new Map()): string[] =>
  queueRows(queue, { text, states: new Set(states) }, unfolded).map(rowKey);

describe('the rows of the queue', () => {
  it('has the newest batch first, and jobs in their order', () => {
    expect(keys('')).toEqual(['b2', 'b2.flow', 'b1', 'b1.melt', 'b1.beauty']);
  });

  it('folds what the person folded', () => {
    expect(keys('', [], new Map([['b1', false]]))).toEqual(['b2', 'b2.flow', 'b1']);
  });

  it('finds all words, in the names of job and batch together', () => {
    expect(keys('shot beau')).toEqual(['b1', 'b1.beauty']);
    expect(keys('nothing')).toEqual([]);
  });

  it('keeps only the states asked for', () => {
    expect(keys('', ['QUEUED', 'RUNNING'])).toEqual(['b2', 'b2.flow', 'b1', 'b1.beauty']);
    expect(countStates(queue).get('RUNNING')).toBe(1);
  });

  it('keeps a row as it is when other rows change', () => {
    const before = queueRows(queue, noFilter, new Map());
    const next = merges.queue.change(queue, [
      { trouble: null, batches: [], jobs: [job('b1.beauty', 'COMPLETED')] },
    ]);
    const after = queueRows(next, noFilter, new Map());
    expect(after[3]).toBe(before[3]);
    expect(after[4]).not.toBe(before[4]);
  });

  it('folds a batch of many jobs by itself, but not while filtering', () => {
    const many = merges.queue.start({
      trouble: null,
      batches: [batch(1, 'Many')],
      jobs: Array.from({ length: 100 }, (_, number) => job(`b1.job${number}`, 'QUEUED')),
    });
    expect(queueRows(many, noFilter, new Map())).toHaveLength(1);
    expect(queueRows(many, { text: 'job9', states: new Set() }, new Map())).toHaveLength(12);
  });
});
