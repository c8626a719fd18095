import { expect, test } from 'vitest';
import type { TaskRow } from '../../shared/ipc/job';
import { taskText } from './text';

const row: TaskRow = {
  task: 4,
  label: 'frame 5',
  state: 'FAILED',
  attempts: 2,
  attempt: 'a-9',
  node: 'attic',
  assignedAt: 1,
  endedAt: 2,
  end: { kind: 'exited', code: 3 },
  usage: { peakMemoryMiB: 2150.25, cpuMs: 1_459_200, wallMs: 192_000 },
  progress: null,
  phrase: null,
};
const used = 'it ran 3 min 12 s on 7.6 cores on average, at most 2.1 GiB of memory';

test('a task that has ended is told with what its newest attempt used, where that is known', () => {
  expect(taskText(row)).toBe(`ended with exit status 3 on attic, attempt 2; ${used}`);
  const completed: TaskRow = { ...row, state: 'COMPLETED', end: { kind: 'exited', code: 0 } };
  expect(taskText(completed)).toBe(`completed on attic; ${used}`);
  expect(taskText({ ...completed, usage: null })).toBe('completed on attic');
});

test('a task that runs is told with its progress', () => {
  const running: TaskRow = { ...row, state: 'RUNNING', end: null, endedAt: null, usage: null, progress: 0.5 };
  expect(taskText(running)).toBe('running on attic, 50%');
});
