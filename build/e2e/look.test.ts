import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test, type Drover } from './app';
import { recipe, waitFor } from './recipes';

const html = (page: Page) => page.locator('html');

async function choose(page: Page, scheme: 'Light' | 'Dark'): Promise<void> {
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: scheme }).click();
  await expect(html(page)).toHaveAttribute('data-mantine-color-scheme', scheme.toLowerCase());
  await expect(page.getByRole('menuitemradio')).toHaveCount(0);
}

const backgroundOf = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('dark and light are remembered from one start to the next', async ({ start }) => {
  const first = await start();
  await choose(first.page, 'Light');
  const light = await backgroundOf(first.page);
  await choose(first.page, 'Dark');
  const dark = await backgroundOf(first.page);
  expect(dark).not.toBe(light);
  await first.quit();

  const second = await start();
  await expect(html(second.page)).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await backgroundOf(second.page)).toBe(dark);
});

test('everything is reached by keyboard', async ({ page, place }) => {
  await expect(page.getByRole('button', { name: 'Run the sample render' })).toBeVisible();
  const stops = new Set<string>();
  for (let stop = 0; stop < 16; stop++) {
    await page.keyboard.press('Tab');
    stops.add(await page.evaluate(() => document.activeElement?.textContent.trim() ?? ''));
  }
  expect([...stops]).toEqual(
    expect.arrayContaining([
      'Run the sample render',
      'See all presets …',
      'Submit',
      'Queue',
      'Nodes',
      'Activity',
      'Timeline',
      'Settings',
      'Theme',
      'Keys',
    ]),
  );

  const jobs = { broken: { run: '[ -e mended ]' }, fine: { frames: '1-4', run: 'echo fine' } };
  await cli(place, 'submit', await place.write('a.yaml', recipe('Alpha', jobs)));
  const queue = page.getByRole('treegrid', { name: 'Queue' });
  await expect(queue.getByRole('row', { name: /Alpha/ })).toContainText('Failed');

  await page.keyboard.press('Control+2');
  await expect(page.getByRole('link', { name: 'Nodes' })).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('link', { name: /Queue/ }).first()).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('/');
  await page.keyboard.type('broken');
  await expect(queue.getByRole('row', { name: /fine/ })).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await queue.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(queue.getByRole('row', { name: /fine/ })).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(queue.getByRole('row', { name: /fine/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'broken' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(queue).toBeVisible();

  await place.write('mended', '');
  await queue.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('r');
  await expect(queue.getByRole('row', { name: /Alpha/ })).toContainText('Completed');
});

/** What a person would call broken: things that reach out of the window, or lie upon each other. */
function findFaults(): readonly string[] {
  const faults: string[] = [];
  const { innerWidth } = window;
  for (const part of [
    document.documentElement,
    document.body,
    ...document.querySelectorAll('main, main *, [role="dialog"]'),
  ]) {
    if (part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX))
      faults.push(`${part.className || part.tagName} scrolls sideways`);
  }
  if (document.body.getBoundingClientRect().width > innerWidth)
    faults.push('the page is wider than the window');
  const scope = document.querySelector('[role="dialog"]') ?? document;
  const parts = [...scope.querySelectorAll<HTMLElement>('button, a, input, h1, h2, h3')].filter((part) =>
    part.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  );
  const boxes = parts
    .map((part) => ({ part, box: part.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1);
  const nameOf = (part: HTMLElement): string =>
    `${part.tagName.toLowerCase()} "${part.textContent || part.getAttribute('aria-label') || ''}"`;
  for (const { part, box } of boxes) {
    if (box.left < 0 || box.right > innerWidth + 1) faults.push(`${nameOf(part)} reaches out of the window`);
    const isCut =
      part.scrollWidth > part.clientWidth + 1 &&
      part.clientWidth > 0 &&
      !['INPUT'].includes(part.tagName) &&
      getComputedStyle(part).textOverflow !== 'ellipsis' &&
      getComputedStyle(part).overflowX !== 'visible';
    if (isCut) faults.push(`${nameOf(part)} is cut off`);
  }
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (one.part.contains(other.part) || other.part.contains(one.part)) continue;
      // Some fields have a button at their end.
      const field = one.part.closest('.mantine-Input-wrapper');
      if (field?.contains(other.part) === true) continue;
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (width > 1 && height > 1) faults.push(`${nameOf(one.part)} lies upon ${nameOf(other.part)}`);
    }
  });
  return faults;
}

async function resize({ app, page }: Drover, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

async function look(drover: Drover, view: string): Promise<void> {
  const { page } = drover;
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(html(page)).toHaveAttribute('data-mantine-color-scheme', scheme);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await resize(drover, width, height);
      await keepPicture(page, `${view}-${scheme}-${width}x${height}`);
      expect(await page.evaluate(findFaults), `${view}, ${scheme}, ${width}x${height}`).toEqual([]);
    }
  }
}

test('every view fits into small and large windows, light and dark', async ({ drover, page, place }) => {
  await expect(page.getByText(/This machine is ready/)).toBeVisible();
  await look(drover, 'empty');

  const film = `echo "frame {{Frame}}"; i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo "  tile $i of 40"; done; [ {{Frame}} != 5 ] || exit 3; [ {{Frame}} -lt 13 ] || { echo 'openjd_progress: 40'; ${waitFor('go')}; }`;
  const jobs = {
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
  await cli(
    place,
    'submit',
    await place.write(
      'done.yaml',
      recipe('Turntable of the harbour, version 12', {
        frames: { kind: 'render', frames: '1-4', run: 'echo fine' },
      }),
    ),
  );
  await cli(place, 'submit', await place.write('film.yaml', recipe('Shot 042', jobs)));
  const row = page.getByRole('treegrid', { name: 'Queue' }).getByRole('row', { name: /film/ });
  await expect(row).toContainText('11 / 48');
  await expect(page.getByRole('row', { name: /Turntable/ })).toContainText('Completed');
  await look(drover, 'queue');

  await row.getByRole('link', { name: 'film' }).click();
  await expect(page.getByRole('log')).toContainText('tile 40 of 40');
  await look(drover, 'job');
  await page.getByRole('link', { name: 'Shot 042' }).click();
  await expect(page.getByRole('treegrid', { name: 'Jobs of Shot 042' })).toBeVisible();
  await look(drover, 'batch');
  await page.getByRole('link', { name: 'Nodes' }).click();
  await expect(page.getByText('Online')).toBeVisible();
  await look(drover, 'nodes');
  await page.getByRole('link', { name: 'This machine' }).click();
  await expect(page.getByRole('slider', { name: 'Processor in the last hour' })).toBeVisible();
  await look(drover, 'node');
  await page.keyboard.press('Control+Shift+n');
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
  await look(drover, 'add-node');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('link', { name: 'Submit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /Galaxies/ })).toBeVisible();
  await look(drover, 'submit-start');
  await dialog.getByRole('button', { name: /Galaxies/ }).click();
  await expect(dialog.getByRole('button', { name: 'Submit' })).toBeEnabled();
  await look(drover, 'submit-recipe');
  await dialog.getByRole('button', { name: 'Back to all presets' }).click();
  await dialog.getByRole('button', { name: /^Parameter study/ }).click();
  await dialog.getByLabel('Command').fill('./melt.sh --mass "$Value"');
  await expect(dialog.getByRole('complementary')).toContainText('10 tasks');
  await look(drover, 'submit-form');
});
