/** Notifications for real: Drover, a private message bus, and a program that shows notifications. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cli, expect, run, test as base } from './app';
import { png } from './png';
import { recipe } from './recipes';

const needed = ['dbus-daemon', 'dunst', 'dunstctl'];
const missing =
  process.platform === 'linux'
    ? needed.filter((program) => spawnSync('which', [program]).status !== 0)
    : needed;

interface Shown {
  /** Sets the bus for a program. */
  readonly environment: NodeJS.ProcessEnv;
  /** All that the notifications said so far. */
  text(): string;
  /** Clicks on the one that is shown. */
  click(): Promise<void>;
  /** Takes away what is shown. */
  clear(): Promise<void>;
}

const test = base.extend<{ readonly shown: Shown }>({
  // eslint-disable-next-line no-empty-pattern
  shown: async ({}, use) => {
    base.skip(missing.length > 0, `needs ${missing.join(', ')}`);
    const started: ChildProcess[] = [];
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(bus);
    const [address] = (await once(bus.stdout, 'data')) as [Buffer];
    const environment = { ...process.env, DBUS_SESSION_BUS_ADDRESS: String(address).trim() };
    const dunst = spawn('dunst', ['-print', '-config', '/dev/null'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(dunst);
    const text: string[] = [];
    dunst.stdout.on('data', (piece: Buffer) => text.push(String(piece)));
    const dunstctl = async (...words: readonly string[]): Promise<void> => {
      const { status, errors } = await run('dunstctl', words, environment, '/');
      if (status !== 0) throw new Error(errors);
    };
    await expect(() => dunstctl('count')).toPass();
    await use({
      environment,
      text: () => text.join(''),
      click: () => dunstctl('action', '0'),
      clear: () => dunstctl('close-all'),
    });
    for (const process of started.toReversed()) process.kill();
  },
});

test('a batch that ends is told of, and a click opens it', async ({ shown, start, place }) => {
  const { app, page } = await start({
    environment: { DBUS_SESSION_BUS_ADDRESS: shown.environment['DBUS_SESSION_BUS_ADDRESS'] },
  });
  await place.write('made.png', png(40, 120, 200));
  const draw = { work: { run: 'cp made.png "{{Output}}/day.0001.png"' } };
  await cli(place, 'submit', await place.write('day.yaml', recipe('Day', draw)));
  await expect.poll(shown.text).toContain('Day is done');
  // With its first picture.
  await expect.poll(shown.text).toMatch(/icon set: true/);
  await shown.clear();
  await cli(
    place,
    'submit',
    await place.write(
      'night.yaml',
      recipe('Night & <b>fog</b>', { work: { frames: '1-3', run: '[ {{Frame}} != 2 ]' } }),
    ),
  );
  await expect.poll(shown.text).toContain('1 failed, 2 of 3 tasks done');

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await shown.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Night & <b>fog</b>' })).toBeVisible();
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true);
});
