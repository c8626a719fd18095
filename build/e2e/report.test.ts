import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ElectronApplication } from 'playwright/test';
import { cli, expect, keepPicture, test, type Drover } from './app';
import { recipe, waitFor } from './recipes';

/** In place of the system's browser, which is told what to open: a window without any rights. */
async function takeOverBrowser(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openPath = (path) => {
      opened.push(path);
      return Promise.resolve('');
    };
  });
}

const opened = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() => {
    const { opened: paths } = globalThis as unknown as { readonly opened: readonly string[] };
    return paths;
  });

async function showPage({ app }: Drover, path: string, width: number, height: number) {
  const [page] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(
      ({ BrowserWindow }, place) => {
        const window = new BrowserWindow({
          width: place.width,
          height: place.height,
          useContentSize: true,
          webPreferences: { sandbox: true },
        });
        void window.loadFile(place.path);
      },
      { path, width, height },
    ),
  ]);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const jobs = {
  melt: { run: `echo melting; ${waitFor('go')}; echo melted > "{{Output}}/melt.txt"` },
  film: {
    frames: '1-6',
    run: `echo "<img src=x onerror=alert(1)> {{Frame}}"; [ {{Frame}} -ne 4 ]`,
  },
};

test('the report is opened from the window while the batch runs, and is the last one when it has ended', async ({
  drover,
  place,
}) => {
  const { app, page } = drover;
  await takeOverBrowser(app);
  await cli(place, 'submit', await place.write('recipe.yaml', recipe('Night <i>run</i>', jobs)));
  await page.getByRole('link', { name: 'Night <i>run</i>', exact: true }).click();
  await expect(page.getByRole('row', { name: /film/ })).toContainText('Failed');
  await page.getByRole('button', { name: 'Open report' }).click();
  await expect.poll(() => opened(app)).toHaveLength(1);
  const [kept = ''] = await opened(app);
  expect(kept).toBe(join(place.data, 'reports', 'b1.html'));

  const report = await showPage(drover, kept, 1280, 800);
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Night <i>run</i>');
  await expect(report.locator('.live')).toContainText('It has not ended');
  await expect(report.locator('#failures pre')).toHaveText('<img src=x onerror=alert(1)> 4');
  await expect(report.getByRole('img', { name: 'Tasks by their state' })).toBeVisible();
  await report.close();

  await place.write('go', '');
  await expect(page.locator('header .run-state')).toHaveText('Failed');
  await page.getByRole('button', { name: 'Open report' }).click();
  await expect.poll(() => opened(app)).toHaveLength(2);
  const [, last = ''] = await opened(app);
  expect(last).toMatch(/report\.html$/);
  const final = await showPage(drover, last, 1280, 800);
  await expect(final.locator('.live')).toHaveCount(0);
  await expect(final.locator('#outputs')).toContainText('melt.txt');
  // Who still looks at the one before is sent on.
  await expect.poll(() => readFileSync(kept, 'utf8')).toContain(pathToFileURL(last).href);
});

test('the page is whole on large and narrow screens, in light and dark, and runs nothing', async ({
  drover,
  place,
}) => {
  await place.write('go', '');
  await cli(place, 'submit', await place.write('recipe.yaml', recipe('Night run', jobs)));
  await expect(drover.page.getByRole('row', { name: /Night run/ })).toContainText('Failed');
  const { output } = await cli(place, 'report', 'b1');
  const path = /^report: (.*)$/m.exec(output)?.[1] ?? '';
  for (const [width, height] of [
    [1280, 800],
    [400, 800],
  ] as const) {
    const page = await showPage(drover, path, width, height);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const [scrollWidth, innerWidth] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      expect(scrollWidth, `${width} ${colorScheme}`).toBeLessThanOrEqual(innerWidth);
      await keepPicture(page, `report-${width}-${colorScheme}`);
    }
    const tags = await page.evaluate(() =>
      [...document.querySelectorAll('script, iframe, img[src="x"], [onerror], [onload], link')].map(
        ({ tagName }) => tagName,
      ),
    );
    expect(tags).toEqual([]);
    await page.close();
  }
});
