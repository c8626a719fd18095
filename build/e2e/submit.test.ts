import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { cli, expect, test } from './app';
import { answerFileDialog, drop } from './files';
import { recipe } from './recipes';

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Submit' });

const shot = recipe(
  'Shot 042',
  {
    melt: { kind: 'simulation', run: 'echo melted' },
    beauty: {
      kind: 'render',
      frames: '1-{{Frames}}',
      run: 'echo frame {{Frame}} of {{Scene}}',
      after: ['melt'],
    },
  },
  { Frames: 3, Scene: 'harbour' },
);

test('a chosen recipe shows its jobs, takes other parameters, and is submitted by keyboard', async ({
  drover,
  page,
  place,
}) => {
  await answerFileDialog(drover, await place.write('shot.yaml', shot));
  await page.keyboard.press('Control+n');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'File …' }).click();

  await expect(dialog.getByRole('heading', { name: 'Shot 042' })).toBeVisible();
  await expect(dialog.getByText('2 jobs, 4 tasks')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Jobs' }).getByRole('listitem')).toContainText([
    'melt',
    /beauty.*after melt.*3 tasks/,
  ]);
  await expect(dialog.getByText(join(place.work, 'shot.yaml'))).toBeVisible();

  await dialog.getByLabel('Frames').fill('5');
  await dialog.getByLabel('Scene').fill('<b>cliff</b>');
  await expect(dialog.getByText('2 jobs, 6 tasks')).toBeVisible();
  await page.keyboard.press('Control+Enter');

  await expect(page.getByRole('heading', { level: 1, name: 'Shot 042' })).toBeVisible();
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await page.getByRole('link', { name: 'beauty' }).click();
  await page.getByRole('listbox', { name: /^Tasks of/ }).press('End');
  await expect(page.getByRole('log')).toHaveText('frame 5 of <b>cliff</b>');
});

test('mistakes are named with place, field and what is allowed, and nothing is submitted', async ({
  drover,
  page,
  place,
}) => {
  const wrong =
    'drover: 1\nbatch: Wrong\njobs:\n  melt:\n    kind: rander\n    run: echo\n    resorces: { cpu: 1 }\n  beauty:\n    run: echo\n    after: [melted]\n';
  await answerFileDialog(drover, await place.write('wrong.yaml', wrong));
  await page.getByRole('link', { name: 'Submit', exact: true }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'File …' }).click();

  await expect(dialog.getByRole('heading', { name: /problems: nothing is submitted/ })).toBeVisible();
  const problems = dialog.getByRole('list', { name: 'What is wrong' }).getByRole('listitem');
  await expect(problems.filter({ hasText: '5:11' })).toContainText(
    /jobs\.melt\.kind.*rander.*render, simulation, command/,
  );
  await expect(problems.filter({ hasText: '7:5' })).toContainText(/resorces.*resources/);
  await expect(dialog.getByRole('button', { name: 'Submit' })).toBeDisabled();
  await page.keyboard.press('Control+Enter');

  await place.write('wrong.yaml', wrong.replace('rander', 'render').replace('resorces', 'resources'));
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(problems).toHaveCount(1);
  await expect(problems).toContainText(/10:\d+.*melted.*melt/);
  const { output } = await cli(place, 'list', '--json');
  expect(JSON.parse(output)).toMatchObject({ batches: [] });

  await place.write(
    'wrong.yaml',
    wrong.replace('rander', 'render').replace('resorces', 'resources').replace('melted', 'melt'),
  );
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await expect(page.locator('header .run-state')).toHaveText('Completed');
});

test('a file dropped anywhere in the window is opened for submitting', async ({ page, place }) => {
  await drop(page, [await place.write('dropped.yaml', recipe('Dropped', { only: { run: 'echo hello' } }))]);
  await expect(dialogOf(page).getByRole('heading', { name: 'Dropped' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toBeHidden();

  await drop(page, [await place.write('readme.txt', 'Dear colleagues,\nplease render this.\n')]);
  await expect(dialogOf(page)).toContainText(/does not know what to do with readme\.txt.*\*\.blend/);
  await dialogOf(page).getByRole('button', { name: 'Choose something else' }).click();
  await expect(dialogOf(page).getByRole('region', { name: 'Presets' })).toBeVisible();
});
