/** What artists do: drop a scene, fill in a form, paste a command, and run it again with changes. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { writeBlend } from '../../electron/submit/blend/blend-writer-for-tests';
import { cli, expect, test, type Drover } from './app';
import { answerFileDialog, drop } from './files';

const dialogOf = (page: Page): Locator => page.getByRole('dialog').first();
const fieldOf = (page: Page, name: string): Locator => dialogOf(page).getByLabel(name, { exact: true });
const summaryOf = (page: Page): Locator =>
  dialogOf(page).getByRole('complementary', { name: 'What it runs' });
const submitButton = (page: Page): Locator => dialogOf(page).getByRole('button', { name: 'Submit' });

const scene = { name: 'Shot', start: 1, end: 24, step: 1, camera: null, engine: 'CYCLES', output: '' };
const blend = writeBlend({ start: 'BLENDER-v402', scenes: [scene], open: 0, cameras: ['Wide', 'Close'] });

/** Runs anywhere: it prints what it was given. */
const tiles = `specificationVersion: jobtemplate-2023-09
name: Tiles
description: Prints its tiles.
parameterDefinitions:
  - name: Frames
    type: STRING
    default: 1-4
    userInterface: { label: Which frames, groupLabel: What to run }
  - name: Word
    type: STRING
    maxLength: 20
    userInterface: { groupLabel: What to run }
  - name: Quality
    type: INT
    default: 5
    minValue: 0
    maxValue: 10
    userInterface: { groupLabel: How to run }
  - name: Mode
    type: STRING
    default: quick
    allowedValues: [quick, slow]
    userInterface: { control: DROPDOWN_LIST, groupLabel: How to run }
  - name: Loud
    type: STRING
    default: "no"
    allowedValues: ["yes", "no"]
    userInterface: { control: CHECK_BOX, groupLabel: Advanced }
steps:
  - name: Print
    parameterSpace: { taskParameterDefinitions: [{ name: Frame, type: INT, range: "{{Param.Frames}}" }] }
    script:
      actions:
        onRun:
          command: echo
          args: ["{{Task.Param.Frame}} {{Param.Word}} {{Param.Quality}} {{Param.Mode}} {{Param.Loud}}"]
`;

async function paste({ app, page }: Drover, text: string): Promise<void> {
  await app.evaluate(({ clipboard }, words) => clipboard.writeText(words), text);
  await page.keyboard.press('Control+v');
}

test('a scene that is dropped opens its form, filled in from the file', async ({ page, place }) => {
  const path = await place.write('shot_042.blend', blend);
  await drop(page, [path]);
  await expect(page.getByRole('dialog', { name: 'Blender' })).toBeVisible();
  await expect(fieldOf(page, 'Scene')).toHaveValue(path);
  await expect(fieldOf(page, 'Frames')).toHaveValue('1-24');
  await expect(fieldOf(page, 'Name')).toHaveValue('shot_042');
  await expect(dialogOf(page)).toContainText('Saved by Blender 4.2');
  await expect(summaryOf(page)).toContainText('24 tasks');
  const tasks = summaryOf(page).getByRole('list', { name: 'Tasks of Frames' }).getByRole('listitem');
  await expect(tasks).toHaveText([
    'frame 1',
    'frame 2',
    'frame 3',
    /18 more/,
    'frame 22',
    'frame 23',
    'frame 24',
  ]);

  await fieldOf(page, 'Frames').fill('1-');
  await expect(dialogOf(page).getByText('allowed are numbers and ranges')).toBeVisible();
  await expect(submitButton(page)).toBeDisabled();
  await fieldOf(page, 'Frames').fill('1-12:3,20');
  await expect(tasks).toHaveText(['frame 1', 'frame 4', 'frame 7', 'frame 10', 'frame 20']);
  await summaryOf(page).getByRole('button', { name: 'Leave out frame 7', exact: true }).click();
  await expect(fieldOf(page, 'Frames')).toHaveValue('1,4,10,20');
  await expect(summaryOf(page)).toContainText('4 tasks');

  await fieldOf(page, 'Camera').fill('Cl');
  await page.getByRole('option', { name: 'Close' }).click();
  await expect(fieldOf(page, 'Camera')).toHaveValue('Close');
  await expect(fieldOf(page, 'Samples')).toBeVisible();
  await fieldOf(page, 'Render engine').click();
  await page.getByRole('option', { name: 'Workbench' }).click();
  await expect(fieldOf(page, 'Samples')).toHaveCount(0);

  const other = await place.write('other.blend', blend);
  await drop(page, [other], '[data-field="SceneFile"]');
  await expect(fieldOf(page, 'Scene')).toHaveValue(other);
  await expect(fieldOf(page, 'Name')).toHaveValue('other');
  await expect(fieldOf(page, 'Frames')).toHaveValue('1,4,10,20');

  // What is only found after it was wished is to be read first.
  await expect(summaryOf(page)).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Blender' })).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('row', { name: /other/ })).toBeVisible();
  await cli(place, 'cancel', 'b1');
});

test('a job bundle runs as its form was filled in, and again with changes', async ({
  drover,
  page,
  place,
}) => {
  const folder = join(place.work, 'tiles');
  await mkdir(folder);
  await place.write('tiles/template.yaml', tiles);
  await place.write('tiles/parameter_values.yaml', 'parameterValues: [{ name: Quality, value: 7 }]\n');
  await answerFileDialog(drover, folder);
  await page.keyboard.press('Control+n');
  await dialogOf(page).getByRole('button', { name: 'Folder …' }).click();

  await expect(page.getByRole('dialog', { name: 'Tiles' })).toBeVisible();
  await expect(fieldOf(page, 'Quality')).toHaveValue('7');
  await expect(summaryOf(page)).toContainText('Word is still needed.');
  await expect(fieldOf(page, 'Word')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(dialogOf(page).getByText('It has to be given')).toBeVisible();
  await page.keyboard.type('<b>hush</b>');
  await dialogOf(page).getByRole('button', { name: 'Advanced' }).click();
  await dialogOf(page).getByRole('switch', { name: 'Loud' }).click();
  await fieldOf(page, 'Which frames').fill('1-250');
  await summaryOf(page).getByRole('button', { name: 'Only the first, middle and last' }).click();
  await expect(fieldOf(page, 'Which frames')).toHaveValue('1,125,250');
  await dialogOf(page).getByText('High', { exact: true }).click();
  await fieldOf(page, 'Tenant').fill('no such/name');
  await expect(dialogOf(page).getByText('cannot be the name of a tenant')).toBeVisible();
  await fieldOf(page, 'Tenant').fill('harbour');
  await expect(summaryOf(page)).toContainText('3 tasks');
  await page.keyboard.press('Control+Enter');

  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await expect(page.locator('.run-head .run-facts')).toContainText('High');
  await expect(page.locator('.run-head .run-facts')).toContainText('harbour');
  await page.getByRole('listbox', { name: /^Tasks of/ }).press('End');
  await expect(page.getByRole('log')).toContainText('250 <b>hush</b> 7 quick yes');

  await page.getByRole('button', { name: 'More for Tiles' }).click();
  await page.getByRole('menuitem', { name: 'Submit again, with changes …' }).click();
  await expect(fieldOf(page, 'Word')).toHaveValue('<b>hush</b>');
  await expect(fieldOf(page, 'Tenant')).toHaveValue('harbour');
  await fieldOf(page, 'Word').fill('louder');
  await expect(summaryOf(page)).toContainText('3 tasks');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/#\/job\/b2/);
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await page.getByRole('listbox', { name: /^Tasks of/ }).press('End');
  await expect(page.getByRole('log')).toContainText('250 louder 7 quick yes');
  expect(JSON.parse((await cli(place, 'list', '--json')).output)).toMatchObject({ batches: [{}, {}] });
});

test('a command line that is pasted becomes a job', async ({ drover, page, place }) => {
  await page.keyboard.press('Control+n');
  await expect(dialogOf(page)).toBeVisible();
  await paste(drover, 'povray +Iscene.pov +W640 +SF1 +EF24 "Declare=a b"');
  await expect(page.getByRole('dialog', { name: 'POV-Ray' })).toBeVisible();
  await expect(fieldOf(page, 'Width')).toHaveValue('640');
  await expect(fieldOf(page, 'Last frame')).toHaveValue('24');
  await expect(summaryOf(page)).toContainText('24 tasks');
  await expect(dialogOf(page).getByRole('region', { name: 'Not carried over' })).toContainText('Declare=a b');
  await answerFileDialog(drover, place.work);
  await dialogOf(page).getByRole('button', { name: 'Another folder …' }).click();
  await expect(fieldOf(page, 'Scene')).toHaveValue(join(place.work, 'scene.pov'));

  await dialogOf(page).getByRole('button', { name: 'Back to all presets' }).click();
  const search = dialogOf(page).getByRole('textbox', { name: 'Search, or paste a command line' });
  await search.fill('for i in 1 2; do echo "line $i"; done');
  await search.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Command' })).toBeVisible();
  await expect(fieldOf(page, 'Command')).toHaveValue('for i in 1 2; do echo "line $i"; done');
  await fieldOf(page, 'Name').fill('Lines');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await expect(page.getByRole('log')).toContainText('line 2');
  await expect(page.getByRole('link', { name: 'Lines' })).toBeVisible();
});

test('what was typed is kept until it is submitted or discarded', async ({ start, place }) => {
  const path = await place.write('own.yaml', tiles);
  const first = await start();
  await drop(first.page, [path]);
  await fieldOf(first.page, 'Word').fill('half a');
  await first.page.keyboard.press('Escape');
  await expect(first.page.getByRole('dialog')).toHaveCount(0);
  await first.quit();

  const { page } = await start();
  await page.keyboard.press('Control+n');
  const unfinished = dialogOf(page).getByRole('region', { name: 'Not submitted yet' });
  await unfinished.getByRole('button', { name: /own/ }).first().click();
  await expect(fieldOf(page, 'Word')).toHaveValue('half a');
  await dialogOf(page).getByRole('button', { name: 'Begin anew' }).click();
  await expect(fieldOf(page, 'Word')).toHaveValue('');
  await fieldOf(page, 'Word').fill('whole');
  await expect(summaryOf(page)).toContainText('4 tasks');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await page.keyboard.press('Control+n');
  await expect(dialogOf(page).getByRole('region', { name: 'Presets' })).toBeVisible();
  await expect(dialogOf(page).getByRole('region', { name: 'Not submitted yet' })).toHaveCount(0);

  // What was used last is a good beginning.
  await page.keyboard.press('Escape');
  await drop(page, [path]);
  await expect(fieldOf(page, 'Word')).toHaveValue('whole');
  await expect(dialogOf(page).getByText('as last time')).toBeVisible();
});

test('a form is kept as a preset, and saved as a recipe with its template', async ({
  drover,
  page,
  place,
}) => {
  await drop(page, [await place.write('own.yaml', tiles)]);
  await fieldOf(page, 'Word').fill('kept');
  await fieldOf(page, 'Quality').fill('9');
  await dialogOf(page).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: 'Keep as a preset …' }).click();
  const naming = page.getByRole('dialog', { name: 'Keep as a preset' });
  await naming.getByLabel('Name').fill('My tiles');
  await naming.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('My tiles is kept')).toBeVisible();

  const bundle = join(place.work, 'saved');
  await answerFileDialog(drover, bundle);
  await dialogOf(page).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: 'Save as a recipe …' }).click();
  await expect(page.getByText(bundle)).toBeVisible();
  expect(readFileSync(join(bundle, 'template.yaml'), 'utf8')).toBe(tiles);
  const checked = await cli(place, 'check', join(bundle, 'recipe.yaml'));
  expect(checked.output).toContain('own: 4 tasks');

  await dialogOf(page).getByRole('button', { name: 'Back to all presets' }).click();
  await dialogOf(page).getByRole('button', { name: 'Folder …' }).click();
  await expect(fieldOf(page, 'Word')).toHaveValue('kept');
  await expect(fieldOf(page, 'Quality')).toHaveValue('9');

  await dialogOf(page).getByRole('button', { name: 'Back to all presets' }).click();
  const own = dialogOf(page).getByRole('region', { name: 'Your presets' });
  await own.getByRole('button', { name: /^My tiles/ }).click();
  await expect(page.getByRole('dialog', { name: 'My tiles' })).toBeVisible();
  await expect(fieldOf(page, 'Word')).toHaveValue('kept');
  await page.goBack();
  await own.getByRole('button', { name: 'Remove My tiles' }).click();
  await page.getByRole('button', { name: 'Remove the preset' }).click();
  await expect(own).toHaveCount(0);
});

test('several files are opened one after the other', async ({ page, place }) => {
  const template = tiles.replace('maxLength: 20', 'default: word');
  const paths = [await place.write('one.yaml', template), await place.write('two.yaml', template)];
  await drop(page, [...paths, join(place.work, 'one.yaml')]);
  await expect(fieldOf(page, 'Name')).toHaveValue('one');
  await expect(dialogOf(page)).toContainText('2 more after this');
  await expect(summaryOf(page)).toContainText('4 tasks');
  await page.keyboard.press('Control+Enter');
  await expect(fieldOf(page, 'Name')).toHaveValue('two');
  await dialogOf(page).getByRole('button', { name: 'Skip' }).click();
  await expect(fieldOf(page, 'Name')).toHaveValue('one');
  await expect(summaryOf(page)).toContainText('4 tasks');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  const { output } = await cli(place, 'list', '--json');
  const { batches }: { batches: readonly { name: string }[] } = JSON.parse(output);
  expect(batches.map(({ name }) => name)).toEqual(['one', 'one']);
});

test('the first page is used by keyboard alone', async ({ page }) => {
  await page.keyboard.press('Control+n');
  const search = dialogOf(page).getByRole('textbox', { name: 'Search, or paste a command line' });
  await expect(search).toBeFocused();
  await expect(dialogOf(page).getByRole('button', { name: /^Blender/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.querySelector('.start-card-title')?.textContent ?? '');
  const second = await dialogOf(page).locator('.start-card-title').nth(1).textContent();
  await expect.poll(focused).toBe(second);

  await search.fill('no such thing');
  await expect(dialogOf(page)).toContainText('Nothing is called “no such thing”');
  await search.fill('molecular');
  await expect(dialogOf(page).locator('.start-card')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'GROMACS' })).toBeVisible();
  await expect(fieldOf(page, 'Run input')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
