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
  await expect(rowOf(page, /two/)).toContainText(/1 h \d+ min|2 h/);

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

test('several are selected and changed as one, and that is taken back', async ({ page, place }) => {
  await submit(place, 'Alpha', { one: { run: waitFor('go') }, two: { run: 'exit 3' } });
  await submit(place, 'Beta', { three: { run: waitFor('go') }, four: { run: waitFor('go') } });
  await expect(rowOf(page, /two/)).toContainText('Failed');
  await queue(page).focus();
  await page.keyboard.press('Control+a');
  const bar = page.getByRole('region', { name: 'Selected jobs' });
  await expect(bar.getByRole('status')).toHaveText('4 jobs selected');
  await expect(bar.getByRole('button')).toHaveText([
    'Retry 1 of 4',
    'Pause 3 of 4',
    'Cancel 3 of 4',
    'Priority 3 of 4',
    'Deadline 3 of 4 …',
    '',
  ]);
  await keepPicture(page, 'queue-selected');

  await bar.getByRole('button', { name: 'Pause 3 of 4' }).click();
  await expect(queue(page).getByRole('row', { name: /Paused/ })).toHaveCount(5);
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(queue(page).getByRole('row', { name: /Paused/ })).toHaveCount(0);
  await expect(page.getByText('Taken back')).toBeVisible();
  const { output } = await cli(place, 'history', '--json');
  expect(output).toContain('by undo: released b2.three, b2.four, b1.one');

  await queue(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar.getByRole('status')).toHaveText('2 jobs selected');
  await bar.getByRole('button', { name: 'Priority' }).click();
  await page.getByRole('menuitem', { name: 'Critical' }).click();
  await expect(queue(page).getByRole('row', { name: /three.*Critical/ })).toBeVisible();
  await expect(queue(page).getByRole('row', { name: /four.*Critical/ })).toBeVisible();
  await expect(queue(page).getByRole('row', { name: /one.*Medium/ })).toBeVisible();

  await rowOf(page, /one/).click({ modifiers: ['ControlOrMeta'] });
  await expect(bar.getByRole('status')).toHaveText('3 jobs selected');
  await queue(page).focus();
  await page.keyboard.press('Delete');
  const question = page.getByRole('dialog', { name: 'Cancel 3 jobs?' });
  await expect(question).toContainText('three, four, one');
  await keepPicture(page, 'queue-cancel-several');
  await question.getByRole('button', { name: 'Cancel 3 jobs' }).click();
  await expect(queue(page).getByRole('row', { name: /Cancelled/ })).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});

test('a row has a menu of all that can be done with it, by mouse and keyboard', async ({ drover, place }) => {
  const { app, page } = drover;
  await submit(place, 'Alpha', { one: { run: waitFor('go') }, later: { run: 'echo done', after: ['one'] } });
  await expect(rowOf(page, /one/)).toContainText('Running');
  const menu = page.getByRole('menu').first();
  await rowOf(page, /one/).click({ button: 'right' });
  await expect(menu).toBeVisible();
  await expect(rowOf(page, /one/)).toHaveAttribute('aria-selected', 'true');
  await keepPicture(page, 'queue-row-menu');
  await page.getByRole('menuitem', { name: 'Copy id' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('b1.one');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(queue(page)).toBeFocused();

  await page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  await page.getByRole('menuitem', { name: 'Priority' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'High' }).press('Enter');
  await expect(rowOf(page, /one.*High/)).toBeVisible();

  await queue(page).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Deadline/ }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Deadline of 1 job' });
  await keepPicture(page, 'queue-deadline');
  await dialog.getByRole('button', { name: 'In 2 hours' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(queue(page).getByRole('columnheader', { name: 'Deadline' })).toBeVisible();
  await expect(rowOf(page, /one/)).toContainText(/1 h \d+ min/);

  await page.keyboard.press('h');
  await expect(rowOf(page, /one/)).toContainText('Paused');
  await page.keyboard.press('h');
  await expect(rowOf(page, /one/)).toContainText('Running');

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Why does it not run?' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'later' })).toBeVisible();
  await place.write('go', '');
});

test('thousands of jobs are filtered, selected, and held as one', async ({ drover, place }) => {
  const { page } = drover;
  const jobs = Object.fromEntries(
    Array.from({ length: 2000 }, (_, number) => [`frame${number}`, { run: waitFor('go') }]),
  );
  await submit(place, 'Film', jobs);
  await expect(rowOf(page, /Film/)).toContainText('2,000 jobs');
  await page.keyboard.press('/');
  await page.keyboard.type('frame19');
  await expect(queue(page)).toHaveAttribute('aria-rowcount', '113');
  await field(page).fill('batch:film');
  await expect(queue(page)).toHaveAttribute('aria-rowcount', '2002');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(rowOf(page, /frame1999 /)).toBeVisible();
  expect(await queue(page).getByRole('row').count()).toBeLessThan(60);

  await page.keyboard.press('Control+a');
  const bar = page.getByRole('region', { name: 'Selected jobs' });
  await expect(bar.getByRole('status')).toHaveText('2,000 jobs selected');
  await bar.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByText('2,000 jobs paused')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Queued 0/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back')).toBeVisible();
  await expect(bar.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
});
