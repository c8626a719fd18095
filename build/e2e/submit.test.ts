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

test('what cannot run is not submitted: it says why, and what would help', async ({
  drover,
  page,
  place,
}) => {
  const large =
    'drover: 1\nbatch: Large\njobs:\n  melt:\n    run: no-such-program\n    resources: { cpu: 9999 }\n';
  await answerFileDialog(drover, await place.write('large.yaml', large));
  await page.keyboard.press('Control+n');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'File …' }).click();

  const findings = dialog.getByRole('list', { name: 'What was found' }).getByRole('listitem');
  await expect(findings).toHaveCount(1);
  await expect(findings).toContainText(/jobs\.melt\.resources\.cpu.*needs 9999 cores.*no node could give/);
  await expect(findings).toContainText(/ask for \d+ cores? instead of 9999 cores/);
  await expect(dialog.getByRole('button', { name: 'Submit' })).toBeDisabled();

  await place.write('large.yaml', large.replace('9999', '1'));
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(findings).toContainText(/jobs\.melt\.run.*no-such-program is missing on This machine/);
  await expect(dialog.getByRole('button', { name: 'Submit' })).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  const { output } = await cli(place, 'list', '--json');
  expect(JSON.parse(output)).toMatchObject({ batches: [] });

  await place.write('large.yaml', large.replace('9999', '1').replace('no-such-program', 'echo'));
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog.getByText('Would start now: 1 task on This machine.')).toBeVisible();
  await expect(findings).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await expect(page.locator('header .run-state')).toHaveText('Completed');
});

test('a warning is confirmed by one click, and not by a key that was pressed before it came', async ({
  drover,
  page,
  place,
}) => {
  const late = recipe('Late', { only: { run: 'echo late', deadline: '2020-01-01 10:00' } });
  await answerFileDialog(drover, await place.write('late.yaml', late));
  await page.keyboard.press('Control+n');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'File …' }).click();
  await expect(dialog.getByRole('heading', { name: 'Late' })).toBeVisible();
  await page.keyboard.press('Control+Enter');

  const anyway = dialog.getByRole('button', { name: 'Submit all the same' });
  await expect(dialog.getByRole('list', { name: 'What was found' })).toContainText(
    /jobs\.only\.deadline.*is past/,
  );
  await expect(anyway).toBeFocused();
  await expect(dialog).toBeVisible();
  await anyway.click();
  await expect(page.locator('header .run-state')).toHaveText('Completed');
});

test('a recipe with a schedule is scheduled; a sweep shows what its tasks are', async ({ page, place }) => {
  const nightly =
    'drover: 1\nbatch: Nightly\nschedule: { cron: "0 22 * * *", zone: UTC }\njobs: { a: { run: echo } }\n';
  await drop(page, [await place.write('nightly.yaml', nightly)]);
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/Submitted by the clock: 0 22 \* \* \*, UTC/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Schedule' }).click();
  await expect(page.getByText('Nightly scheduled')).toBeVisible();
  await expect(dialog).toBeHidden();
  const { output } = await cli(place, 'schedules', '--json');
  expect(JSON.parse(output)).toMatchObject({
    schedules: [{ name: 'Nightly', rule: { timing: { timeZone: 'UTC' } } }],
  });

  const study = `drover: 1
batch: Study
jobs:
  study:
    sweep: { Mass: [1, 2.5], Seed: 1-3 }
    run: echo {{Mass}} and {{Seed}}
`;
  await drop(page, [await place.write('study.yaml', study)]);
  await expect(dialog.getByText('1 job, 6 tasks')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await page.getByRole('listbox', { name: /^Tasks of/ }).press('End');
  await expect(page.getByRole('heading', { name: 'Mass=2.5, Seed=3' })).toBeVisible();
  await expect(page.getByRole('log')).toHaveText('2.5 and 3');
});
