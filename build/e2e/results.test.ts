import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { cli, expect, keepPicture, test } from './app';
import { png } from './png';
import { recipe, waitFor } from './recipes';

const player = (page: Page) => page.getByRole('region', { name: 'Frame player' });
const strip = (page: Page) => player(page).getByRole('listbox', { name: 'Frames' });
const shownFrame = (page: Page) => player(page).locator('.player-frame');

test('frames appear while the job runs, and are played, stepped through and compared', async ({
  page,
  place,
}) => {
  for (let frame = 1; frame <= 6; frame++)
    await place.write(`made.${frame}.png`, png(40 * frame, 120, 255 - 40 * frame));
  const run = `${waitFor('go{{Frame}}')}; cp made.{{Frame}}.png "{{Output}}/film.000{{Frame}}.png"; echo done >"{{Output}}/notes.txt"`;
  const jobs = { film: { kind: 'render', frames: '1-6', run, resources: { cpu: 1 } } } as const;
  await cli(place, 'submit', await place.write('film.yaml', recipe('Night', jobs)));
  await page.getByRole('link', { name: 'film', exact: true }).click();
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(page.getByText('No results yet')).toBeVisible();
  await place.write('go1', '');
  await expect(shownFrame(page)).toHaveText('0001 1 of 1');
  for (const frame of [2, 3, 4, 5]) await place.write(`go${frame}`, '');
  await expect(shownFrame(page)).toHaveText('0005 5 of 5');
  await expect(strip(page).locator('[data-state="shown"]')).toHaveCount(5);
  const image = player(page).locator('.stage img');
  await expect
    .poll(() => image.evaluate((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0)))
    .toBe(64);
  await keepPicture(page, 'results');

  await strip(page).press('Home');
  await expect(shownFrame(page)).toHaveText('0001 1 of 5');
  await strip(page).press('ArrowRight');
  await expect(shownFrame(page)).toHaveText('0002 2 of 5');
  await strip(page).press('c');
  await strip(page).press('End');
  await expect(player(page).locator('.stage img')).toHaveCount(2);
  await keepPicture(page, 'results-wipe');
  await player(page).getByText('Side by side').click();
  await expect(player(page).locator('.stage img')).toHaveCount(2);
  await keepPicture(page, 'results-side');
  await player(page).getByRole('button', { name: 'End comparing' }).click();
  await strip(page).press('Home');
  await strip(page).press(' ');
  await expect(player(page).getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(shownFrame(page)).toHaveText('0004 4 of 5');
  await strip(page).press(' ');
  await expect(player(page).getByRole('button', { name: 'Play' })).toBeVisible();

  await place.write('go6', '');
  await strip(page).getByRole('option', { name: 'Frame 0006' }).click();
  await expect(shownFrame(page)).toHaveText('0006 6 of 6');
  await page.getByRole('button', { name: /notes\.txt/ }).click();
  await expect(page.getByRole('heading', { name: 'notes.txt' })).toBeVisible();
});

test('only pictures that a batch has made reach the window', async ({ drover, page, place }) => {
  await place.write('made.png', png(1, 2, 3));
  const run = 'cp made.png "{{Output}}/a.png"; cp made.png "{{Output}}/b.html"; echo "{{Output}}" >where';
  await cli(place, 'submit', await place.write('one.yaml', recipe('One', { one: { run } })));
  await expect.poll(() => place.lines('where').length).toBe(1);
  const output = place.lines('where')[0] ?? '';
  await writeFile(join(place.folder, 'secret.png'), png(9, 9, 9));
  await symlink(join(place.folder, 'secret.png'), join(output, 'link.png'));
  await symlink(place.folder, join(output, 'up'));
  const address = (path: string, batch = 'b1'): string =>
    `app://drover/results/${batch}/${Buffer.from(path).toString('base64url')}`;
  const inPage = (url: string): Promise<string> =>
    page.evaluate(
      (one) =>
        fetch(one).then(
          ({ status, headers }) => `${status} ${headers.get('content-type') ?? ''}`.trim(),
          () => 'refused',
        ),
      url,
    );
  await expect(page.getByRole('row', { name: /One/ })).toContainText('Completed');
  expect(await inPage(address('a.png'))).toBe('200 image/png');
  const others = [
    address('b.html'),
    address('link.png'),
    address('up/secret.png'),
    address('../secret.png'),
    address(join(place.folder, 'secret.png')),
    address('a.png', 'b2'),
    address('a.png', 'b01'),
    'app://drover/results/b1/a.png',
    'app://drover/results/b1/../../secret.png',
    'app://drover/results/b1/%2e%2e%2fsecret.png',
    `${address('a.png')}=`,
  ];
  for (const url of others) expect(['404', '403'], url).toContain(await inPage(url));
  // Nor from another page, if there were one.
  const elsewhere = await drover.app.evaluate(
    ({ net }, url) => net.fetch(url).then(({ status }) => status),
    address('a.png').replace('drover/', 'evil/'),
  );
  expect(elsewhere).toBe(403);
});
