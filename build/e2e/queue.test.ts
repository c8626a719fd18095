import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import type { Place } from './place';
import { recipe, waitFor, type Job } from './recipes';

const queue = (page: Page) => page.getByRole('treegrid', { name: 'Queue' });
const rowOf = (page: Page, name: string | RegExp) => queue(page).getByRole('row', { name });
const field = (page: Page) => page.getByRole('combobox', { name: 'Filter the queue' });

const inTwoHours = (): string => new Date(Date.now() + 7_200_000).toISOString().replace(/\.\d+/, '');

async function submit(place: Place, name: string, jobs: Readonly<Record<string, Job>>): Promise<void> {
  const { status, errors } = await cli(
    place,
    'submit',
    await place.write(`${name}.yaml`, recipe(name, jobs)),
  );
  expect([status, errors]).toEqual([0, '']);
}

test('what is typed filters; mistakes are told, filters are kept', async ({ start, place }) => {
  const first = await start();
  const { page } = first;
  await submit(place, 'Alpha', { broken: { run: 'exit 3' }, fine: { run: 'echo fine' } });
  await submit(place, 'Beta', { slow: { run: waitFor('go'), kind: 'simulation' } });
  await expect(rowOf(page, /Alpha/)).toContainText('Failed');
  await expect(rowOf(page, /slow/)).toContainText('Running');

  await page.keyboard.press('/');
  await page.keyboard.type('owner:me st');
  await expect(page.getByRole('option')).toHaveText([/^state:/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('fa');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('owner:me state:failed ');
  await expect(queue(page).getByRole('row')).toHaveText([/Name/, /Alpha/, /broken/]);
  await expect(page.getByRole('button', { name: /^Failed/ })).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: /^Running/ }).click();
  await expect(field(page)).toHaveValue('owner:me state:running,failed');
  await expect(rowOf(page, /slow/)).toBeVisible();

  await field(page).fill('stat:failed');
  await expect(page.getByRole('status').filter({ hasText: 'There is no field stat' })).toBeVisible();
  await expect(queue(page).getByRole('row')).toHaveCount(6);
  await keepPicture(page, 'queue-mistake');
  await page.getByRole('button', { name: 'Did you mean state:failed?' }).click();
  await expect(field(page)).toHaveValue('state:failed');

  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByLabel('Save this filter as').fill('What broke');
  await page.keyboard.press('Enter');
  await keepPicture(page, 'queue-saved');
  await page.keyboard.press('Escape');
  await first.quit();

  const second = await start();
  await second.page.getByRole('button', { name: 'Saved filters' }).click();
  await second.page.getByRole('button', { name: /^What broke/ }).click();
  await expect(field(second.page)).toHaveValue('state:failed');
  await expect(queue(second.page).getByRole('row')).toHaveText([/Name/, /Alpha/, /broken/]);
  await place.write('go', '');
});

test('columns are chosen, sorted, resized, moved, and remembered', async ({ start, place }) => {
  const { page, quit } = await start();
  await submit(place, 'Alpha', { one: { run: 'echo 1', deadline: '2099-01-01T00:00:00Z' } });
  await submit(place, 'Beta', { two: { run: waitFor('go'), deadline: inTwoHours() } });
  await expect(rowOf(page, /two/)).toContainText('Running');
  const names = () => queue(page).getByRole('link');
  const head = (name: string) => queue(page).getByRole('columnheader', { name, exact: true });
  await expect(names()).toHaveText(['Beta', 'two', 'Alpha', 'one']);

  await head('Name').click();
  await expect(head('Name')).toHaveAttribute('aria-sort', 'ascending');
  await expect(names()).toHaveText(['Alpha', 'one', 'Beta', 'two']);

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Nodes' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Elapsed' }).click();
  await page.keyboard.press('Escape');
  await expect(head('Nodes')).toBeVisible();
  await expect(head('Elapsed')).toHaveCount(0);
  await expect(rowOf(page, /two/)).toContainText(/1 h 59 min|2 h/);

  const width = async (name: string) => Math.round((await head(name).boundingBox())?.width ?? 0);
  const before = await width('State');
  await head('Name').getByRole('button').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => width('State')).toBe(before + 32);
  await page.keyboard.press('Control+ArrowRight');
  const titles = async (from: Page = page) =>
    (await queue(from).getByRole('columnheader').allTextContents()).slice(0, 3);
  await expect.poll(() => titles()).toEqual(['Name', 'Progress', 'State']);

  const handle = await head('Priority').locator('.table-resize').boundingBox();
  const priority = await width('Priority');
  if (handle === null) throw new Error('the head has no handle');
  const [x, y] = [handle.x + handle.width / 2, handle.y + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width('Priority')).toBe(priority + 40);

  await head('Priority').getByRole('button').hover();
  await page.mouse.down();
  const target = await head('Progress').boundingBox();
  await page.mouse.move((target?.x ?? 0) + 10, y, { steps: 6 });
  await keepPicture(page, 'queue-column-moves');
  await page.mouse.up();
  await expect.poll(() => titles()).toEqual(['Name', 'Priority', 'Progress']);
  await expect(head('Name')).toHaveAttribute('aria-sort', 'ascending');
  await quit();

  const again = await start();
  await expect.poll(() => titles(again.page)).toEqual(['Name', 'Priority', 'Progress']);
  await expect(queue(again.page).getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await place.write('go', '');
});
