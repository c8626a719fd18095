import type { Page } from 'playwright/test';
import { joinedJobs } from '../bench/window/farms';
import { cli, expect, keepPicture, test } from './app';
import { keepPictures } from './look';
import type { Place } from './place';
import { drag, middleOf, type Point } from './pointer';
import { waitFor } from './recipes';

const shot = JSON.stringify({
  drover: 1,
  batch: 'Shot 042',
  jobs: {
    geometry: { run: 'echo exported' },
    sim: {
      kind: 'simulation',
      frames: '1-8',
      run: `[ {{Frame}} -lt 4 ] || { ${waitFor('go')}; }`,
      after: ['geometry'],
    },
    film: {
      kind: 'render',
      after: ['sim'],
      steps: {
        draw: { frames: '1-8', run: waitFor('go') },
        grade: { run: waitFor('go'), after: ['draw'] },
      },
    },
    notify: { run: 'true', after: { job: 'film', when: 'ended' } },
    archive: { run: 'true', after: { job: 'film', delay: '10 min' } },
    // There is no room for it as long as anything else runs.
    thumbnails: { frames: '1-4', run: waitFor('go'), resources: { cpu: 'max' }, priority: 'low' },
  },
});

const graph = (page: Page) => page.getByRole('application', { name: /Graph of/ });
const card = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const port = (page: Page, id: string, side: 'source' | 'target') =>
  card(page, id).locator(`.react-flow__handle.${side}`).first();

async function submitShot(place: Place): Promise<void> {
  expect(await cli(place, 'submit', await place.write('shot.yaml', shot))).toMatchObject({ status: 0 });
}

async function openGraph(page: Page): Promise<void> {
  await page.getByRole('treegrid', { name: 'Queue' }).getByText('Shot 042').dblclick();
  await page.getByRole('link', { name: 'Graph' }).click();
  await expect(graph(page)).toHaveAttribute('data-ready');
}

const middle = (page: Page, id: string, side: 'source' | 'target'): Promise<Point> =>
  middleOf(port(page, id, side));

test('a dependency is drawn, looked at beforehand, applied and taken back', async ({
  drover,
  page,
  place,
}) => {
  await submitShot(place);
  await openGraph(page);
  await expect(card(page, 'b1.geometry')).toContainText('Completed');
  await expect(card(page, 'b1.sim')).toContainText('3 / 8');
  await keepPictures(drover, 'graph');

  // Thumbnails could start at once; drawn after the film, they wait for it.
  const draft = page.getByRole('region', { name: 'Changes that are not applied' });
  await drag(page, await middle(page, 'b1.film', 'source'), await middle(page, 'b1.thumbnails', 'target'));
  await expect(draft).toContainText('1 dependency added');
  await expect(draft).toContainText('4 tasks become blocked');
  const panel = page.getByRole('complementary', { name: 'What is chosen' });
  await panel.getByRole('radiogroup').getByText('Fail').click();
  await expect(panel).toContainText('It fails too.');
  await panel.getByRole('combobox', { name: 'It waits until' }).click();
  await page.getByRole('option', { name: 'It has ended, however it ends' }).click();
  await keepPictures(drover, 'graph-draft');
  await page.keyboard.press('Control+z');
  await expect(panel.getByRole('combobox')).toHaveValue('It has completed');
  await page.keyboard.press('Control+z');
  await expect(panel).toContainText('It waits for a person.');
  await draft.getByRole('button', { name: /Redo/ }).click();
  await draft.getByRole('button', { name: 'Apply' }).click();
  await expect(draft).toHaveCount(0);
  await expect(card(page, 'b1.thumbnails')).toContainText('0 / 4');
  const list = async (): Promise<string> => (await cli(place, 'why', 'b1.thumbnails')).output;
  expect(await list()).toContain('film');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back')).toBeVisible();
  expect(await list()).not.toContain('film');
});

test('a loop is refused while it is drawn, and lit up; ends are dragged elsewhere', async ({
  page,
  place,
}) => {
  await submitShot(place);
  await openGraph(page);
  await drag(
    page,
    await middle(page, 'b1.notify', 'source'),
    await middle(page, 'b1.sim', 'target'),
    async () => {
      await expect(page.getByRole('alert')).toHaveText(
        'notify would wait for itself: notify → sim → film → notify.',
      );
      await expect(page.locator('.graph-card[data-lit]')).toHaveCount(3);
      await keepPicture(page, 'graph-loop');
    },
  );
  await expect(page.getByRole('alert').filter({ hasText: 'would wait' })).toHaveCount(0);
  await expect(page.locator('[data-lit]')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Changes that are not applied' })).toHaveCount(0);

  // The end of an edge is dragged to another job, then that is taken back.
  const draft = page.getByRole('region', { name: 'Changes that are not applied' });
  const end = await middle(page, 'b1.notify', 'target');
  await drag(page, { x: end.x - 22, y: end.y }, await middle(page, 'b1.thumbnails', 'target'));
  await expect(draft).toContainText('1 dependency added, 1 removed');
  await page.keyboard.press('Control+z');
  await expect(draft).toContainText('Nothing changed');
});

test('a box chooses jobs, which are set in a line, and a rule is copied to another dependency', async ({
  page,
  place,
}) => {
  await submitShot(place);
  await openGraph(page);
  const [first, second] = [
    await card(page, 'b1.geometry').boundingBox(),
    await card(page, 'b1.sim').boundingBox(),
  ];
  if (first === null || second === null) throw new Error('the jobs are not in sight');
  await page.keyboard.down('Shift');
  await drag(
    page,
    { x: first.x - 12, y: Math.min(first.y, second.y) - 12 },
    { x: second.x + second.width / 2, y: Math.max(first.y, second.y) + first.height / 2 },
  );
  await page.keyboard.up('Shift');
  await page.getByRole('button', { name: 'Set their left sides in a line' }).click();
  await expect
    .poll(async () => Math.round((await card(page, 'b1.sim').boundingBox())?.x ?? 0))
    .toBe(Math.round(first.x));

  const panel = page.getByRole('complementary', { name: 'What is chosen' });
  const choose = async (job: string, earlier: string): Promise<void> => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type(job);
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: new RegExp(`^${earlier}`) }).press('Enter');
    await graph(page).focus();
  };
  await choose('notify', 'film');
  await page.keyboard.press('Control+c');
  await choose('sim', 'geometry');
  await page.keyboard.press('Control+v');
  await expect(panel.getByRole('combobox')).toHaveValue('It has ended, however it ends');
  await expect(page.getByRole('region', { name: 'Changes that are not applied' })).toContainText(
    '1 dependency added, 1 removed',
  );
});

test('steps are shown in their job, and everything is done by keyboard', async ({ drover, page, place }) => {
  await submitShot(place);
  await openGraph(page);
  await page.getByRole('button', { name: 'Show the 2 steps of film' }).click();
  await expect(card(page, 'b1.film 0')).toContainText('draw');
  await keepPictures(drover, 'graph-steps');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('sim');
  await page.keyboard.press('Escape');
  const panel = page.getByRole('complementary', { name: 'What is chosen' });
  await expect(panel.getByRole('heading', { name: 'sim' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(panel.getByRole('heading', { name: 'geometry' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await panel.getByRole('button', { name: /^geometry/ }).press('Enter');
  await expect(panel).toContainText('Satisfied');
  await graph(page).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('region', { name: 'Changes that are not applied' })).toContainText(
    '1 dependency removed',
  );
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('notify');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'notify' })).toBeVisible();
});

test('jobs that stand in the same place are stacked, joined as one and shown one by one', async ({
  drover,
  page,
  place,
}) => {
  const shots = Array.from({ length: 40 }, (_, index) => String(10 * (index + 1)).padStart(4, '0'));
  const jobs = {
    assets: { run: waitFor('go') },
    ...Object.fromEntries(
      shots.flatMap((name) => [
        [`sim-${name}`, { kind: 'simulation', frames: '1-24', run: 'true', after: ['assets'] }],
        [`film-${name}`, { kind: 'render', frames: '1-24', run: 'true', after: [`sim-${name}`] }],
      ]),
    ),
    edit: { run: 'true', after: shots.map((name) => `film-${name}`) },
    notes: { run: 'true' },
  };
  const recipe = JSON.stringify({ drover: 1, batch: 'Shot 042', jobs });
  expect(await cli(place, 'submit', await place.write('shots.yaml', recipe))).toMatchObject({ status: 0 });
  await openGraph(page);
  await expect(page.locator('.react-flow__node')).toHaveCount(5);
  await expect(card(page, 'stack b1.sim-0010')).toContainText('40 jobs');
  await keepPictures(drover, 'graph-stacks');
  await drag(
    page,
    await middle(page, 'b1.assets', 'source'),
    await middle(page, 'stack b1.film-0010', 'target'),
  );
  const draft = page.getByRole('region', { name: 'Changes that are not applied' });
  await expect(draft).toContainText('40 dependencies added');
  await draft.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: /Show 40 jobs of film/ }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('film-0400');
  await expect(card(page, 'b1.film-0400')).toBeVisible();
  await keepPicture(page, 'graph-stack-open');
});

test('two thousand jobs are laid out, looked at as a whole, and moved through', async ({ page, place }) => {
  expect(
    await cli(place, 'submit', await place.write('many.yaml', joinedJobs('Shot 042', 2000))),
  ).toMatchObject({ status: 0 });
  test.slow();
  await openGraph(page);
  await expect(graph(page)).toHaveAttribute('data-overview');
  await keepPicture(page, 'graph-2000');
  const box = await graph(page).boundingBox();
  if (box === null) throw new Error('the graph is not in sight');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 - 100];
  const pan = async (): Promise<void> => {
    for (const direction of [-1, 1, -1]) {
      await page.mouse.move(x + direction * -300, y);
      await page.mouse.down();
      await page.mouse.move(x + direction * 300, y + direction * 60, { steps: 60 });
      await page.mouse.up();
    }
    // What follows from the last movement has been drawn.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  };
  const goTo = async (job: string): Promise<void> => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type(job);
    await expect(page.getByRole('textbox', { name: 'Search in the graph' })).toHaveValue(job);
    await page.keyboard.press('Escape');
    await expect(card(page, `b1.${job}`)).toBeVisible();
  };
  await pan();
  await goTo('job1000');
  await expect(graph(page)).not.toHaveAttribute('data-overview');
  await keepPicture(page, 'graph-2000-near');
  await pan();
  await goTo('job1001');
  await page.keyboard.press('Escape');
  const one = card(page, 'b1.job1001');
  const before = await one.boundingBox();
  if (before === null) throw new Error('the job is not in sight');
  await drag(page, { x: before.x + 60, y: before.y + 20 }, { x: before.x + 260, y: before.y + 160 });
  await expect
    .poll(async () => Math.round(((await one.boundingBox())?.x ?? 0) - before.x))
    .toBeGreaterThan(150);
});
