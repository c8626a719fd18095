import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import type { Place } from './place';
import { setAside } from './submit';
import { recipe, waitFor, type Job } from './recipes';

const queue = (page: Page) => page.getByRole('treegrid', { name: 'Queue' });
const rows = (page: Page) => queue(page).getByRole('row');
const rowOf = (page: Page, name: string | RegExp) => queue(page).getByRole('row', { name });

async function submit(place: Place, text: string): Promise<void> {
  const { status, errors } = await cli(place, 'submit', await place.write('recipe.yaml', text));
  expect(status, errors).toBe(0);
}

const inTurn = (page: Page, ...names: readonly string[]) =>
  expect(rows(page)).toHaveText(['Name', ...names].map((name) => new RegExp(name)));

const night = (name: string, jobs: Readonly<Record<string, Job>>): string => recipe(name, jobs);

test('rows are dragged, and moved with the keyboard, in the order of their turns', async ({
  page,
  place,
}) => {
  await setAside(place);
  await submit(place, night('One', { melt: { run: 'true' }, film: { run: 'true' }, mix: { run: 'true' } }));
  await submit(place, night('Two', { other: { run: 'true' } }));
  await submit(place, night('Three', { third: { run: 'true' } }));
  await inTurn(page, 'Three', 'third', 'Two', 'other', 'One', 'melt', 'film', 'mix');

  await rowOf(page, /film/).click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('alert').filter({ hasText: 'Sort by priority' })).toBeVisible();
  const sort = queue(page).getByRole('button', { name: 'Priority' });
  await sort.click();
  await sort.click();
  await inTurn(page, 'One', 'melt', 'film', 'mix', 'Two', 'other', 'Three', 'third');

  await rowOf(page, /mix/).click();
  await page.keyboard.press('Alt+ArrowUp');
  await inTurn(page, 'One', 'melt', 'mix', 'film', 'Two', 'other', 'Three', 'third');

  const from = await rowOf(page, /Three/).boundingBox();
  const to = await rowOf(page, /One/).boundingBox();
  if (from === null || to === null) throw new Error('the rows are not drawn');
  await page.mouse.move(from.x + 300, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 300, to.y + 60, { steps: 8 });
  await page.mouse.move(to.x + 300, to.y + 8, { steps: 4 });
  await keepPicture(page, 'turns-drag');
  await page.mouse.up();
  await inTurn(page, 'Three', 'third', 'One', 'melt', 'mix', 'film', 'Two', 'other');
  await expect(page.getByText('Three moved before One')).toBeVisible();
  await page
    .getByRole('alert')
    .filter({ hasText: 'Three moved' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await inTurn(page, 'One', 'melt', 'mix', 'film', 'Two', 'other', 'Three', 'third');

  await cli(place, 'priority', 'other', 'high');
  await expect(rows(page).nth(1)).toHaveText(/Two/);
  const low = await rowOf(page, /Three/).boundingBox();
  const high = await rowOf(page, /Two/).boundingBox();
  if (low === null || high === null) throw new Error('the rows are not drawn');
  await page.mouse.move(low.x + 300, low.y + low.height / 2);
  await page.mouse.down();
  await page.mouse.move(high.x + 300, high.y + 6, { steps: 8 });
  await expect(queue(page).getByText('change the priority first')).toBeVisible();
  await keepPicture(page, 'turns-refused');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(queue(page).getByText('change the priority first')).toHaveCount(0);
  const { output } = await cli(place, 'history', '--count', '4');
  expect(output).toContain('moved b1.mix before b1.film');
});

test('a job unfolds into its steps, which are followed while it is, and acted upon', async ({
  page,
  place,
}) => {
  const steps = {
    draw: { frames: '1-3', run: waitFor('go'), resources: { cpu: 1 } },
    grade: { after: 'draw', run: 'exit 3' },
  };
  const text = JSON.stringify({
    drover: 1,
    batch: 'Shot',
    jobs: { film: { steps }, single: { run: 'true' } },
  });
  await submit(place, text);
  const film = rowOf(page, /film/);
  await expect(film).toHaveAttribute('aria-expanded', 'false');
  await film.click();
  await page.keyboard.press('ArrowRight');
  await expect(rowOf(page, /draw/)).toContainText('Running');
  await expect(rowOf(page, /draw/)).toHaveAttribute('aria-level', '3');
  await keepPicture(page, 'queue-steps');
  await place.write('go', '');
  await expect(rowOf(page, /draw/)).toContainText('Completed');
  await expect(rowOf(page, /grade/)).toContainText('Failed');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /grade/ })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(rowOf(page, /grade/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(rowOf(page, /grade/)).toHaveCount(0);
});
