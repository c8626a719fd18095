/** A graph of two thousand jobs: laid out, and a job of it dragged. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { framesDuring } from './frames';
import { joinedJobs } from './farms';
import { submitTo, withDrover, withFolder } from './window';

const steps = 90;

async function dragged(page: Page): Promise<readonly number[]> {
  const box = await page.locator('.react-flow__node[data-id="b1.job1001"]').boundingBox();
  if (box === null) throw new Error('the job is not in sight');
  const [x, y] = [box.x + 60, box.y + 20];
  return framesDuring(page, async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 200, y + 140, { steps });
    await page.mouse.up();
  });
}

async function run(): Promise<readonly Measurement[]> {
  return withFolder(async (folder) => {
    const data = join(folder, 'data');
    await submitTo(data, [joinedJobs('Shot', 2000)]);
    return withDrover(data, async ({ page }) => {
      await page.getByRole('treegrid', { name: 'Queue' }).getByText('Shot').dblclick();
      await page.getByRole('link', { name: 'Graph' }).click();
      await page.locator('[data-ready][data-overview]').waitFor();
      const layout = await page.evaluate(
        () => performance.getEntriesByName('graph layout').at(-1)?.duration ?? Number.NaN,
      );
      await page.keyboard.press('Control+f');
      await page.keyboard.type('job1001');
      await page.keyboard.press('Escape');
      await page.locator('.react-flow__node[data-id="b1.job1001"]').waitFor();
      await page.keyboard.press('Escape');
      const still = await framesDuring(page, async () => {
        for (let turn = 0; turn < steps; turn++) await page.mouse.move(400 + turn, 300);
      });
      const moving = await dragged(page);
      return [
        {
          ...{ case: 'graph of 2,000 jobs laid out', unit: 'ms' },
          value: layout,
          reference: quantile(still, 0.5),
          against: 'a frame of the same window',
          target: { of: 'value', is: 'most', amount: 1500 },
        },
        {
          ...{ case: 'one job of it dragged: 95 % of frames within', unit: 'ms' },
          value: quantile(moving, 0.95),
          reference: quantile(still, 0.95),
          against: 'the same graph while the pointer moves over it',
          target: { of: 'value', is: 'most', amount: 33.5 },
        },
      ];
    });
  });
}

export const graph: BenchCase = {
  name: 'graph',
  about: 'a graph of two thousand jobs laid out, and one of them dragged',
  runs: 2,
  run,
};
