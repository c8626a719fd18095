import { describe, expect, it } from 'vitest';
import { taskStates } from '../../../shared/model/states';
import type { TaskState } from '../../../shared/model/states';
import { firstIn, firstToSee, tasksInStates } from './choose';

const states = (...names: TaskState[]): Uint8Array =>
  Uint8Array.from(names, (name) => taskStates.indexOf(name));

describe('the task to see first', () => {
  it('runs, else has failed, else is the first', () => {
    expect(firstToSee(states('COMPLETED', 'FAILED', 'RUNNING'))).toBe(2);
    expect(firstToSee(states('COMPLETED', 'FAILED', 'QUEUED'))).toBe(1);
    expect(firstToSee(states('COMPLETED', 'QUEUED'))).toBe(0);
  });
});

describe('tasks in some states', () => {
  const of = (...names: TaskState[]): ReadonlySet<TaskState> => new Set(names);

  it('are found in order', () => {
    const all = states('FAILED', 'QUEUED', 'RUNNING', 'FAILED');
    expect([...tasksInStates(all, of('FAILED'))]).toEqual([0, 3]);
    expect([...tasksInStates(all, of('FAILED', 'RUNNING'))]).toEqual([0, 2, 3]);
    expect([...tasksInStates(states('PENDING'), of('FAILED'))]).toEqual([]);
  });

  it('are gone to only when the one that is shown is in another', () => {
    const all = states('QUEUED', 'FAILED', 'FAILED');
    expect(firstIn(all, of('FAILED'), 2)).toBe(2);
    expect(firstIn(all, of('FAILED'), 0)).toBe(1);
    expect(firstIn(all, of('RUNNING'), 0)).toBeNull();
  });
});
