import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app';

const pngSignature = '89504e470d0a1a0a';

function pictures(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png'));
}

test('the empty window teaches, and its sample starts with one click', async ({ page, place }) => {
  await expect(page.getByRole('heading', { name: 'What shall we run?' })).toBeVisible();
  await expect(page.getByText(/This machine is ready: \d+ cores?/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Submit something of yours' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'From a terminal' })).toContainText('submit FILE');

  await page.getByRole('button', { name: 'Run the sample render' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'frames' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '24 tasks' })).toBeVisible();
  const progress = page.getByRole('progressbar', { name: 'Progress of frames' });
  await expect(progress).toHaveAttribute('aria-valuetext', /[1-9]\d* of 24 tasks completed/);
  expect(pictures(join(place.data, 'output')).length).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click();
  await expect(page.locator('header .run-state')).toHaveText('Cancelled');
});

test('a sample with smaller pictures goes from the dialog to its frames and its report', async ({
  page,
  place,
}) => {
  await page.getByRole('link', { name: 'See all presets …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Submit' });
  await dialog.getByRole('button', { name: /Sunflower/ }).click();
  for (const [name, value] of [
    ['Width', '64'],
    ['Height', '36'],
    ['Samples', '1'],
  ] as const)
    await dialog.getByLabel(name).fill(value);
  await dialog.getByRole('button', { name: 'Submit' }).click();

  const progress = page.getByRole('progressbar', { name: 'Progress of frames' });
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        const now = Number(await progress.getAttribute('aria-valuenow'));
        seen.add(now);
        return now;
      },
      { intervals: [50], timeout: 40_000 },
    )
    .toBe(100);
  expect(seen.size, 'progress grows in steps').toBeGreaterThan(2);
  await expect(page.locator('header .run-state')).toHaveText('Completed');

  const output = join(place.data, 'output');
  const frames = pictures(output);
  expect(frames).toHaveLength(24);
  for (const name of frames)
    expect(readFileSync(join(output, name)).subarray(0, 8).toString('hex')).toBe(pngSignature);

  await page.getByRole('link', { name: 'Sunflower' }).click();
  await expect(page.getByRole('button', { name: 'Open report' })).toBeVisible();
  const report = (): string | undefined =>
    readdirSync(output, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('report.html'));
  await expect.poll(report).toBeDefined();
  expect(readFileSync(join(output, report() ?? ''), 'utf8')).toContain('Sunflower');
});
