/** What is outside of the window: tray, task bar, and what closing does. */
import { join } from 'node:path';
import type { MenuItem, NativeImage } from 'electron';
import { cli, expect, test, type Drover } from './app';
import { isAlive, root } from './place';
import { recipe, waitFor } from './recipes';

interface Spied {
  progress: number[];
  title: string;
  icon: string;
  menu: readonly MenuItem[];
  notifications: string[];
}
type Spying = typeof globalThis & { spied: Spied };

/** There is no task bar or tray under test: writes down what they would be told, and tells it all the same. */
async function spy({ app }: Drover): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification, Tray }) => {
    const spied: Spied = { progress: [], title: '', icon: '', menu: [], notifications: [] };
    (globalThis as Spying).spied = spied;
    const watch = <Name extends string>(
      prototype: Record<Name, (...values: never[]) => unknown>,
      name: Name,
      note: (values: readonly unknown[], self: object) => void,
    ): void => {
      const original = prototype[name];
      prototype[name] = function (this: object, ...values: never[]): unknown {
        note(values, this);
        return Reflect.apply(original, this, values);
      };
    };
    watch(BrowserWindow.prototype, 'setProgressBar', ([fraction]) => spied.progress.push(fraction as number));
    watch(Tray.prototype, 'setToolTip', ([title]) => (spied.title = title as string));
    watch(Tray.prototype, 'setImage', ([image]) => (spied.icon = (image as NativeImage).toDataURL()));
    watch(
      Tray.prototype,
      'setContextMenu',
      ([menu]) => (spied.menu = (menu as { items: readonly MenuItem[] }).items),
    );
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification): void {
      spied.notifications.push(`${this.title}: ${this.body}`);
    };
  });
}

const spied = ({ app }: Drover) =>
  app.evaluate(() => {
    const { progress, title, icon, menu, notifications } = (globalThis as Spying).spied;
    return {
      progress,
      title,
      icon,
      notifications,
      entries: menu.filter(({ type }) => type !== 'separator').map(({ label }) => label),
    };
  });

const clickInTray = ({ app }: Drover, label: string): Promise<void> =>
  app.evaluate(
    (_electron, wanted) => (globalThis as Spying).spied.menu.find((item) => item.label === wanted)?.click(),
    label,
  );

const iconNamed = ({ app }: Drover, name: string): Promise<string> =>
  app.evaluate(
    ({ nativeImage }, path) => nativeImage.createFromPath(path).toDataURL(),
    join(root, 'resources', 'icons', `tray-${name}.png`),
  );

const closeWindow = ({ app }: Drover): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const isVisible = ({ app }: Drover) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('tray and task bar tell how far the work is, and lead to it', async ({ drover, page, place }) => {
  await spy(drover);
  const run = `${waitFor('go{{Frame}}')}; [ {{Frame}} != 4 ] || [ -e mended ]`;
  await cli(
    place,
    'submit',
    await place.write('night.yaml', recipe('Night', { film: { frames: '1-4', run } })),
  );
  for (const [done, percent] of [
    [1, '25%'],
    [2, '50%'],
  ] as const) {
    await place.write(`go${done}`, '');
    await expect.poll(async () => (await spied(drover)).title).toBe(`Drover: 1 at work, ${percent}`);
  }
  const working = await spied(drover);
  expect(working.icon).toBe(await iconNamed(drover, 'working'));
  expect(working.entries).toEqual([
    'Drover: 1 at work, 50%',
    'Night  50%',
    'Pause all',
    'Open Drover',
    'Quit (running tasks go on)',
  ]);
  expect(working.progress.at(-1)).toBe(0.5);

  await closeWindow(drover);
  await expect.poll(() => isVisible(drover)).toBe(false);
  await clickInTray(drover, 'Night  50%');
  await expect.poll(() => isVisible(drover)).toBe(true);
  await expect(page.getByRole('heading', { level: 1, name: 'Night' })).toBeVisible();

  await closeWindow(drover);
  for (const frame of [3, 4]) await place.write(`go${frame}`, '');
  await expect.poll(async () => (await spied(drover)).title).toBe('Drover: nothing to do');
  const ended = await spied(drover);
  expect(ended.icon).toBe(await iconNamed(drover, 'attention'));
  expect(ended.progress.at(-1)).toBe(-1);
  await expect
    .poll(async () => (await spied(drover)).notifications.at(-1))
    .toBe('Night has failed: 1 failed, 3 of 4 tasks done. Click to see why.');
  await clickInTray(drover, 'Open Drover');
  await expect.poll(async () => (await spied(drover)).icon).toBe(await iconNamed(drover, 'idle'));
});

test('closing the window hides it while work runs, says so once, and quits when there is none', async ({
  drover,
  place,
}) => {
  await spy(drover);
  await cli(
    place,
    'submit',
    await place.write('night.yaml', recipe('Night', { film: { run: waitFor('go') } })),
  );
  await expect.poll(async () => (await spied(drover)).title).toContain('1 at work');
  for (let time = 0; time < 2; time++) {
    await closeWindow(drover);
    await expect.poll(() => isVisible(drover)).toBe(false);
    expect((await spied(drover)).notifications).toEqual([
      expect.stringContaining('Drover goes on working: It stays in the tray'),
    ]);
    await clickInTray(drover, 'Open Drover');
    await expect.poll(() => isVisible(drover)).toBe(true);
  }
  expect((await cli(place, 'list')).output).toContain('RUNNING');

  await place.write('go', '');
  await expect.poll(async () => (await spied(drover)).title).toBe('Drover: nothing to do');
  await closeWindow(drover).catch(() => undefined);
  await expect.poll(() => isAlive(drover.pid)).toBe(false);
});

test('everything is paused from the tray and goes on, but for what was held before', async ({
  drover,
  place,
}) => {
  await spy(drover);
  const wait = { work: { run: waitFor('go') } };
  await cli(place, 'submit', await place.write('a.yaml', recipe('Day', wait)));
  await cli(place, 'submit', await place.write('b.yaml', recipe('Night', wait)));
  await cli(place, 'hold', 'b1');
  await expect.poll(async () => (await spied(drover)).title).toContain('2 at work');
  await clickInTray(drover, 'Pause all');
  await expect.poll(async () => (await spied(drover)).title).toBe('Drover: 2 paused, 0%');
  expect((await spied(drover)).icon).toBe(await iconNamed(drover, 'paused'));
  expect((await spied(drover)).entries).not.toContain('Pause all');

  await clickInTray(drover, 'Go on');
  await expect.poll(async () => (await spied(drover)).title).toContain('2 at work');
  expect((await cli(place, 'list')).output).toMatch(/b1 +Day +PAUSED/);
  expect((await cli(place, 'history', '--count', '2')).output).toContain('everything was paused');
  await place.write('go', '');
});
