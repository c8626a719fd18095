import { expect, test } from 'vitest';
import { resultText, sinceStart, timestamps, type ToldResult } from './openjd-run-text';

const result: ToldResult = {
  state: 'succeeded',
  step: null,
  tasksRun: 3,
  seconds: 1.25,
  job: 'Film',
  chosenStep: null,
  preserved: null,
};

test('times since the start', () =>
  expect([0, 1.5, 61_234.567, 3 * 3_600_000].map(sinceStart)).toEqual([
    '0:00:00.000000',
    '0:00:00.001500',
    '0:01:01.234567',
    '3:00:00.000000',
  ]));

test('times of the day tell their distance to UTC', () => {
  expect(timestamps('utc')()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
  const local = timestamps('local')();
  expect(Math.abs(new Date(local).getTime() - Date.now())).toBeLessThan(60_000);
});

test('results for people', () =>
  expect(resultText({ ...result, chosenStep: 'Render', preserved: '/tmp/x' }, 'human-readable')).toBe(
    `
--- Results of local session ---

Session ended successfully
Working directory preserved at: /tmp/x

Job: Film
Step: Render
Duration: 1.250 seconds
Tasks run: 3`,
  ));

test('results for programs', () => {
  expect(JSON.parse(resultText(result, 'json'))).toEqual({
    status: 'success',
    message: 'Session ended successfully',
    job_name: 'Film',
    duration: 1.25,
    tasks_run: 3,
  });
  const failed = { ...result, state: 'failed', step: 'Render', job: 'a: b' } as const;
  expect(resultText(failed, 'yaml')).toBe(
    `status: failed
message: "Session failed in step Render: an action did not succeed; its output tells more"
job_name: "a: b"
duration: 1.25
tasks_run: 3`,
  );
});
