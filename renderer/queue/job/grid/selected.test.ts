import { expect, it } from 'vitest';
import { taskStates, type TaskState } from '../../../../shared/model/states';
import { selected, waitingOf } from './selected';

const states = (...names: TaskState[]): Uint8Array =>
  Uint8Array.from(names, (name) => taskStates.indexOf(name));

it('counts what can be done with some tasks', () => {
  const all = states('PENDING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'QUEUED');
  expect(selected(all, [[0, 5]])).toEqual({ all: 6, open: 3, waiting: 2, running: 1, ended: 2 });
  expect(selected(all, [[3, 3]])).toEqual({ all: 1, open: 0, waiting: 0, running: 0, ended: 0 });
  expect(waitingOf(all, [[0, 6]])).toEqual([
    [0, 1],
    [6, 6],
  ]);
});
