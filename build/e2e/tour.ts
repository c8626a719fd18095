/** The views of the window, one after the other, with something in each. */
import type { Page } from 'playwright/test';
import { cli, expect } from './app';
import type { Place } from './place';
import { png } from './png';
import { recipe, waitFor } from './recipes';

export interface Stop {
  readonly name: string;
  /** From whatever stop before; ends when all of it is there. */
  open(this: void, page: Page): Promise<void>;
}

const turntable = {
  frames: { kind: 'render', frames: '1-4', run: 'cp made.{{Frame}}.png "{{Output}}/turn.000{{Frame}}.png"' },
} as const;

const film = `echo "frame {{Frame}}"; i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo "  tile $i of 40"; done; [ {{Frame}} != 5 ] || exit 3; [ {{Frame}} -lt 13 ] || { echo 'openjd_progress: 40'; ${waitFor('go')}; }`;
const shot = {
  geometry: { run: 'echo exported' },
  film: {
    kind: 'render',
    frames: '1-48',
    run: film,
    resources: { cpu: 1, memory: '64 MiB' },
    after: ['geometry'],
  },
  encode: { run: 'echo encoded', after: ['film'] },
} as const;

/** A batch that is done, with pictures; then one at work, with a task that has failed and jobs that wait. */
export async function fillFarm(place: Place, page: Page): Promise<void> {
  for (let frame = 1; frame <= 4; frame++)
    await place.write(`made.${frame}.png`, png(60 * frame, 120, 255 - 60 * frame));
  for (const [batch, jobs] of [
    ['Turntable of the harbour, version 12', turntable],
    ['Shot 042', shot],
  ] as const)
    expect(await cli(place, 'submit', await place.write(`${batch}.yaml`, recipe(batch, jobs)))).toMatchObject(
      { status: 0 },
    );
  await go(page, '/queue');
  await expect(page.getByRole('row', { name: /film/ })).toContainText('11 / 48');
  await expect(page.getByRole('row', { name: /Turntable/ })).toContainText('Completed');
}

/** Whatever dialog is open is closed. */
async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), address);
  await closed(page);
}

async function closed(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

const at = (name: string, address: string, there: (page: Page) => Promise<void>): Stop => ({
  name,
  open: async (page) => {
    await go(page, address);
    await there(page);
  },
});

const tabOfJob = (name: string, tab: string, there: (page: Page) => Promise<void>): Stop =>
  at(name, '/job/b2.film', async (page) => {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await there(page);
  });

const settings = (section: string): Stop =>
  at(`settings-${section}`, `/settings/${section}`, async (page) => {
    const link = page.getByRole('navigation', { name: 'Settings' }).locator(`a[href$="/${section}"]`);
    await expect(link).toHaveAttribute('aria-current', 'page');
  });

/** Of a farm that has nothing to do yet. */
export const emptyStops: readonly Stop[] = [
  at('empty', '/queue', (page) => expect(page.getByText(/This machine is ready/)).toBeVisible()),
  at('empty-checkpoints', '/checkpoints', (page) =>
    expect(page.getByText('Nothing has been saved yet')).toBeVisible(),
  ),
  at('empty-activity', '/activity', (page) =>
    expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible(),
  ),
];

export const stops: readonly Stop[] = [
  at('queue', '/queue', (page) => expect(page.getByRole('row', { name: /film/ })).toBeVisible()),
  at('job', '/job/b2.film', (page) => expect(page.getByRole('log')).toContainText('tile 40 of 40')),
  at('job-results', '/job/b1.frames', async (page) => {
    await page.getByRole('tab', { name: 'Results' }).click();
    const strip = page.getByRole('listbox', { name: 'Frames' });
    await expect(strip.locator('[data-state="shown"]')).toHaveCount(4);
  }),
  tabOfJob('job-dependencies', 'Dependencies', (page) =>
    expect(page.getByRole('tabpanel').getByRole('link', { name: 'geometry' })).toBeVisible(),
  ),
  tabOfJob('job-history', 'History', (page) =>
    expect(page.getByText('Nobody has changed anything yet')).toBeVisible(),
  ),
  at('batch', '/batch/b2', (page) =>
    expect(page.getByRole('treegrid', { name: 'Jobs of Shot 042' })).toBeVisible(),
  ),
  at('graph', '/batch/b2/graph', (page) =>
    expect(page.getByRole('application', { name: /Graph of/ })).toHaveAttribute('data-ready'),
  ),
  at('nodes', '/nodes', (page) => expect(page.getByText('Online')).toBeVisible()),
  at('node', '/node/local', (page) =>
    expect(page.getByRole('slider', { name: 'Processor in the last hour' })).toBeVisible(),
  ),
  at('node-edit', '/node/local', async (page) => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  }),
  {
    name: 'node-add',
    open: async (page) => {
      await go(page, '/nodes');
      await page.keyboard.press('Control+Shift+n');
      await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
    },
  },
  at('activity', '/activity', (page) => expect(page.getByText(/Turntable/).first()).toBeVisible()),
  ...['nodes', 'tenants', 'limits', 'order', 'failures'].map(settings),
  ...['notifications', 'appearance', 'keys', 'data'].map(settings),
  {
    name: 'submit-start',
    open: async (page) => {
      await go(page, '/queue');
      await page.keyboard.press('Control+n');
      await expect(page.getByRole('dialog').getByRole('button', { name: /Galaxies/ })).toBeVisible();
    },
  },
  {
    name: 'submit-recipe',
    open: async (page) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /Galaxies/ }).click();
      await expect(dialog.getByRole('button', { name: 'Submit' })).toBeEnabled();
    },
  },
  {
    name: 'submit-form',
    open: async (page) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Back to all presets' }).click();
      await dialog.getByRole('button', { name: /^Parameter study/ }).click();
      await dialog.getByLabel('Command').fill('./melt.sh --mass "$Value"');
      await expect(dialog.getByRole('complementary')).toContainText('10 tasks');
    },
  },
  {
    name: 'palette',
    open: async (page) => {
      await go(page, '/job/b2.film');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'shortcuts',
    open: async (page) => {
      await go(page, '/queue');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
];
