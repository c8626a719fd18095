import { describe, expect, it } from 'vitest';
import { taskStates } from '../../../shared/model/states';
import type { TaskState } from '../../../shared/model/states';
import { firstToSee, tasksInState } from './choose';

const states = (...names: TaskState[]): Uint8Array =>
  Uint8Array.from(names, (name) => taskStates.indexOf(name));

describe('the task to see first', () => {
  it('runs, else has failed, else is the first', () => {
    expect(firstToSee(states('COMPLETED', 'FAILED', 'RUNNING'))).toBe(2);
    expect(firstToSee(states('COMPLETED', 'FAILED', 'QUEUED'))).toBe(1);
    expect(firstToSee(states('COMPLETED', 'QUEUED'))).toBe(0);
  });
});

describe('tasks in a state', () => {
  it('are found in order', () => {
    expect([...tasksInState(states('FAILED', 'QUEUED', 'FAILED'), 'FAILED')]).toEqual([0, 2]);
    expect([...tasksInState(states('PENDING'), 'FAILED')]).toEqual([]);
  });
});
