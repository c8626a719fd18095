/** Many jobs, and a job of many tasks: opened, scrolled, and what they take. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { rendererMiB, submitTo, waitingJobs, withBareWindow, withDrover, withFolder } from './window';

const frames = 240;

/** Times between frames while a list is scrolled by so many pixels with each; 0: it stands still. */
const framesOf = (page: Page, selector: string, pixels: number): Promise<readonly number[]> =>
  page.evaluate(
    ([list, by, count]) =>
      new Promise<readonly number[]>((done, failed) => {
        const element = document.querySelector(list);
        if (element === null) return failed(new Error(`there is no ${list}`));
        const gaps: number[] = [];
        let last: number | null = null;
        const step = (now: number): void => {
          if (last !== null) gaps.push(now - last);
          last = now;
          element.scrollTop += by;
          if (gaps.length < count) requestAnimationFrame(step);
          else done(gaps);
        };
        requestAnimationFrame(step);
      }),
    [selector, pixels, frames] as const,
  );

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
        small.push(await opens(page, '#/job/b2.job0', '.grid canvas, canvas'));
        await opens(page, '#/queue', queue);
        large.push(await opens(page, '#/job/b1.job0', '.grid canvas, canvas'));
        await opens(page, '#/queue', queue);
      }
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
