import { cli, expect, keepPicture, test } from './app';
import { recipe } from './recipes';

/** Half a gibibyte of which almost all is a hole: it needs no room on the disk. */
const large = [
  'frame() { i=0; while [ $i -lt $2 ]; do i=$((i + 1)); echo "$1 $i"; done; }',
  'frame early 400; echo "the first Needle"; frame middle 14000',
  'printf . | dd bs=1048576 seek=512 conv=notrunc 2>/dev/null; echo',
  "frame late 400; printf 'a \\033[31mred needle\\033[0m, a needle\\r\\n'; frame last 400",
].join('\n');

test('a large log opens at its end and is searched', async ({ page, place }) => {
  const file = await place.write('recipe.yaml', recipe('Night', { film: { run: large } }));
  expect((await cli(place, 'submit', file)).status).toBe(0);
  await page.getByRole('link', { name: 'film', exact: true }).click();
  const log = page.getByRole('log');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await expect(log).toContainText('last 400');

  await page.keyboard.press('Control+f');
  const field = page.getByRole('textbox', { name: 'Search in the log' });
  await expect(field).toBeFocused();
  await field.fill('NEEDLE');
  const count = page.getByRole('status').filter({ hasText: 'of' });
  await expect(count).toHaveText('3 of 3', { timeout: 30_000 });
  await expect(log.locator('.log-mark')).toHaveText(['needle', 'needle']);
  await expect(log.locator('.log-row-current')).toHaveText('a red needle, a needle');
  await keepPicture(page, 'log-search');

  // After the last comes the first, half a gibibyte before it.
  await field.press('Enter');
  await expect(count).toHaveText('1 of 3');
  await expect(log.locator('.log-row-current')).toHaveText('the first Needle');
  await expect(log.locator('.log-mark-current')).toHaveText('Needle');
  await keepPicture(page, 'log-search-far');
  const scrollToEnd = async (): Promise<void> => {
    await log.press('End');
    // It scrolls there smoothly.
    const left = () => log.evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
    await expect.poll(left).toBeLessThan(2);
  };
  await scrollToEnd();
  await expect(log).not.toContainText('middle 14000');
  await page.getByRole('button', { name: 'Load later lines' }).click();
  await expect(async () => {
    await scrollToEnd();
    await expect(log).toContainText('middle 14000', { timeout: 500 });
  }).toPass();

  await field.press('Shift+Enter');
  await expect(count).toHaveText('3 of 3');
  await expect(log.locator('.log-row-current')).toHaveText('a red needle, a needle');
  await field.press('Escape');
  await expect(field).toBeHidden();
  await expect(log.locator('.log-mark')).toHaveCount(0);
  await page.getByRole('button', { name: 'Jump to end' }).click();
  await expect(log).toContainText('last 400');
});
