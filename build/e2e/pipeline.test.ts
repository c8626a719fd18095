/** A batch is put together from presets: dragged onto a graph, joined, filled in, submitted or saved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { cli, expect, keepPicture, test, type Drover } from './app';
import { answerFileDialog } from './files';

const board = (page: Page): Locator => page.getByRole('application', { name: 'The pipeline' });
const card = (page: Page, name: string): Locator =>
  board(page)
    .locator('.react-flow__node')
    .filter({ has: page.locator('.graph-card-name').getByText(name, { exact: true }) });
const panel = (page: Page): Locator => page.locator('.pipeline-panel');
const field = (page: Page, label: string): Locator => panel(page).getByLabel(label, { exact: true });
const shelf = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: 'Presets' }).getByRole('button', { name: `Add ${title}`, exact: true });

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error('it is not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
const port = (of: Locator, side: 'source' | 'target'): Locator => of.locator(`.react-flow__handle.${side}`);

async function drag(
  page: Page,
  from: Locator,
  to: Locator,
  meanwhile = async (): Promise<void> => undefined,
): Promise<void> {
  const [start, end] = [await middle(from), await middle(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 6 });
  await meanwhile();
  await page.mouse.up();
}

async function look({ app, page }: Drover, view: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [width, height] of [
      [1024, 700],
      [1440, 900],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      );
      await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
      await keepPicture(page, `${view}-${scheme}-${width}x${height}`);
    }
  }
}

async function openBuilder(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pipeline' }).click();
  await expect(board(page)).toContainText('Drag presets here');
}

test('presets are dragged onto the graph, joined, and submitted as one batch', async ({ drover, page }) => {
  await openBuilder(page);
  await look(drover, 'pipeline-empty');
  await shelf(page, 'Command').dragTo(board(page), { targetPosition: { x: 160, y: 200 } });
  await field(page, 'Command').fill('echo 1 > number.txt');
  await shelf(page, 'Command').dragTo(board(page), { targetPosition: { x: 430, y: 320 } });
  await expect(card(page, 'command-2')).toContainText('Command is needed');
  await field(page, 'Name').fill('read');
  await drag(page, port(card(page, 'command'), 'source'), port(card(page, 'read'), 'target'));
  await expect(panel(page)).toContainText('It waits for a person.');
  await panel(page).getByText('Fail', { exact: true }).click();
  await expect(panel(page)).toContainText('It fails too.');

  // What would go around in a circle is refused while it is dragged.
  await drag(page, port(card(page, 'read'), 'source'), port(card(page, 'command'), 'target'), async () => {
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
  await look(drover, 'pipeline');
  await board(page)
    .locator('.react-flow__pane')
    .click({ position: { x: 20, y: 20 } });
  await field(page, 'Name').fill('Numbers');
  await expect(panel(page)).toContainText('2 jobs, 2 tasks.');
  await look(drover, 'pipeline-batch');
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
  await look(drover, 'pipeline-findings');
  // Nothing is submitted with it: its job is shown instead.
  await card(page, 'command').click();
  await page.keyboard.press('Control+Enter');
  await expect(panel(page).getByRole('heading', { name: 'Parameter study' })).toBeVisible();
});
