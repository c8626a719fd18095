import { cli, expect, keepPicture, test } from './app';
import { schemes, useScheme } from './look';
import { setAside, submitAndOpen } from './submit';

/** Has something to lose when it says so, saves its work when it is asked to and the test lets it, and may end then. */
const run = `
trap 'until [ -e save ]; do sleep 0.05; done; echo saved >"{{Output}}/state"' USR1
sleep 3
echo working
until [ -e done ]; do sleep 0.05; done
`;

test('a task that makes way says that it saves its work, and what that has cost', async ({ page, place }) => {
  const checkpoints = { files: ['state'], made: { signal: 'USR1' } };
  await submitAndOpen(page, place, { sim: { kind: 'simulation', run, checkpoints } }, 'sim');
  const task = page.getByRole('region', { name: 'Selected task' });
  await expect(page.getByRole('log')).toHaveText('working');
  await setAside(place, '--vacate');
  await expect(task).toContainText('saving its work before it is stopped');
  await place.write('save', '');
  await expect(task).toContainText('Queued');
  await cli(place, 'back', 'local');

  const attempts = task.getByRole('radiogroup', { name: 'Attempts' });
  await expect(attempts).toContainText(/lost .+ of work/);
  for (const scheme of schemes) {
    await useScheme(page, scheme);
    await keepPicture(page, `making-way-${scheme}`);
  }
  await place.write('done', '');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
});
