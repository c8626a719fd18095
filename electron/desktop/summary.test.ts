import { describe, expect, it } from 'vitest';
import type { BatchRow } from '../../shared/ipc/queue';
import { anyBatch } from '../../shared/ipc/rows-for-tests';
import type { BatchId } from '../../shared/model/ids';
import { noTasks, type BatchState } from '../../shared/model/states';
import { summarize } from './summary';

const batch = (id: BatchId, state: BatchState, progress = 0): BatchRow => ({
  ...anyBatch(Number(id.slice(1)), id),
  state,
  tasks: { ...noTasks, QUEUED: 10 },
  progress,
});

describe('what tray and task bar tell', () => {
  it('is idle, working, paused, or wants somebody', () => {
    const none = new Set<string>();
    expect(summarize([batch('b1', 'COMPLETED')], none)).toEqual({
      state: 'idle',
      working: [],
      progress: null,
    });
    expect(summarize([batch('b1', 'RUNNING', 0.5), batch('b2', 'PAUSED')], none)).toMatchObject({
      state: 'working',
      progress: 0.25,
    });
    expect(summarize([batch('b1', 'PAUSED'), batch('b2', 'FAILED')], none).state).toBe('paused');
    expect(summarize([batch('b1', 'RUNNING'), batch('b2', 'FAILED')], new Set(['b2'])).state).toBe(
      'attention',
    );
  });
});
