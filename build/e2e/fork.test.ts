import { cli, expect, keepPicture, test } from './app';

/** Saves four steps, of which each is the one before and the mass. */
const run = `
cd "{{Output}}"
step=0
for state in step_*.state; do
  [ ! -e "$state" ] || { step=\${state#step_}; step=\${step%.state}; }
done
echo "from step $step with mass {{Mass}}"
while [ $step -lt 4 ]; do
  step=$((step + 1))
  printf 'state %s' $step >.part
  mv .part "step_$step.state"
  [ $step != 2 ] || sleep 4
done
[ {{Mass}} != 1 ] || exit 1
`;

test('a branch is begun from a checkpoint, with another value', async ({ page, place }) => {
  const rule = { files: ['*.state'], at: 'step_(?<at>[0-9]+)', state: ['Shape'], keep: { last: 9 } };
  const recipe = {
    ...{ drover: 1, batch: 'Melting', parameters: { Mass: 1, Shape: 'round' } },
    jobs: { melt: { kind: 'simulation', run, checkpoints: rule } },
  };
  const { status, errors } = await cli(
    place,
    'submit',
    await place.write('recipe.json', JSON.stringify(recipe)),
  );
  expect(status, errors).toBe(0);
  await page.getByRole('link', { name: 'melt', exact: true }).click();
  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  await expect(page.locator('header .run-state')).toHaveText('Failed');
  await page.locator('summary').filter({ hasText: 'Save every' }).click();
  await expect(page.getByRole('img', { name: /^What is lost of each hour/ })).toBeVisible();
  await keepPicture(page, 'plan');
  await page.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(page, 'plan-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const row = page.getByRole('row').filter({ hasText: 'step_2.state' });
  await row.getByRole('button', { name: 'What to do with step_2.state' }).click();
  await page.getByRole('menuitem', { name: 'Branch from here…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Branch from step_2.state' });
  const begin = dialog.getByRole('button', { name: 'Begin the branch' });
  await expect(begin).toBeEnabled();
  await dialog.getByRole('textbox', { name: 'Shape' }).fill('square');
  await expect(dialog.getByText('what was saved is of no use with another value')).toBeVisible();
  await expect(begin).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Shape' }).fill('round');
  await dialog.getByRole('textbox', { name: 'Mass' }).fill('7');
  await expect(dialog.getByText('Mass was 1 and would be 7')).toBeVisible();
  await expect(dialog.getByText('Runs melt. 2 files of the original')).toBeVisible();
  await keepPicture(page, 'fork');
  await begin.click();
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await page.getByRole('tab', { name: 'Parameters and use' }).click();
  await expect(page.getByRole('link', { name: /^branch of b1\.melt at 2 \(c\d+\)$/ })).toBeVisible();
});
