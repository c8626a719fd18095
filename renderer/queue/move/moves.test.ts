import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../../shared/ipc/queue';
import { anyBatch, anyJob } from '../../../shared/ipc/rows-for-tests';
import { merges } from '../../live/values';
import type { Sort } from '../../ui/table/columns';
import { orderOf, queueRows, rowKey } from '../rows';
import type { QueueRow } from '../rows';
import { moveOf, neighbourOf, notByTurns, problemWithMoving } from './moves';

const byTurns: Sort = { column: 'priority', direction: 'descending' };
const job = (id: JobRow['id'], place: number, row: Partial<JobRow> = {}): JobRow => ({
  ...anyJob(id),
  place,
  ...row,
});
const queue = merges.queue.start({
  trouble: null,
  batches: [anyBatch(1, 'One'), anyBatch(2, 'Two'), anyBatch(3, 'High'), anyBatch(4, 'Done')],
  jobs: [
    job('b1.a', 1),
    job('b1.b', 1.5),
    job('b1.low', 1.2, { priority: 'LOW' }),
    job('b2.c', 0.5),
    job('b3.d', 3, { priority: 'HIGH' }),
    job('b4.e', 4, { state: 'COMPLETED', priority: 'CRITICAL' }),
  ],
});
const rows = queueRows(queue, orderOf(queue, byTurns), null, new Map(), byTurns);
function row(key: string): QueueRow {
  const found = rows.find((one) => rowKey(one) === key);
  if (found === undefined) throw new Error(`there is no row ${key}`);
  return found;
}
const why = (moved: string, to: string, sort: Sort | null = byTurns): string => {
  const move = moveOf([row(moved)], row(to), 'before', sort);
  return move.kind === 'refused' ? move.why : 'moved';
};

describe('turns', () => {
  it('are the order of the rows by priority: of the highest first, then by their places', () => {
    expect(rows.map(rowKey)).toEqual([
      'b3',
      'b3.d',
      'b2',
      'b2.c',
      'b1',
      'b1.a',
      'b1.b',
      'b1.low',
      'b4',
      'b4.e',
    ]);
  });

  it('are changed for a job among those of its batch, and for a batch as a whole', () => {
    expect(moveOf([row('b1.b')], row('b1.a'), 'before', byTurns)).toEqual({
      kind: 'move',
      jobs: ['b1.b'],
      side: 'before',
      beside: 'b1.a',
    });
    expect(moveOf([row('b2')], row('b1'), 'after', byTurns)).toMatchObject({
      jobs: ['b2.c'],
      beside: 'b1.b',
    });
    expect(moveOf([row('b1')], row('b2'), 'before', byTurns)).toMatchObject({
      jobs: ['b1.a', 'b1.b'],
      beside: 'b2.c',
    });
  });

  it('are not changed where that would mean something else, and it is said why', () => {
    expect(why('b1.a', 'b1.b', null)).toBe(notByTurns);
    expect(why('b1.low', 'b1.a')).toBe('low has low priority, a medium: change the priority first.');
    expect(why('b2', 'b3')).toContain('change the priority first');
    expect(why('b2.c', 'b1.a')).toContain('among the jobs of its batch');
    expect(why('b1', 'b1.a')).toContain('another batch');
    expect(why('b4', 'b1')).toBe('Done has ended: it has no turn any more.');
    expect(why('b1', 'b4')).toContain('has ended');
    expect(problemWithMoving(row('b1'), byTurns)).toBeNull();
  });

  it('go one by one with the keyboard', () => {
    expect(neighbourOf(row('b1.b'), rows, -1)).toBe(row('b1.a'));
    expect(neighbourOf(row('b2'), rows, 1)).toBe(row('b1'));
    expect(neighbourOf(row('b3'), rows, -1)).toBeNull();
  });
});
