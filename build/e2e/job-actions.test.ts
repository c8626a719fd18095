import type { Page } from 'playwright/test';
import { expect, keepPicture, test } from './app';
import { waitFor } from './recipes';
import { setAside, submitAndOpen } from './submit';

const stateOf = (page: Page) => page.locator('header .run-state');

test('what waits says why, and the cheapest change is made and taken back with a click', async ({
  page,
  place,
}) => {
  await setAside(place, '--why', 'lunch');
  await submitAndOpen(
    page,
    place,
    { film: { frames: '1-40', run: waitFor('go'), resources: { cpu: 1 } } },
    'film',
  );
  const why = page.getByRole('region', { name: "Why isn't it running?" });
  await expect(why).toContainText('This machine: MAINTENANCE, set aside by');
  await expect(why).toContainText('lunch');
  await keepPicture(page, 'why');
  const help = why.getByRole('button', { name: /^Let node This machine.* take work again/ });
  await help.focus();
  await page.keyboard.press('Enter');
  await expect(stateOf(page)).toHaveText('Running');
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('This machine is set aside again')).toBeVisible();

  await page.getByRole('link', { name: 'Night' }).click();
  const batch = page.getByRole('region', { name: /^Why isn't/ });
  await page.getByRole('button', { name: "Why isn't more of it running?" }).click();
  await expect(batch).toContainText('tasks wait');
  await expect(batch).toContainText('This machine: MAINTENANCE');
  await place.write('go', '');
  await batch.getByRole('button', { name: /^Let node This machine/ }).click();
  // Forty tasks take their time on a small machine.
  await expect(stateOf(page)).toHaveText('Completed', { timeout: 45_000 });
  await expect(batch).toHaveCount(0);
});

test('a job is paused, ordered and let go on from its head, and each is taken back', async ({
  page,
  place,
}) => {
  await submitAndOpen(
    page,
    place,
    { film: { frames: '1-40', run: waitFor('go'), resources: { cpu: 1 } } },
    'film',
  );
  await expect(stateOf(page)).toHaveText('Running');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(stateOf(page)).toHaveText('Paused');
  await page
    .getByRole('alert')
    .filter({ hasText: 'film paused' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(stateOf(page)).toHaveText('Running');

  await page.getByRole('button', { name: 'Medium' }).click();
  await page.getByRole('menuitemradio', { name: 'High' }).click();
  await expect(page.getByRole('button', { name: 'High', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'none' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deadline of film' });
  await dialog.getByLabel('Another time').fill('2020-01-01T08:00');
  await expect(dialog.getByText('That is past.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Set', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Tomorrow 8:00' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTitle('Change the deadline')).toContainText('08:00');

  // Only the last change can be taken back, and only that is offered.
  await expect(page.getByRole('alert').filter({ hasText: 'is high now' })).toHaveCount(0);
  await page.getByRole('alert').filter({ hasText: 'done by' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTitle('Change the deadline')).toHaveText('none');
  await place.write('go', '');
});

test('ranges of tasks are selected by dragging and by keys, then cancelled and retried', async ({
  page,
  place,
}) => {
  const run = `[ {{Frame}} -gt 3 ] || exit 7; ${waitFor('go')}`;
  await submitAndOpen(page, place, { film: { frames: '1-40', run, resources: { cpu: 1 } } }, 'film');
  await expect(page.getByRole('button', { name: 'Failed 3' })).toBeVisible();
  const grid = page.getByRole('listbox', { name: /^Tasks of/ });
  const bar = page.getByRole('group', { name: 'Selected tasks' });
  const box = await grid.boundingBox();
  if (box === null) throw new Error('the grid is not there');
  await grid.hover({ position: { x: 20, y: 20 } });
  await expect(page.locator('.grid-tip')).toContainText('This machine');
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 20);
  await page.mouse.move(box.x + box.width - 4, box.y + 20);
  await page.mouse.up();
  await expect(bar).toContainText(/frame 1 to frame \d+/);
  await keepPicture(page, 'job-selected');
  await page.getByRole('button', { name: 'Failed 3' }).click();
  await grid.press('Control+a');
  await expect(bar).toContainText('3 tasks selected');
  await expect(bar.getByRole('button', { name: /Cancel/ })).toHaveCount(0);
  await keepPicture(page, 'job-filtered');
  await page.getByRole('button', { name: 'All' }).click();

  await grid.press('End');
  await grid.press('Shift+ArrowLeft');
  await grid.press('Shift+ArrowLeft');
  await expect(bar).toContainText('3 tasks selected: frame 38 to frame 40');
  await bar.getByRole('button', { name: 'Cancel 3' }).click();
  await expect(page.getByRole('button', { name: 'Cancelled 3' })).toBeVisible();
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Cancelled 3' })).toHaveCount(0);
  await bar.getByRole('button', { name: 'Cancel 3' }).click();
  await bar.getByRole('button', { name: 'Retry 3' }).click();
  await grid.press('Escape');
  await expect(bar).toHaveCount(0);

  await grid.press('Home');
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight']) await grid.press(key);
  await bar.getByRole('button', { name: 'Retry 3' }).click();
  await expect(page.getByText('3 tasks will run again').last()).toBeVisible();
  await place.write('go', '');
  const summary = page.getByTestId('task-grid-summary');
  await expect(summary).toHaveText('37 of 40 tasks completed, 3 failed');
  await bar.getByRole('button', { name: 'Skip 3' }).click();
  await keepPicture(page, 'job-skip');
  await page
    .getByRole('dialog', { name: 'Skip 3 tasks?' })
    .getByRole('button', { name: 'Skip them' })
    .click();
  await expect(summary).toHaveText('40 of 40 tasks completed');
  await expect(stateOf(page)).toHaveText('Completed');
});

test('what a job waits for and who did what are told beside its tasks', async ({ drover, page, place }) => {
  const jobs = { melt: { run: waitFor('go') }, film: { frames: '1-2', run: 'echo hello', after: ['melt'] } };
  await submitAndOpen(page, place, jobs, 'film');
  await page.getByRole('tab', { name: 'Dependencies' }).click();
  const before = page.getByRole('table', { name: 'It waits for' });
  await expect(before.getByRole('row', { name: /melt/ })).toContainText('Awaited');
  for (const [width, height] of [
    [1024, 700],
    [1440, 900],
  ] as const) {
    await drover.app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
      [width, height] as const,
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const tab of ['Tasks', 'Dependencies', 'History']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tabpanel')).toBeVisible();
        await keepPicture(page, `job-${tab.toLowerCase()}-${colorScheme}-${width}`);
      }
    }
  }
  await expect(page.getByText('Nobody has changed anything yet')).toBeVisible();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('row', { name: /Held b1\.film/ })).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('row', { name: /Released b1\.film/ })).toBeVisible();

  await page.getByRole('tab', { name: 'Dependencies' }).click();
  await before.getByRole('button', { name: 'Do not wait' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Do not wait' }).click();
  await expect(before.getByRole('row', { name: /melt/ })).toContainText('Not waited for');
  await expect(stateOf(page)).toHaveText('Completed');
  await place.write('go', '');
});
