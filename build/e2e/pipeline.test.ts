/** A batch is put together from presets: dragged onto a graph, joined, filled in, submitted or saved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import { answerFileDialog } from './files';
import { keepPictures } from './look';
import { drag, middleOf, type Point } from './pointer';

const board = (page: Page): Locator => page.getByRole('application', { name: 'The pipeline' });
const card = (page: Page, name: string): Locator =>
  board(page)
    .locator('.react-flow__node')
    .filter({ has: page.locator('.graph-card-name').getByText(name, { exact: true }) });
const panel = (page: Page): Locator => page.locator('.pipeline-panel');
const field = (page: Page, label: string): Locator => panel(page).getByLabel(label, { exact: true });
const shelf = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: 'Presets' }).getByRole('button', { name: `Add ${title}`, exact: true });

const port = (page: Page, name: string, side: 'source' | 'target'): Promise<Point> =>
  middleOf(card(page, name).locator(`.react-flow__handle.${side}`));

async function openBuilder(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pipeline' }).click();
  await expect(board(page)).toContainText('Drag presets here');
}

test('presets are dragged onto the graph, joined, and submitted as one batch', async ({ drover, page }) => {
  await openBuilder(page);
  await keepPictures(drover, 'pipeline-empty');
  await shelf(page, 'Command').dragTo(board(page), { targetPosition: { x: 160, y: 200 } });
  await field(page, 'Command').fill('echo 1 > number.txt');
  await shelf(page, 'Command').dragTo(board(page), { targetPosition: { x: 430, y: 320 } });
  await expect(card(page, 'command-2')).toContainText('Command is needed');
  await field(page, 'Name').fill('read');
  await drag(page, await port(page, 'command', 'source'), await port(page, 'read', 'target'));
  await expect(panel(page)).toContainText('It waits for a person.');
  await panel(page).getByText('Fail', { exact: true }).click();
  await expect(panel(page)).toContainText('It fails too.');

  // What would go around in a circle is refused while it is dragged.
  await drag(page, await port(page, 'read', 'source'), await port(page, 'command', 'target'), async () => {
    await expect(page.getByRole('alert')).toHaveText('read would wait for itself: read → command → read.');
    await expect(page.locator('.graph-card[data-lit]')).toHaveCount(2);
    await keepPicture(page, 'pipeline-loop');
  });
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);

  // The results of the first one are what the second one works on.
  await card(page, 'read').click();
  await field(page, 'Command').fill('cat');
  await panel(page).getByRole('button', { name: 'Results of command' }).click();
  await expect(field(page, 'Command')).toHaveValue('cat {{Output}}/command');
  await field(page, 'Command').fill('cat {{Output}}/command/number.txt');
  await expect(card(page, 'read')).toContainText('1 task');
  await keepPictures(drover, 'pipeline');
  await board(page)
    .locator('.react-flow__pane')
    .click({ position: { x: 20, y: 20 } });
  await field(page, 'Name').fill('Numbers');
  await expect(panel(page)).toContainText('2 jobs, 2 tasks.');
  await keepPictures(drover, 'pipeline-batch');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('application', { name: 'Graph of Numbers' })).toHaveAttribute('data-ready');
  await expect(page.locator('.react-flow__node[data-id="b1.read"]')).toContainText('Completed');
  await openBuilder(page);
});

test('jobs are copied, undone, kept, saved as a recipe, and opened again', async ({
  drover,
  page,
  place,
}) => {
  await openBuilder(page);
  // By keyboard alone.
  await shelf(page, 'Command').focus();
  await page.keyboard.press('Enter');
  await field(page, 'Command').fill('echo {{.Names}}');
  await board(page).focus();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+v');
  await expect(page.locator('.react-flow__node')).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Delete');
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  await card(page, 'command-2').click();
  await field(page, 'Waits for').click();
  await page.getByRole('option', { name: 'command', exact: true }).click();
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);
  await page.keyboard.press('Escape');

  // It is still there after the window was closed and opened.
  await page.reload();
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  const path = join(place.work, 'two.yaml');
  await answerFileDialog(drover, path);
  await board(page).focus();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain('after: command');
  expect(await cli(place, 'check', path)).toMatchObject({ status: 0 });

  // Thrown away only after asking; opened again from the file.
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(board(page)).toContainText('Drag presets here');
  await page.getByRole('button', { name: 'Open …' }).click();
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  await card(page, 'command-2').click();
  await expect(field(page, 'Command')).toHaveValue('echo {{.Names}}');

  // What is more than a graph can show is opened as any other recipe, and that is said.
  const more = await place.write('more.yaml', 'drover: 1\njobs: { a: { run: ls } }\n');
  await answerFileDialog(drover, more);
  await page.getByRole('button', { name: 'Open …' }).click();
  await expect(page.getByText('This is more: its job a says run.')).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Submit a recipe' })).toBeVisible();
});

test('what is wrong is told at the job that it is about', async ({ drover, page }) => {
  await openBuilder(page);
  await shelf(page, 'Command').click();
  await field(page, 'Command').fill('true');
  await field(page, 'Runs in the folder').fill('{{Output}}');
  await shelf(page, 'Parameter study').click();
  await field(page, 'Command').fill('true');
  const values = panel(page).getByRole('textbox', { name: 'Values', exact: true });
  await values.fill('one, two');
  await expect(card(page, 'parameter-study').locator('.pipeline-found')).toBeVisible();
  await expect(values).toHaveAttribute('aria-invalid', 'true');
  await keepPictures(drover, 'pipeline-findings');
  // Nothing is submitted with it: its job is shown instead.
  await card(page, 'command').click();
  await page.keyboard.press('Control+Enter');
  await expect(panel(page).getByRole('heading', { name: 'Parameter study' })).toBeVisible();
});
