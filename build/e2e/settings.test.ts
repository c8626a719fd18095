import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cli, expect, keepPicture, test } from './app';
import { answerFileDialog } from './files';

test('settings of the farm are tried, saved as one, and taken back', async ({ page, place }) => {
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 2, name: 'Nodes' })).toBeVisible();
  await expect(page.getByRole('main').getByText('Online')).toBeVisible();

  await page.getByRole('link', { name: 'Order' }).click();
  const waiting = page.getByRole('textbox', { name: 'Weight of waiting' });
  await waiting.fill('much');
  await expect(page.getByText('“much” is no number.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await keepPicture(page, 'settings-order-wrong');
  await waiting.fill('0,2');
  await page.getByRole('switch', { name: 'Fair share between tenants' }).click({ force: true });

  await page.getByRole('link', { name: 'Tenants and shares' }).click();
  await page.getByRole('button', { name: 'Add a tenant' }).click();
  await expect(page.getByText('It needs a name.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name of the tenant' }).fill('film');
  await page.getByRole('textbox', { name: 'Weight, film' }).fill('2.5');
  await page.getByRole('link', { name: 'Quotas and limits' }).click();
  await page.getByRole('textbox', { name: 'Tasks running, film' }).fill('40');
  await keepPicture(page, 'settings-limits');
  await page.getByRole('button', { name: 'See what it would change' }).click();
  await expect(page.getByText(/Nothing is left to do/)).toBeVisible();
  // What is typed stays while another page is looked at.
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings are changed')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Not saved yet' })).toHaveCount(0);
  const { order, tenants } = JSON.parse((await cli(place, 'settings', '--json')).output);
  expect([order.ageing, order.fairShare, tenants.film.weight, tenants.film.most.running]).toEqual([
    0.2,
    false,
    2.5,
    40,
  ]);

  // What changes elsewhere shows here.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Tasks running, film' })).toHaveCount(0);
});

test('the window keeps what is set of it, and tells what it is', async ({ drover, page, place, start }) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('quiet hours');
  await page.keyboard.press('Enter');
  await page.getByRole('switch', { name: 'Quiet hours' }).click({ force: true });
  await page.getByLabel('until').fill('06:30');
  await page.getByRole('checkbox', { name: 'was cancelled' }).click();
  await keepPicture(page, 'settings-notifications');

  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('combobox', { name: 'Size' }).click();
  await page.getByRole('option', { name: '125 %' }).click();
  const scale = () =>
    drover.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor());
  await expect.poll(scale).toBeCloseTo(1.25);
  await keepPicture(page, 'settings-appearance-125');

  await page.getByRole('link', { name: 'Data and diagnostics' }).click();
  await expect(page.getByText(place.data)).toBeVisible();
  await expect(page.getByText(/iB\. Everything is here/)).toBeVisible();
  await keepPicture(page, 'settings-data');
  const folder = join(place.folder, 'diagnostics');
  await answerFileDialog(drover, folder);
  await page.getByRole('button', { name: 'Save …' }).click();
  await expect(page.getByText('The diagnostics are saved')).toBeVisible();
  expect((await readdir(folder)).toSorted()).toEqual([
    'README.txt',
    'about.json',
    'nodes.json',
    'queue.json',
    'settings.json',
  ]);
  const { token } = JSON.parse(await readFile(join(place.data, 'host.json'), 'utf8'));
  const all = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  expect(all.join('\n')).not.toContain(token);
  expect(JSON.parse(all[1] ?? '').schema).toBeGreaterThan(0);
  await drover.quit();

  const second = await start();
  await second.page.keyboard.press('Control+,');
  await second.page.getByRole('link', { name: 'Notifications' }).click();
  await expect(second.page.getByLabel('until')).toHaveValue('06:30');
  await expect(second.page.getByRole('checkbox', { name: 'was cancelled' })).not.toBeChecked();
  await expect(second.page.getByRole('checkbox', { name: 'is done' })).toBeChecked();
});
