/** The timeline: what ran, what is expected, what would be, and what was. */
import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import { recipe, waitFor, type Job } from './recipes';

const chart = (page: Page) => page.getByRole('group', { name: 'Timeline of the nodes' });
const list = (page: Page) => page.getByRole('region', { name: 'List of what ran and will run' });
const whatIf = (page: Page) => page.getByRole('complementary', { name: 'What if' });

test('shows what ran and what will, as a chart and as a list, and leads to the job', async ({
  page,
  place,
}) => {
  const jobs: Readonly<Record<string, Job>> = {
    melt: { kind: 'render', frames: '1-12', run: 'sleep 0.1' },
    broken: { after: ['melt'], run: 'sleep 2; false' },
    bake: { after: ['melt'], frames: '1-2', run: waitFor('baked') },
    look: { after: ['bake'], frames: '1-4', run: 'true' },
  };
  await cli(place, 'submit', await place.write('a.yaml', recipe('Alpha', jobs)));
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('link', { name: 'Timeline' })).toHaveAttribute('aria-current', 'page');
  await expect(chart(page)).toBeVisible();
  await page.getByRole('button', { name: '15 min' }).click();
  await chart(page).focus();
  for (let times = 0; times < 6; times++) await page.keyboard.press('+');
  await page.getByRole('button', { name: 'As a list' }).click();
  const rows = list(page).getByRole('row');
  await expect(rows.filter({ hasText: 'melt' }).first()).toContainText('completed');
  await expect(rows.filter({ hasText: 'broken' }).first()).toContainText('failed');
  await expect(rows.filter({ hasText: 'bake' }).first()).toContainText('still runs');
  await page.getByRole('button', { name: '8 h', exact: true }).click();
  await expect(rows.filter({ hasText: 'look' }).first()).toContainText('expected');

  await page.getByRole('button', { name: 'As a chart' }).click();
  await chart(page).focus();
  await keepPicture(page, 'timeline');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');

  await page.getByRole('combobox', { name: 'Highlight a job' }).click();
  await page.getByRole('option', { name: 'broken – Alpha' }).click();
  await expect(page).toHaveURL(/timeline\?job=/);
  await page.getByRole('button', { name: 'As a list' }).click();
  await expect(rows.filter({ hasText: 'melt' })).toHaveCount(0);
  await rows.getByRole('link', { name: 'broken' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'broken' })).toBeVisible();
  await page.getByRole('link', { name: 'Show in the timeline' }).click();
  await expect(chart(page)).toBeVisible();
  await place.write('baked', '');
});

test('an earlier moment is dragged to, and what is tried out is applied and taken back', async ({
  page,
  place,
}) => {
  const jobs: Readonly<Record<string, Job>> = {
    first: { kind: 'render', frames: '1-3', run: 'sleep 0.1' },
    long: { after: ['first'], frames: '1-3', run: waitFor('go'), resources: { cpu: 1 } },
    late: { after: ['first'], frames: '1-40', run: waitFor('go'), resources: { cpu: 1 } },
  };
  await cli(place, 'submit', await place.write('a.yaml', recipe('Alpha', jobs)));
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: '1 h', exact: true }).click();
  await expect(page.getByText(/Expected as of/)).toBeVisible();

  const ruler = page.getByTestId('timeline-ruler');
  const box = await ruler.boundingBox();
  if (box === null) throw new Error('the time line is not in sight');
  await page.mouse.move(box.x + box.width * 0.6, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 30, { steps: 5 });
  await page.mouse.up();
  const past = page.getByRole('complementary', { name: 'An earlier moment' });
  await expect(past).toContainText('0 attempts');
  await keepPicture(page, 'timeline-moment');
  await past.getByRole('button', { name: 'Back to now' }).click();
  await expect(past).toHaveCount(0);
  await expect(page.getByRole('slider', { name: 'Moment shown' })).toHaveAttribute('aria-valuetext', 'Now');

  await page.getByRole('button', { name: 'What if …' }).click();
  await whatIf(page).getByRole('combobox', { name: 'A job' }).click();
  await page.getByRole('option', { name: 'late – Alpha' }).click();
  await whatIf(page).getByRole('combobox', { name: 'has another priority' }).click();
  await page.getByRole('option', { name: 'Critical' }).click();
  await expect(
    whatIf(page)
      .getByRole('listitem')
      .filter({ hasText: /^late / }),
  ).toContainText('earlier');
  await keepPicture(page, 'timeline-what-if');
  await whatIf(page).getByRole('button', { name: 'Apply' }).click();
  await expect.poll(async () => (await cli(place, 'history', '--json')).output).toContain('late');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back')).toBeVisible();
  await place.write('go', '');
});
