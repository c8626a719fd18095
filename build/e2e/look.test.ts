import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import { findFaults, resize, useScheme } from './look';
import { recipe } from './recipes';
import { emptyStops, fillFarm, stops } from './tour';

const html = (page: Page) => page.locator('html');

async function choose(page: Page, scheme: 'Light' | 'Dark'): Promise<void> {
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: scheme }).click();
  await expect(html(page)).toHaveAttribute('data-mantine-color-scheme', scheme.toLowerCase());
  await expect(page.getByRole('menuitemradio')).toHaveCount(0);
}

const backgroundOf = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('dark and light are remembered from one start to the next', async ({ start }) => {
  const first = await start();
  await choose(first.page, 'Light');
  const light = await backgroundOf(first.page);
  await choose(first.page, 'Dark');
  const dark = await backgroundOf(first.page);
  expect(dark).not.toBe(light);
  await first.quit();

  const second = await start();
  await expect(html(second.page)).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await backgroundOf(second.page)).toBe(dark);
});

test('everything is reached by keyboard', async ({ page, place }) => {
  await expect(page.getByRole('button', { name: 'Run the sample render' })).toBeVisible();
  const stops = new Set<string>();
  for (let stop = 0; stop < 17; stop++) {
    await page.keyboard.press('Tab');
    stops.add(await page.evaluate(() => document.activeElement?.textContent.trim() ?? ''));
  }
  expect([...stops]).toEqual(
    expect.arrayContaining([
      'Run the sample render',
      'See all presets …',
      'Submit',
      'Queue',
      'Nodes',
      'Activity',
      'Timeline',
      'Checkpoints',
      'Settings',
      'Theme',
      'Keys',
    ]),
  );

  const jobs = { broken: { run: '[ -e mended ]' }, fine: { frames: '1-4', run: 'echo fine' } };
  await cli(place, 'submit', await place.write('a.yaml', recipe('Alpha', jobs)));
  const queue = page.getByRole('treegrid', { name: 'Queue' });
  await expect(queue.getByRole('row', { name: /Alpha/ })).toContainText('Failed');

  await page.keyboard.press('Control+2');
  await expect(page.getByRole('link', { name: 'Nodes' })).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('link', { name: /Queue/ }).first()).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('/');
  await page.keyboard.type('broken');
  await expect(queue.getByRole('row', { name: /fine/ })).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await queue.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(queue.getByRole('row', { name: /fine/ })).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(queue.getByRole('row', { name: /fine/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'broken' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(queue).toBeVisible();

  await place.write('mended', '');
  await queue.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('r');
  await expect(queue.getByRole('row', { name: /Alpha/ })).toContainText('Completed');
});

const sizes = [
  ['light', 1024, 700],
  ['light', 1440, 900],
  ['dark', 1440, 900],
] as const;

test('every view fits into small and large windows, light and dark', async ({ drover, page, place }) => {
  test.setTimeout(400_000);
  const look = async (name: string): Promise<void> => {
    for (const [scheme, width, height] of sizes) {
      await useScheme(page, scheme);
      await resize(drover, width, height);
      const view = `${name}-${scheme}-${width}x${height}`;
      await keepPicture(page, view);
      expect.soft(await page.evaluate(findFaults), view).toEqual([]);
    }
  };
  for (const stop of emptyStops) await stop.open(page).then(() => look(stop.name));
  await fillFarm(place, page);
  for (const stop of stops) await stop.open(page).then(() => look(stop.name));
});
