import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import { recipe, waitFor } from './recipes';

const field = (page: Page) => page.getByRole('combobox', { name: /Find a job/ });
const chosen = (page: Page) =>
  page.getByRole('listbox', { name: 'Found' }).getByRole('option', { selected: true });

async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(text);
}

test('jobs, pages and what is open are found and done by a few letters', async ({ page, place }) => {
  const jobs = { film: { frames: '1-3', run: waitFor('go') }, encode: { run: 'true', after: ['film'] } };
  await cli(place, 'submit', await place.write('a.yaml', recipe('Shot 042', jobs)));
  await expect(page.getByRole('row', { name: /film/ })).toContainText('Running');

  await find(page, '42 flm');
  await expect(chosen(page)).toContainText('film');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'film' })).toBeVisible();
  await expect(field(page)).toHaveCount(0);

  // What is open comes first; what it is does not matter while something is typed that only it has.
  await page.keyboard.press('Control+k');
  await expect(chosen(page)).toContainText('Pause film');
  await keepPicture(page, 'palette-open');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText('Paused').first()).toBeVisible();
  await find(page, 'release');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText('Running').first()).toBeVisible();
  await find(page, 'prio crit');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Priority of film is critical now')).toBeVisible();

  // A question that follows has the keyboard.
  await find(page, 'cancel film');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel the job' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await find(page, 'nodes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Nodes' })).toBeVisible();
  await find(page, 'theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await find(page, 'blender');
  await keepPicture(page, 'palette-typed');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText('Blender').first()).toBeVisible();

  // Over another dialog it closes alone.
  await find(page, 'zzzz');
  await expect(page.getByText('Nothing is called so.')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toBeVisible();
  await place.write('go', '');
});
