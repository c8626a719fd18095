import { cli, expect, keepPicture, test } from './app';
import { recipe, waitFor } from './recipes';

test('what happens shows as it comes, and what happened long ago is scrolled to', async ({ page, place }) => {
  await page.keyboard.press('Control+3');
  const feed = page.getByRole('feed', { name: 'Activity' });
  // Days have headings among them.
  const entries = feed.locator('.activity-entry');
  const oldest = feed.getByRole('article').filter({ hasText: 'submitted' }).filter({ hasText: 'Shot 042' });
  await cli(place, 'submit', await place.write('a.yaml', recipe('Shot 042', { film: { run: 'false' } })));
  await expect(feed.getByRole('article').filter({ hasText: 'b1 has failed' })).toContainText('Shot 042');
  await cli(place, 'submit', await place.write('b.yaml', recipe('Later', { sim: { run: waitFor('go') } })));
  await cli(place, 'hold', 'b2', '--why', 'too dark');
  await expect(entries.first()).toContainText('too dark');
  await keepPicture(page, 'activity');

  // As a busy week: more than is told at first, and more than is in sight.
  await page.evaluate(() => {
    for (let index = 0; index < 900; index++)
      window.drover.send({
        kind: 'request',
        id: 1_000_000 + index,
        name: 'batch.order',
        params: { what: 'b2', why: `change ${index}`, priority: 'HIGH', deadline: null },
      });
  });
  await expect(feed.getByText('change 899', { exact: false })).toBeVisible();
  await page.reload();
  await expect(feed.getByText('change 899', { exact: false })).toBeVisible();
  expect(await feed.getByRole('article').count()).toBeLessThan(60);
  await feed.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(async () => {
    await feed.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(oldest).toBeVisible({ timeout: 500 });
  }).toPass();

  // What comes meanwhile does not move what is read.
  const before = await oldest.boundingBox();
  await cli(place, 'release', 'b2');
  await feed.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(oldest).toBeVisible();
  expect((await oldest.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);

  await page.keyboard.press('/');
  await page.keyboard.type('shot 042 has failed');
  await expect(entries).toHaveCount(1);
  await page.getByRole('button', { name: 'Nodes' }).click();
  await expect(page.getByText('Nothing matches the filter')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('submitted');
  await expect(entries).toHaveCount(2);
  await feed.getByRole('link', { name: 'b1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shot 042' })).toBeVisible();
  await place.write('go', '');
});
