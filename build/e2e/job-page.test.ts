import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './app';
import { isAlive } from './place';
import { waitFor } from './recipes';
import { submitAndOpen } from './submit';

const stateOf = (page: Page) => page.locator('header .run-state');
const taskOf = (page: Page) => page.getByRole('region', { name: 'Selected task' });

test('log lines arrive while the task runs, with its progress; then the grid shows every task', async ({
  page,
  place,
}) => {
  const run = `echo "frame {{Frame}} begins"; ${waitFor('half{{Frame}}')}; echo 'openjd_progress: 50'; echo 'openjd_status: tracing'; ${waitFor('go{{Frame}}')}; echo done`;
  await submitAndOpen(
    page,
    place,
    { film: { kind: 'render', frames: '1-3', run, resources: { cpu: 1 } } },
    'film',
  );
  const grid = page.getByRole('listbox', { name: /^Tasks of/ });
  const log = page.getByRole('log');

  await expect(log).toHaveText('frame 1 begins');
  await expect(taskOf(page)).toContainText('Running');
  await place.write('half1', '');
  await expect(log).toContainText('openjd_status: tracing');
  await expect(page.getByRole('progressbar', { name: 'Progress of the task' })).toHaveAttribute(
    'aria-valuenow',
    '50',
  );
  await expect(taskOf(page)).toContainText('tracing');
  await place.write('go1', '');
  await expect(log).toContainText('done');
  await expect(taskOf(page)).toContainText('Completed');

  await grid.press('ArrowRight');
  await expect(grid.getByRole('option', { selected: true })).toHaveText(/2.*running/);
  await expect(log).toHaveText('frame 2 begins');
  for (const file of ['half2', 'go2', 'half3', 'go3']) await place.write(file, '');
  await expect(page.getByTestId('task-grid-summary')).toHaveText('3 of 3 tasks completed');
  await expect(stateOf(page)).toHaveText('Completed');

  await grid.press('End');
  await expect(grid.getByRole('option', { selected: true })).toHaveText(/3.*completed/);
  await grid.click({ position: { x: 12, y: 12 } });
  await expect(grid.getByRole('option', { selected: true })).toHaveText(/1.*completed/);
  await expect(log).toContainText('frame 1 begins');
});

test('a failed task shows how it ended, and runs again when it is told to', async ({ page, place }) => {
  const run =
    'if [ -e mended ]; then echo "now {{Frame}}"; else echo "try {{Frame}}"; [ {{Frame}} != 2 ] || exit 7; fi';
  await submitAndOpen(page, place, { film: { frames: '1-3', run } }, 'film');
  await expect(stateOf(page)).toHaveText('Failed');

  await page.getByRole('button', { name: 'Failed 1' }).click();
  await page.getByLabel('Hide the others').check();
  const grid = page.getByRole('listbox', { name: /^Tasks of/ });
  await grid.press('Home');
  await expect(grid.getByRole('option', { selected: true })).toHaveText(/2.*failed/);
  await expect(taskOf(page)).toContainText('ended with exit status 7');

  await place.write('mended', '');
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(stateOf(page)).toHaveText('Completed');
  await page.getByRole('button', { name: 'All' }).click();
  await expect(page.getByTestId('task-grid-summary')).toHaveText('3 of 3 tasks completed');
  await expect(taskOf(page).getByText('Attempt').locator('..')).toContainText('2');
  await expect(taskOf(page).locator('.task-head')).not.toContainText('exit status');

  const attempts = taskOf(page).getByRole('radiogroup', { name: 'Attempts' });
  await expect(attempts).toContainText('Ended with exit status 7');
  await expect(page.getByRole('log')).toHaveText('now 2');
  await attempts.getByRole('radio').last().check({ force: true });
  await expect(page.getByRole('log')).toHaveText('try 2');
});

test('cancelling ends all processes of the running tasks', async ({ page, place }) => {
  // A task with children of its own, one of them in the background.
  const run = "echo $$ >pids; sh -c 'echo $$ >>pids; sleep 600 & echo $! >>pids; wait'";
  await submitAndOpen(page, place, { stuck: { run } }, 'stuck');
  await expect.poll(() => place.lines('pids').length).toBe(3);
  const pids = readFileSync(join(place.work, 'pids'), 'utf8').trim().split('\n').map(Number);
  expect(pids.map(isAlive)).toEqual([true, true, true]);

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Cancel stuck?' });
  await expect(question).toContainText('1 task is running and will be stopped');
  await question.getByRole('button', { name: 'Keep running' }).click();
  await expect(question).toBeHidden();
  expect(pids.map(isAlive)).toEqual([true, true, true]);

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await question.getByRole('button', { name: 'Cancel the job' }).click();
  await expect(stateOf(page)).toContainText('Cancelled');
  await expect.poll(() => pids.map(isAlive)).toEqual([false, false, false]);
  await expect(stateOf(page)).toHaveText('Cancelled');
  await expect(taskOf(page)).toContainText(/was stopped|was killed by signal 15/);
});

test('what is held says why, and goes on when the job before it does', async ({ page, place }) => {
  const jobs = {
    melt: { run: '[ -e mended ]' },
    beauty: { frames: '1-2', run: 'echo hello', after: ['melt'] },
  };
  await submitAndOpen(page, place, jobs, 'beauty');
  const why = page.getByRole('region', { name: "Why isn't it running?" });
  await expect(why).toContainText('Held: 1 task of melt did not complete; retry melt to go on.');
  await expect(stateOf(page)).toHaveText('Pending');

  await place.write('mended', '');
  await why.getByRole('button', { name: 'Retry melt' }).click();
  await expect(stateOf(page)).toHaveText('Completed');
  await expect(why).toBeHidden();
  await expect(page.getByTestId('task-grid-summary')).toHaveText('2 of 2 tasks completed');
});
