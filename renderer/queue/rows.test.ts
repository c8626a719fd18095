import { describe, expect, it } from 'vitest';
import type { JobRow, StepRow } from '../../shared/ipc/queue';
import { noRequest } from '../../shared/model/amounts';
import { noTasks } from '../../shared/model/states';
import type { Queue } from '../live/values';
import { merges } from '../live/values';
import type { Sort } from '../ui/table/columns';
import { parseFilter } from './filter/language';
import { matcherOf } from './filter/match';
import { anyBatch, anyJob } from '../../shared/ipc/rows-for-tests';
import { batchRows, countStates, orderOf, queueRows, rowKey } from './rows';
import type { Opened, QueueRow, Unfolded } from './rows';

const queue = merges.queue.start({
  trouble: null,
  batches: [anyBatch(1, 'Shot 042'), anyBatch(2, 'Dam break')],
  jobs: [anyJob('b1.melt', 'COMPLETED'), anyJob('b1.beauty', 'RUNNING'), anyJob('b2.flow')],
});
const rowsOf = (
  text: string,
  from: Queue = queue,
  unfolded: Unfolded = new Map(),
  sort: Sort | null = null,
): readonly QueueRow[] => {
  const keeps = matcherOf(parseFilter(text), { me: 'ada', now: 0 });
  return queueRows(from, orderOf(from, sort), keeps, unfolded, sort);
};
const keys = (text: string, unfolded?: Unfolded): string[] => rowsOf(text, queue, unfolded).map(rowKey);

describe('the rows of the queue', () => {
  it('has the newest batch first, and jobs in their order', () => {
    expect(keys('')).toEqual(['b2', 'b2.flow', 'b1', 'b1.melt', 'b1.beauty']);
  });

  it('folds what the person folded', () => {
    expect(keys('', new Map([['b1', false]]))).toEqual(['b2', 'b2.flow', 'b1']);
  });

  it('keeps what the filter keeps, with its batch', () => {
    expect(keys('shot beau')).toEqual(['b1', 'b1.beauty']);
    expect(keys('nothing')).toEqual([]);
    expect(keys('state:queued,running')).toEqual(['b2', 'b2.flow', 'b1', 'b1.beauty']);
    expect(countStates(queue).get('RUNNING')).toBe(1);
  });

  it('keeps a row as it is when other rows change', () => {
    const before = rowsOf('');
    const next = merges.queue.change(queue, [
      { trouble: null, batches: [], jobs: [anyJob('b1.beauty', 'COMPLETED')] },
    ]);
    const after = rowsOf('', next);
    expect(after.map((row, index) => row === before[index])).toEqual([true, true, false, true, false]);
  });

  it('folds a batch of many jobs by itself, but not while filtering', () => {
    const many = merges.queue.start({
      trouble: null,
      batches: [anyBatch(1, 'Many')],
      jobs: Array.from({ length: 100 }, (_, number) => anyJob(`b1.job${number}`)),
    });
    expect(rowsOf('', many)).toHaveLength(1);
    expect(rowsOf('job9', many)).toHaveLength(12);
  });
});

describe('sorting the queue', () => {
  const some = (id: JobRow['id'], row: Partial<JobRow>): JobRow => ({ ...anyJob(id), ...row, id });
  const farm = merges.queue.start({
    trouble: null,
    batches: [anyBatch(1, 'shot 10'), anyBatch(2, 'Shot 9'), anyBatch(3, 'shot 11')],
    jobs: [
      some('b1.a', { priority: 'LOW', deadline: 300 }),
      some('b1.b', { priority: 'HIGH', deadline: 100 }),
      some('b2.c', { priority: 'CRITICAL', state: 'COMPLETED' }),
      some('b3.d', { priority: 'MEDIUM', deadline: 200 }),
    ],
  });
  const sorted = (column: string, direction: Sort['direction'] = 'ascending'): string[] =>
    rowsOf('', farm, new Map(), { column, direction }).map(rowKey);

  it('sorts batches, and jobs within them; what has nothing there is last', () => {
    expect(sorted('name')).toEqual(['b2', 'b2.c', 'b1', 'b1.a', 'b1.b', 'b3', 'b3.d']);
    expect(sorted('name', 'descending')).toEqual(['b3', 'b3.d', 'b1', 'b1.b', 'b1.a', 'b2', 'b2.c']);
    expect(sorted('deadline')).toEqual(['b1', 'b1.b', 'b1.a', 'b3', 'b3.d', 'b2', 'b2.c']);
    expect(sorted('deadline', 'descending')).toEqual(['b3', 'b3.d', 'b1', 'b1.a', 'b1.b', 'b2', 'b2.c']);
    expect(sorted('priority', 'descending')).toEqual(['b1', 'b1.b', 'b1.a', 'b3', 'b3.d', 'b2', 'b2.c']);
  });

  it('leaves the order where a column has none', () => {
    expect(sorted('owner')).toEqual(['b3', 'b3.d', 'b2', 'b2.c', 'b1', 'b1.a', 'b1.b']);
    expect(sorted('colour')).toEqual(sorted('owner'));
    const batch = farm.batches.get('b1');
    const rows =
      batch === undefined ? [] : batchRows(farm, batch, { column: 'deadline', direction: 'ascending' });
    expect(rows.map(rowKey)).toEqual(['b1.b', 'b1.a']);
  });

  it('has steps under the jobs that are unfolded, as soon as they are known', () => {
    const film = { ...anyJob('b1.film'), stepCount: 2 };
    const from = merges.queue.start({
      trouble: null,
      batches: [anyBatch(1, 'Shot')],
      jobs: [film, anyJob('b1.short')],
    });
    const step = (name: string): StepRow => ({
      name,
      state: 'QUEUED',
      tasks: noTasks,
      progress: 0,
      request: noRequest,
    });
    const steps = new Map([[film.id, [step('draw'), step('grade')]]]);
    const rows = (opened?: Opened): readonly string[] =>
      queueRows(from, orderOf(from, null), null, new Map(), null, opened).map((row) =>
        row.kind === 'job' ? `${row.job.id} ${row.isExpanded}` : rowKey(row),
      );
    expect(rows()).toEqual(['b1', 'b1.film false', 'b1.short null']);
    expect(rows({ jobs: new Set([film.id]), steps: new Map() })).toEqual([
      'b1',
      'b1.film true',
      'b1.short null',
    ]);
    const opened = { jobs: new Set([film.id]), steps };
    expect(rows(opened)).toEqual(['b1', 'b1.film true', 'b1.film/0', 'b1.film/1', 'b1.short null']);
    const drawn = (): readonly QueueRow[] =>
      queueRows(from, orderOf(from, null), null, new Map(), null, opened);
    const before = drawn();
    drawn().forEach((row, at) => expect(row, 'is not drawn again').toBe(before[at]));
  });
});
