/** From the keys that submit a form to the page of its job. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { BenchCase, Measurement } from '../measure';
import { quantile } from '../measure';
import { withDrover, withFolder } from './window';

const times = 12;

/** Of the window's own clock: from the key to the first frame that has its page. */
const submitForm = (page: Page, name: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((done) => {
        let pressedAt = 0;
        addEventListener('keydown', (event) => (pressedAt = event.timeStamp), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (document.querySelector('h1')?.textContent !== wanted) return;
          observer.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - pressedAt)));
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        Object.assign(document.documentElement.dataset, { isWatched: 'yes' });
      }),
    name,
  );

const twoFrames = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const from = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
      }),
  );

async function submit(): Promise<readonly Measurement[]> {
  return withFolder((folder) =>
    withDrover(join(folder, 'data'), async ({ page }) => {
      const values: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < times; round++) {
        await page.keyboard.press('Control+n');
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: /^Command Runs/ }).click();
        await dialog.getByLabel('Command').fill(`echo ${round}`);
        await dialog.locator('aside[aria-busy=false]').getByText('Ends').waitFor();
        const shown = submitForm(page, 'Command');
        await page.locator('html[data-is-watched=yes]').waitFor();
        await page.keyboard.press('Control+Enter');
        values.push(await shown);
        bare.push(await twoFrames(page));
        await page.evaluate(() => {
          delete document.documentElement.dataset['isWatched'];
          location.hash = '#/queue';
        });
      }
      return [
        {
          ...{ case: 'from Ctrl+Enter to the page of the job, median', unit: 'ms' },
          value: quantile(values, 0.5),
          reference: quantile(bare, 0.5),
          against: 'two frames of the same window',
          target: { of: 'value', is: 'most', amount: 100 },
        },
      ];
    }),
  );
}

export const submits: BenchCase = {
  name: 'submit',
  about: 'a form that is filled in and tried, submitted by keyboard',
  runs: 2,
  run: submit,
};
