import { describe, expect, it } from 'vitest';
import { anyBatch, anyJob } from '../../../shared/ipc/rows-for-tests';
import type { JobState } from '../../../shared/model/states';
import { merges } from '../../live/values';
import { rank } from './rank';
import { queueEntries } from './things';

const job = (of: number, name: string, state: JobState = 'QUEUED') => anyJob(`b${of}.${name}`, state);
const queue = merges.queue.start({
  trouble: null,
  batches: [anyBatch(1, 'Shot 042'), anyBatch(2, 'Shot 043')],
  jobs: [job(1, 'film'), job(2, 'film'), job(2, 'encode')],
});
const keys = (typed: string): readonly string[] =>
  rank(typed, queueEntries(queue)).best.map(({ entry }) => entry.key);

describe('the queue in the palette', () => {
  it('has the newest batch first, each before its jobs', () => {
    expect(keys('')).toEqual(['b2', 'b2.film', 'b2.encode', 'b1', 'b1.film']);
  });

  it('is found by names, ids, owners and what a job is part of', () => {
    expect(keys('film')).toEqual(['b2.film', 'b1.film']);
    expect(keys('film 042')).toEqual(['b1.film']);
    expect(keys('b2.encode')).toEqual(['b2.encode']);
    expect(keys('ada 43')).toEqual(['b2']);
  });

  it('keeps the entries of what has not changed', () => {
    const before = queueEntries(queue);
    const changed = merges.queue.change(queue, [
      { trouble: null, batches: [], jobs: [job(2, 'film', 'RUNNING')] },
    ]);
    const after = queueEntries(changed);
    expect(after.map((entry, index) => entry === before[index])).toEqual([true, false, true, true, true]);
    expect(after[1]?.state).toBe('RUNNING');
  });
});
