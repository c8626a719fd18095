import { cli, expect, test } from './app';
import { end, isAlive, type Place } from './place';
import { attemptsByTask, enterInLedger, recipe, waitFor } from './recipes';

const run = `${enterInLedger}; echo $$ >pid{{Frame}}; echo "frame {{Frame}} begins"; ${waitFor('go{{Frame}}')}; echo "frame {{Frame}} ends"`;
const night = recipe('Night', {
  film: { frames: '1-5', run, resources: { cpu: 1 } },
  encode: { run: enterInLedger, after: ['film'] },
});
const onceEach = new Map([
  ['film 1', 1],
  ['film 2', 1],
  ['film 3', 1],
  ['film 4', 1],
  ['film 5', 1],
  ['encode ', 1],
]);

async function processOfFrame1(place: Place): Promise<number> {
  await expect.poll(() => place.lines('pid1')).toHaveLength(1);
  return Number(place.lines('pid1')[0]);
}

test('work outlives a crash: it is picked up again, and each task runs exactly once', async ({
  start,
  place,
}) => {
  const first = await start();
  await cli(place, 'submit', await place.write('night.yaml', night));
  const running = await processOfFrame1(place);

  end(first.pid);
  await expect.poll(() => isAlive(first.pid)).toBe(false);
  expect(isAlive(running), 'the task goes on without Drover').toBe(true);
  await place.write('go1', '');
  await expect.poll(() => isAlive(running)).toBe(false);

  const { page, printed } = await start();
  await page.getByRole('link', { name: 'film' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress of film' })).toHaveAttribute(
    'aria-valuetext',
    /1 of 5 tasks completed/,
  );
  for (const frame of [2, 3, 4, 5]) await place.write(`go${frame}`, '');
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  await page.getByRole('listbox').press('Home');
  await expect(page.getByRole('log')).toHaveText('frame 1 beginsframe 1 ends');
  await page.getByRole('link', { name: 'Night' }).click();
  await expect(page.locator('header .run-state')).toHaveText('Completed');
  expect(attemptsByTask(place.lines('ledger'))).toEqual(onceEach);
  expect(printed()).not.toMatch(/Drover could not|Uncaught|Unhandled/);
});

test('a task holds on to nothing of the app that it outlives', async ({ drover, place }) => {
  test.skip(process.platform !== 'linux', 'the open files of a process are read from /proc');
  expect(drover.pid).toBeGreaterThan(0);
  await cli(
    place,
    'run',
    await place.write('files.yaml', recipe('Files', { files: { run: 'ls -l /proc/self/fd >files' } })),
  );
  const held = place.lines('files').flatMap((line) => line.match(/\d+ -> .*/) ?? []);
  // Beside the standard ones and the folder that is listed: nothing, or /dev/null in its place.
  expect(held.filter((file) => !/^[0-2] ->|-> \/dev\/null$|-> \/proc\//.test(file))).toEqual([]);
});

test('quitting leaves running tasks alone, and the next start goes on with them', async ({
  start,
  place,
}) => {
  const first = await start();
  await cli(place, 'submit', await place.write('night.yaml', night));
  const running = await processOfFrame1(place);
  await first.quit();
  expect(isAlive(running)).toBe(true);
  expect((await cli(place, 'list')).output).toContain('RUNNING');

  const { page } = await start();
  for (const frame of [1, 2, 3, 4, 5]) await place.write(`go${frame}`, '');
  await expect(page.getByRole('row', { name: /Night/ })).toContainText('Completed');
  expect(attemptsByTask(place.lines('ledger'))).toEqual(onceEach);
});
