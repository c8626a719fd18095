import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cli, cliProgram, command, environmentOf, expect, run, test, type Drover } from './app';
import { recipe } from './recipes';

const hello = (batch: string): string => recipe(batch, { greet: { run: 'echo "hello from {{Batch}}"' } });

const isShown = ({ app }: Drover): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('a second start shows the first window, and hands it its files', async ({ drover, page, place }) => {
  await place.write('second.yaml', hello('Second'));
  await place.write('wrong.yaml', 'drover: 1\njobs: {}\n');
  const { program, options } = command();
  const startAgain = (...files: readonly string[]) =>
    run(program, [...options, ...files], environmentOf(place), place.work);
  await drover.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());

  expect((await startAgain()).status).toBe(0);
  await expect.poll(() => isShown(drover)).toBe(true);

  expect((await startAgain('second.yaml')).status).toBe(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Second' })).toBeVisible();
  await expect(page.locator('header .run-state')).toHaveText('Completed');

  expect((await startAgain('wrong.yaml')).status).toBe(0);
  await expect(page.getByRole('dialog').getByRole('region', { name: 'Problems' })).toBeVisible();
});

test('a recipe on the command line is submitted and shown', async ({ start, place }) => {
  const { page } = await start({ files: [await place.write('first.yaml', hello('First'))] });
  await expect(page.getByRole('heading', { level: 1, name: 'First' })).toBeVisible();
});

test('a terminal works with the farm of the window', async ({ page, drover, place }) => {
  const recipeFile = await place.write('hello.yaml', hello('Hello'));
  const submitted = await cli(place, 'submit', recipeFile, '--json');
  expect(JSON.parse(submitted.output)).toMatchObject({ name: 'Hello', tasks: 1 });
  await expect(page.getByRole('row', { name: /Hello/ })).toContainText('Completed');

  const ran = await cli(place, 'run', recipeFile, '--data', place.data);
  expect(ran.output).toContain('hello from Hello');
  expect(ran.status).toBe(0);
  await expect(page.getByText('2 batches, 2 jobs')).toBeVisible();
  expect((await cli(place, 'list')).output.match(/Hello {2}COMPLETED/g)).toHaveLength(2);

  const served = await cli(place, 'serve');
  expect(served.status).toBe(3);
  expect(served.errors).toContain(`process id ${drover.pid}`);
});

test('the window goes on showing what happens, after a way out was denied and after a reload', async ({
  page,
  place,
}) => {
  const recipeFile = await place.write('hello.yaml', hello('Hello'));
  await page.evaluate(() => void setTimeout(() => location.assign('https://example.org/')));
  await cli(place, 'run', recipeFile);
  // Not by a locator: those first wait for the end of the navigation, which never comes for a denied one.
  await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/Hello[^]*Completed/);
  await page.reload();
  await cli(place, 'run', recipeFile);
  await expect(page.getByText('2 batches, 2 jobs')).toBeVisible();
});

/** The system's box would wait for somebody to close it. */
const printErrorBox =
  "require('electron').dialog.showErrorBox = (title, text) => console.log(`[${title}] ${text}`);\n";

test('a window does not open on a folder that a terminal serves, and says who has it', async ({ place }) => {
  const server = spawn(process.execPath, [cliProgram, 'serve', '--json'], {
    env: environmentOf(place),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(server.stdout, 'data');
    const { program, options } = command();
    const refused = await run(
      program,
      ['-r', await place.write('box.cjs', printErrorBox), ...options],
      environmentOf(place),
      place.work,
    );
    expect(refused.output).toContain('[Drover cannot start]');
    expect(refused.output).toContain(`process id ${server.pid}`);
    expect(refused.status).toBe(3);
  } finally {
    server.kill();
  }
});
