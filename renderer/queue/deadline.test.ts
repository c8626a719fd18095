import { expect, it } from 'vitest';
import { standingOf } from './deadline';

const job = { state: 'RUNNING', deadline: 1000, end: null, endedAt: null } as const;
const end = (p50: number, p90: number) => ({ p50, p90, isGuess: false });

it('tells how a job stands to its deadline', () => {
  expect(standingOf({ ...job, deadline: null }, 0)).toBeNull();
  expect(standingOf(job, 400)).toEqual({ kind: 'fine', deadline: 1000, slack: 600 });
  expect(standingOf(job, 1400)).toEqual({ kind: 'late', deadline: 1000, slack: -400 });
  expect(standingOf({ ...job, end: end(700, 900) }, 0)).toMatchObject({ kind: 'fine', slack: 300 });
  expect(standingOf({ ...job, end: end(700, 1100) }, 0)).toMatchObject({ kind: 'close', slack: 300 });
  expect(standingOf({ ...job, end: end(1200, 1300) }, 0)).toMatchObject({ kind: 'late', slack: -200 });
  expect(standingOf({ ...job, end: end(200, 300) }, 600)).toMatchObject({ kind: 'fine', slack: 400 });
  expect(standingOf({ ...job, state: 'COMPLETED', endedAt: 900 }, 5000)).toMatchObject({ kind: 'met' });
  expect(standingOf({ ...job, state: 'COMPLETED', endedAt: 1900 }, 0)).toMatchObject({ kind: 'missed' });
  expect(standingOf({ ...job, state: 'FAILED', endedAt: 900 }, 0)).toBeNull();
});
