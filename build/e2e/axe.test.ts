import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright/test';
import { z } from 'zod';
import { expect, test } from './app';
import { schemes, useScheme } from './look';
import { emptyStops, fillFarm, stops } from './tour';

const results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** Complaints of axe that would keep somebody from using what is in sight. */
async function complaints(page: Page): Promise<readonly string[]> {
  const found: unknown = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  return results
    .parse(found)
    .violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
    );
}

test('axe finds nothing serious in any view, light or dark', async ({ page, place }) => {
  test.setTimeout(400_000);
  const require = createRequire(import.meta.url);
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const look = async (name: string): Promise<void> => {
    for (const scheme of schemes) {
      await useScheme(page, scheme);
      expect.soft(await complaints(page), `${name}, ${scheme}`).toEqual([]);
    }
  };
  for (const stop of emptyStops) await stop.open(page).then(() => look(stop.name));
  await fillFarm(place, page);
  for (const stop of stops) await stop.open(page).then(() => look(stop.name));
});
