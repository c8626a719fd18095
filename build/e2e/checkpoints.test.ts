import { expect, keepPicture, test } from './app';
import { findFaults, resize, useScheme } from './look';
import { png } from './png';
import { waitFor } from './recipes';
import { submitAndOpen } from './submit';

/** Goes from step to step, and fails at the third the first time. */
const run = `
here=$PWD
cd "{{Output}}"
step=0
[ ! -e newest ] || step=$(cat newest)
while [ $step -lt 4 ]; do
  step=$((step + 1))
  echo "state $step" >.part
  mv .part "step_$step.state"
  cp "step_$step.state" /dev/null
  echo $step >newest
  (cd "$here"; ${waitFor('go$step')})
  if [ $step = 3 ] && [ ! -e failed ]; then
    touch failed
    exit 1
  fi
done
`;

test('what a job saves is listed, kept for ever, verified, and gone on from', async ({ drover, place }) => {
  const { page } = drover;
  await submitAndOpen(
    page,
    place,
    { melt: { kind: 'simulation', run, checkpoints: { files: ['*.state'], at: 'step_(?<at>[0-9]+)' } } },
    'melt',
  );
  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  const rows = page.getByRole('treegrid', { name: 'Checkpoints' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await place.write('go1', '');
  // After a look that took long on a busy machine, the next waits.
  await expect(rows).toHaveCount(3, { timeout: 45_000 });
  await expect(rows.nth(1)).toContainText('step_2.state');
  await expect(rows.nth(1)).toContainText('Goes on here');

  const first = rows.nth(2);
  const choose = async (item: string): Promise<void> => {
    await first.getByRole('button', { name: 'What to do with step_1.state' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Keep for ever…');
  await page.getByRole('textbox', { name: 'Tag' }).fill('before it melts');
  await page.keyboard.press('Enter');
  await expect(first).toContainText('before it melts');
  await choose('Verify every byte');
  await expect(page.getByText('Every byte is as it was')).toBeVisible();

  await page.getByRole('alert').getByRole('button').click();
  await first.click();
  const details = page.getByRole('complementary', { name: /About/ });
  await expect(details).toContainText('step_1.state');
  await expect(details.getByLabel('The beginning of step_1.state')).toHaveText('state 1');
  await expect(details).toContainText(/Deleting frees\d+ B/);
  await page.getByRole('slider', { name: 'Checkpoints by time' }).press('ArrowRight');
  await expect(details.getByLabel('The beginning of step_2.state')).toHaveText('state 2');
  await details.getByRole('navigation').getByRole('button', { name: 'step_1.state' }).click();
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('step_1.state');

  await details.getByRole('button', { name: 'Write a note…' }).click();
  await details.getByRole('textbox', { name: 'Note' }).fill('still calm');
  await page.keyboard.press('Control+Enter');
  await expect(details.getByText('still calm')).toBeVisible();

  for (const [scheme, width, height] of [
    ['light', 1024, 700],
    ['dark', 1440, 900],
  ] as const) {
    await useScheme(page, scheme);
    await resize(drover, width, height);
    // What follows the size of the window follows it a frame later.
    await expect.poll(() => page.evaluate(findFaults)).toEqual([]);
    await keepPicture(page, `checkpoints-${scheme}`);
  }
  await page.getByRole('button', { name: 'Disk use…' }).click();
  const use = page.getByRole('dialog', { name: 'What checkpoints take' });
  await use.getByRole('textbox', { name: /What if/ }).fill('1');
  await expect(use.getByRole('status')).toContainText('Nothing would be given up.');
  await expect(use.getByRole('row', { name: /melt/ })).toContainText('16 B');
  await keepPicture(page, 'checkpoints-use');
  await use.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('link', { name: 'Checkpoints' }).click();
  await page.getByRole('textbox', { name: 'Filter the checkpoints' }).fill('job:melt is:tagged');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('melt');
  await keepPicture(page, 'checkpoints');
  await page.goBack();
  await page.getByRole('tab', { name: 'Checkpoints' }).click();

  for (const step of [2, 3]) await place.write(`go${step}`, '');
  await expect(page.locator('header .run-state')).toHaveText('Failed');
  await expect(rows).toHaveCount(4);
  await rows.nth(3).getByRole('button', { name: 'What to do with step_1.state' }).click();
  await page.getByRole('menuitem', { name: 'Go on from here' }).click();
  await place.write('go4', '');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
});

test('two checkpoints are compared: what is told of them, and their pictures with a wipe', async ({
  drover,
  place,
}) => {
  const { page } = drover;
  await place.write('calm.png', png(40, 90, 160));
  await place.write('wild.png', png(200, 120, 40));
  const lines = [
    'echo "drover_value: loss 0.5"; cp calm.png "{{Output}}/.part"; mv "{{Output}}/.part" "{{Output}}/state_1.png"',
    waitFor('wild'),
    'echo "drover_value: loss 0.25"; cp wild.png "{{Output}}/.part"; mv "{{Output}}/.part" "{{Output}}/state_2.png"',
    waitFor('go'),
  ];
  const checkpoints = { files: ['*.png'], at: 'state_(?<at>[0-9]+)' };
  await submitAndOpen(page, place, { melt: { run: lines.join('\n'), checkpoints } }, 'melt');
  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  const rows = page.getByRole('treegrid', { name: 'Checkpoints' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await place.write('wild', '');
  await expect(rows).toHaveCount(3);
  await rows.nth(1).getByRole('button', { name: 'What to do with state_2.png' }).click();
  await page.getByRole('menuitem', { name: 'Compare…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare state_2.png' });
  const told = dialog.getByRole('table', { name: 'What is told of both' });
  await expect(told.getByRole('row', { name: /How far/ })).toContainText('+1');
  await expect(told.getByRole('row', { name: /loss/ })).toContainText('-0.25');
  await expect(dialog.getByRole('button', { name: 'state_1.png → state_2.png' })).toBeVisible();
  const wipe = dialog.getByRole('slider', { name: 'Where one frame ends and the other begins' });
  await wipe.focus();
  await page.keyboard.press('ArrowRight');
  await expect(wipe).toHaveValue('51');
  for (const [scheme, width, height] of [
    ['light', 1024, 700],
    ['dark', 1440, 900],
  ] as const) {
    await useScheme(page, scheme);
    await resize(drover, width, height);
    await dialog
      .getByRole('combobox', { name: 'With' })
      .evaluate((field) => field.scrollIntoView({ block: 'center' }));
    await expect.poll(() => page.evaluate(findFaults)).toEqual([]);
    await keepPicture(page, `checkpoints-compare-${scheme}`);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await place.write('go', '');
});
