/** The browser of checkpoints, of very many: its first picture, and a filter that is typed. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { SqliteStore } from '../../../electron/store/sqlite/store';
import type { Fact } from '../../../electron/engine/facts';
import { quantile, type BenchCase, type Measurement } from '../measure';
import { waitingJobs } from './farms';
import { submitTo, withDrover, withFolder } from './window';

const many = 100_000;
const few = 100;
const jobs = 300;
const rounds = 7;

const found = (number: number, job: number): Fact => ({
  kind: 'checkpointFound',
  at: 1.7e12 + 1000 * number,
  checkpoint: {
    ...{ id: `c${number}`, job: `b1.job${job}`, step: 0, task: number % 10, attempt: `a-bench-${number}` },
    ...{ node: 'local', type: 'FULL', name: `state_${number}.restart`, folder: '/results/shot_042/melt' },
    files: ['restart', 'grid'].map((end, index) => ({
      path: `state_${number}.${end}`,
      bytes: 1000 * number + index,
      hash: `${number}`.padStart(64, '0'),
    })),
    ...{ madeAt: 1.7e12 + 1000 * number, at: number, parent: number > jobs ? `c${number - jobs}` : null },
  },
});

/** As if a Host had found them. */
async function save(data: string, count: number): Promise<void> {
  const store = new SqliteStore(join(data, 'drover.sqlite'), join(import.meta.dirname, 'store-worker.js'));
  await store.load(
    () => {},
    () => {},
  );
  await store.append(Array.from({ length: count }, (_, index) => found(index + 1, index % jobs)));
  await store.close();
}

const row = '.table-cell-name .checkpoint-name';

/** From the wish to see the page to the first frame that has rows. */
const opens = (page: Page): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((done) => {
        const from = performance.now();
        const look = (): void => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => done(performance.now() - from));
        };
        location.hash = '#/checkpoints';
        requestAnimationFrame(look);
      }),
    row,
  );

/** From a letter that is typed to the first frame in which the only row is the one that was meant. */
const filters = (page: Page, typed: string): Promise<number> =>
  page.evaluate(
    ([wanted, text]) =>
      new Promise<number>((done, failed) => {
        const field = document.querySelector<HTMLInputElement>('[aria-label="Filter the checkpoints"]');
        if (field === null) return failed(new Error('there is no filter'));
        const from = performance.now();
        const look = (): void => {
          const rows = document.querySelectorAll(wanted);
          if (rows.length !== 1 || rows[0]?.textContent !== text) requestAnimationFrame(look);
          else requestAnimationFrame(() => done(performance.now() - from));
        };
        field.select();
        document.execCommand('insertText', false, text);
        requestAnimationFrame(look);
      }),
    [row, typed] as const,
  );

interface Times {
  readonly open: number;
  readonly filter: number;
}

const timesOf = (count: number): Promise<Times> =>
  withFolder(async (folder) => {
    const data = join(folder, 'data');
    await submitTo(data, [waitingJobs('Saved', jobs, 10)]);
    await save(data, count);
    return withDrover(data, async ({ page }) => {
      const open: number[] = [];
      const filter: number[] = [];
      for (let round = 0; round < rounds; round++) {
        await page.evaluate(() => (location.hash = '#/queue'));
        await page.locator('[aria-label="Queue"]').waitFor();
        open.push(await opens(page));
        filter.push(await filters(page, `state_${count - 10 - round}.restart`));
      }
      return { open: quantile(open, 0.5), filter: quantile(filter, 0.5) };
    });
  });

async function run(): Promise<readonly Measurement[]> {
  const small = await timesOf(few);
  const large = await timesOf(many);
  const against = `${few} checkpoints`;
  return [
    {
      ...{ case: `${many} checkpoints: first picture, median`, unit: 'ms', against },
      ...{ value: large.open, reference: small.open },
      target: { of: 'value', is: 'most', amount: 150 },
    },
    {
      ...{ case: `${many} checkpoints: one of them found by its name, median`, unit: 'ms', against },
      ...{ value: large.filter, reference: small.filter },
      target: { of: 'value', is: 'most', amount: 500 },
    },
  ];
}

export const saved: BenchCase = {
  name: 'saved',
  about: 'the browser of checkpoints with 100,000 of them: opened, and filtered',
  runs: 1,
  run,
};
