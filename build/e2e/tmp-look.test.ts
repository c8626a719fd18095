import { expect, test } from './app';
import { mkdirSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
const out = '/tmp/scratch-window/shots';
test('look', async ({ drover, page, place }) => {
  mkdirSync(out, { recursive: true });
  const shot = async (name: string) => {
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${out}/${name}.png` });
  };
  page.on('console', (m) => console.log('console', m.type(), m.text()));
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('dialog')).toBeVisible();
  await shot('start-light');
  await page.getByRole('button', { name: /^Blender/ }).click();
  await shot('blender-empty');
  const blend = join(place.work, 'orrery.blend');
  copyFileSync('/tmp/scratch-window/plain.blend', blend);
  await page.evaluate((path) => {
    location.hash = '#/submit?file=' + encodeURIComponent(path);
  }, blend);
  await expect(page.getByText('tasks')).toBeVisible();
  await shot('blender-file');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('blender-dark');
  await page.getByRole('button', { name: 'Advanced' }).click();
  await shot('blender-advanced-dark');
  await page.evaluate(() => {
    location.hash = '#/submit';
  });
  await shot('start-dark');
  await page.evaluate(() => {
    location.hash =
      '#/submit?command=' + encodeURIComponent('povray +Iscene.pov +W640 +SF1 +EF24 -D +O"a b"');
  });
  await shot('command-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await shot('command');
  await drover.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(820, 600),
  );
  await shot('command-narrow');
  await page.evaluate(() => {
    location.hash = '#/submit';
  });
  await shot('start-narrow');
});
