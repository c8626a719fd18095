import { cli, expect, keepPicture, test } from './app';
import { recipe } from './recipes';

test('a job tells its parameters and what it used; a failed task is not sent where there is no other node, and is told of with the others', async ({
  page,
  place,
}) => {
  const run = 'sleep 0.2; test "{{Scene}}" = other';
  const job = { frames: '1-3', run, resources: { cpu: 1, memory: '1 GiB' } };
  const text = recipe('Night', { film: job }, { Scene: 'castle', Samples: 64 });
  await cli(place, 'submit', await place.write('night.yaml', text), '-p', 'Samples=128');
  await page.getByRole('link', { name: 'film', exact: true }).click();
  await expect(page.locator('header .run-state')).toHaveText('Failed');

  await page.getByRole('tab', { name: 'Parameters and use' }).click();
  const parameters = page.getByRole('region', { name: 'Parameters' });
  await expect(parameters).toContainText('Scene');
  await expect(parameters).toContainText('castle');
  await expect(parameters).toContainText('128given');
  await expect(page.getByRole('region', { name: 'Made of' })).toContainText('night.yaml');
  const uses = page.getByRole('region', { name: 'Asked for and used' });
  await expect(uses).toContainText('asked for: 1 core');
  await expect(uses).toContainText('Of 3 measured attempts');
  await keepPicture(page, 'about');

  await page.getByRole('tab', { name: 'Tasks', exact: true }).click();
  await page.getByRole('button', { name: 'Run this task elsewhere than on This machine' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No other node than This machine' })).toBeVisible();
  await keepPicture(page, 'elsewhere');

  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('feed')).toContainText('3 tasks of b1.film failed on This machine');
  await page.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(page, 'activity-failures-dark');
});
