import type { Page } from 'playwright/test';
import { cli, expect } from './app';
import type { Place } from './place';
import { recipe, type Job } from './recipes';

/** Submits from a terminal and opens the job in the window. */
export async function submitAndOpen(
  page: Page,
  place: Place,
  jobs: Readonly<Record<string, Job>>,
  open: string,
): Promise<void> {
  const { status, errors } = await cli(
    place,
    'submit',
    await place.write('recipe.yaml', recipe('Night', jobs)),
  );
  expect(status, errors).toBe(0);
  await page.getByRole('link', { name: open, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: open })).toBeVisible();
}

/** This machine gets no new work. Before it has told what it has, it cannot be. */
export async function setAside(place: Place, ...words: readonly string[]): Promise<void> {
  await expect(async () => {
    const { status, errors } = await cli(place, 'aside', 'local', ...words);
    expect(status, errors).toBe(0);
  }).toPass();
}
