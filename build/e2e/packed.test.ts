/** The app as people get it: packed, with its fuses set, beside the program that tests it. */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright/test';
import { environmentOf, expect, run, sandboxOptions, test as base } from './app';
import { end, isAlive, type Place } from './place';
import { recipe } from './recipes';

const program = process.env['DROVER_PACKED'] ?? '';
const folder = dirname(program);
const isMac = process.platform === 'darwin';
const resources = isMac ? join(folder, '..', 'Resources') : join(folder, 'resources');

interface Packed {
  readonly page: Page;
  printed(): string;
}

interface Options {
  readonly environment?: NodeJS.ProcessEnv;
  readonly words?: readonly string[];
}

const test = base.extend<{ readonly open: (options?: Options) => Promise<Packed> }>({
  open: async ({ place }, use) => {
    const closing: (() => Promise<void>)[] = [];
    await use(async ({ environment, words = [] } = {}) => {
      const app = spawn(program, ['--remote-debugging-port=0', ...sandboxOptions(), ...words], {
        env: environmentOf(place, environment),
        cwd: place.work,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const pid = app.pid ?? 0;
      closing.push(() => close(pid));
      let printed = '';
      app.stderr.on('data', (text: Buffer) => (printed += String(text)));
      const address = await new Promise<string>((resolve, reject) => {
        app.stderr.on('data', () => {
          const found = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
          if (found !== undefined) resolve(found);
        });
        app.on('error', reject);
        app.on('exit', (status) =>
          reject(new Error(`The packed app ended with status ${status}:\n${printed}`)),
        );
      });
      const browser = await chromium.connectOverCDP(address);
      const pages = () => browser.contexts().flatMap((context) => context.pages());
      await expect.poll(() => pages().length).toBe(1);
      const [page] = pages();
      if (page === undefined) throw new Error('The packed app has no window');
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      return { page, printed: () => printed };
    });
    for (const one of closing) await one();
  },
});

async function close(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGTERM');
  const given = setTimeout(() => end(pid), 15_000);
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  clearTimeout(given);
}

const packedCli = (place: Place, ...words: readonly string[]) =>
  process.platform === 'win32'
    ? run(
        program,
        [join(resources, 'app.asar', 'out', 'main', 'cli.js'), ...words],
        environmentOf(place, { ELECTRON_RUN_AS_NODE: '1' }),
        place.work,
      )
    : run(join(folder, 'drover-cli'), words, environmentOf(place), place.work);

test('the packed window and the packed command work together', async ({ open, place }) => {
  const { page } = await open();
  const submitted = await packedCli(
    place,
    'submit',
    await place.write('tiny.yaml', recipe('Tiny', { greet: { run: 'drover-node -p "6 * 7"' } })),
  );
  expect(submitted.errors).toBe('');
  expect(submitted.status).toBe(0);
  await expect(page.getByRole('row', { name: /Tiny/ })).toContainText('Completed');
  await page.getByRole('link', { name: 'greet' }).click();
  await expect(page.getByRole('log')).toHaveText('42');
  expect((await packedCli(place, 'logs', 'greet')).output).toContain('42');
});

test('the packed sample begins to run', async ({ open, place }) => {
  const { page } = await open();
  await page.getByRole('link', { name: 'See all presets …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Galaxies/ }).click();
  await dialog.getByLabel('Stars').fill('2000');
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByRole('row', { name: /prepare/ })).toContainText('Completed');
  expect((await packedCli(place, 'cancel', 'b1')).errors).toBe('');
  await expect(page.locator('header .run-state')).toHaveText(/Cancelled|Completed/);
});

test('the fuses are set as they are configured', async () => {
  const wire = await getCurrentFuseWire(isMac ? join(folder, '..', '..') : program);
  const on = '1'.charCodeAt(0);
  const isOn = (option: FuseV1Options): boolean => Number(wire[option]) === on;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: true,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    onlyAsar: true,
    fileProtocol: false,
  });
});

test('nobody gets into it by the environment or the command line', async ({ open, place }) => {
  const intruder = await place.write(
    'intruder.cjs',
    "require('node:fs').writeFileSync(`${__dirname}/intruded`, process.argv.join(' '));\n",
  );
  const { page, printed } = await open({
    environment: { NODE_OPTIONS: `--require ${intruder}` },
    words: ['--inspect=0', '-r', intruder],
  });
  await expect(page.getByText(/This machine is ready/)).toBeVisible();
  expect(place.has('intruded')).toBe(false);
  expect(printed()).not.toContain('Debugger listening');
});

test('everything that Drover needs is in it, and nothing of a bare Electron', () => {
  for (const part of [
    'app.asar',
    'resources/agent/agent.sh',
    'resources/samples/sunflower/recipe.yaml',
    'resources/samples/orrery/orrery_scene.py',
    'resources/presets/blender/template.yaml',
    'resources/presets/blender/preset.yaml',
    'resources/presets/blender/picture.svg',
    'resources/icons/tray-idle.png',
  ]) {
    expect(existsSync(join(resources, part)), part).toBe(true);
  }
  expect(existsSync(join(resources, 'default_app.asar'))).toBe(false);
});
