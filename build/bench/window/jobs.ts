/** Many jobs, and a job of many tasks: opened, scrolled, and what they take. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { framesOf } from './frames';
import { waitingJobs } from './farms';
import { rendererMiB, submitTo, withBareWindow, withDrover, withFolder } from './window';

/** From the wish to see a page to the first frame that has a part of it. */
const opens = (page: Page, hash: string, part: string): Promise<number> =>
  page.evaluate(
    ([to, wanted]) =>
      new Promise<number>((done) => {
        const from = performance.now();
        const look = (): void => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => done(performance.now() - from));
        };
        location.hash = to;
        requestAnimationFrame(look);
      }),
    [hash, part] as const,
  );

/** Each key of some that narrow and widen a filter, until as many rows as it leaves are drawn. */
async function typed(page: Page): Promise<readonly number[]> {
  await page.getByRole('combobox', { name: 'Filter the queue' }).focus();
  const keys = ['7', '7', 'Backspace', 'Backspace'];
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    for (const key of keys) {
      const shown = rowsAfterKey(page);
      await page.locator('html[data-is-watched=yes]').waitFor();
      await page.keyboard.press(key);
      times.push(await shown);
    }
  }
  await page.keyboard.press('Escape');
  return times;
}

const rowsAfterKey = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const grid = document.querySelector('[role=treegrid]');
        let pressedAt = 0;
        addEventListener('keydown', ({ timeStamp }) => (pressedAt = timeStamp), {
          capture: true,
          once: true,
        });
        const observer = new MutationObserver(() => {
          observer.disconnect();
          delete document.documentElement.dataset['isWatched'];
          done(performance.now() - pressedAt);
        });
        if (grid !== null) observer.observe(grid, { attributes: true, attributeFilter: ['aria-rowcount'] });
        document.documentElement.dataset['isWatched'] = 'yes';
      }),
  );

async function run(): Promise<readonly Measurement[]> {
  return withFolder(async (folder) => {
    const data = join(folder, 'data');
    await submitTo(data, [
      waitingJobs('Large', 1, 1_000_000),
      waitingJobs('Small', 1, 10),
      ...Array.from({ length: 10 }, (_, index) => waitingJobs(`Show ${index}`, 1000, 10)),
    ]);
    const bareMiB = await withBareWindow(folder, rendererMiB);
    return withDrover(data, async (window) => {
      const { page } = window;
      const queue = '[role=treegrid]';
      await page.locator(queue).waitFor();
      await page.locator(queue).press('Home');
      await page.keyboard.press('ArrowRight');
      const still = await framesOf(page, queue, 0);
      const moving = await framesOf(page, queue, 300);
      const large: number[] = [];
      const small: number[] = [];
      for (let round = 0; round < 7; round++) {
        small.push(await opens(page, '#/job/b2.job0', '.grid-canvas'));
        await opens(page, '#/queue', queue);
        large.push(await opens(page, '#/job/b1.job0', '.grid-canvas'));
        await opens(page, '#/queue', queue);
      }
      await opens(page, '#/job/b1.job0', '.grid-canvas');
      const grid = await framesOf(page, '.grid-scroller', 300);
      await opens(page, '#/queue', queue);
      const keys = await typed(page);
      const mebibytes = await rendererMiB(window);
      return [
        {
          ...{ case: 'queue of 10,000 jobs scrolled: 95 % of frames within', unit: 'ms' },
          value: quantile(moving, 0.95),
          reference: quantile(still, 0.95),
          against: 'the same window standing still',
          target: { of: 'value', is: 'most', amount: 33.5 },
        },
        {
          ...{ case: 'a job of 1,000,000 tasks opened, median', unit: 'ms' },
          value: quantile(large, 0.5),
          reference: quantile(small, 0.5),
          against: 'a job of 10 tasks',
          target: { of: 'value', is: 'most', amount: 150 },
        },
        {
          ...{ case: 'its grid scrolled: 95 % of frames within', unit: 'ms' },
          value: quantile(grid, 0.95),
          reference: quantile(still, 0.95),
          against: 'the same window standing still',
          target: { of: 'value', is: 'most', amount: 33.5 },
        },
        {
          ...{ case: 'a key of a filter of 10,000 jobs, to the rows that are left, 95 % within', unit: 'ms' },
          value: quantile(keys, 0.95),
          reference: quantile(still, 0.5),
          against: 'a frame of the same window standing still',
          target: { of: 'value', is: 'most', amount: 30 },
        },
        {
          ...{ case: 'memory of the page after that', unit: 'MiB' },
          value: mebibytes,
          reference: bareMiB,
          against: 'the page of an Electron that shows a line of text',
          target: { of: 'value', is: 'most', amount: 350 },
        },
      ];
    });
  });
}

export const jobs: BenchCase = {
  name: 'jobs',
  about: 'ten thousand jobs scrolled, a job of a million tasks opened, and the memory that takes',
  runs: 2,
  run,
};
