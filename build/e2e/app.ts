/** Starts Drover's window on a folder of the test's own, and ends it again. */
import {
  _electron,
  expect,
  test as base,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from 'playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { end, isAlive, Place, results, root } from './place';

export { expect };

export interface Drover {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Of the main process. */
  readonly pid: number;
  /** What the app has printed on its terminal. */
  printed(): string;
  /** Ends it as a person does, and waits until it is gone. */
  quit(): Promise<void>;
}

export interface StartOptions {
  /** Recipe files on the command line. */
  readonly files?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

interface Fixtures {
  readonly place: Place;
  /** Starts the app on the test's folder; whatever still runs at the test's end is closed. */
  readonly start: (options?: StartOptions) => Promise<Drover>;
  /** The app, started, for tests that need only one. */
  readonly drover: Drover;
  /** Its window. */
  readonly page: Page;
}

export const test = base.extend<Fixtures>({
  // Playwright reads from this pattern which fixtures are needed: none.
  // eslint-disable-next-line no-empty-pattern
  place: async ({}, use) => {
    const place = await Place.make();
    await use(place);
    await place.remove();
  },
  start: async ({ place }, use, testInfo) => {
    const started: Drover[] = [];
    await use(async (options = {}) => {
      const drover = await startDrover(place, options);
      started.push(drover);
      return drover;
    });
    const failed = testInfo.status !== testInfo.expectedStatus;
    for (const [index, drover] of started.entries()) {
      if (failed) await attach(drover, testInfo, index);
      await drover.quit();
    }
  },
  drover: async ({ start }, use) => use(await start()),
  page: async ({ drover }, use) => use(drover.page),
});

/** What helps to understand a failure. */
async function attach({ page, printed, pid }: Drover, test: TestInfo, index: number): Promise<void> {
  await test.attach(`printed-${index}`, { body: printed(), contentType: 'text/plain' });
  if (!isAlive(pid)) return;
  const picture = await page.screenshot({ timeout: 5000 }).catch(() => null);
  if (picture !== null) await test.attach(`window-${index}`, { body: picture, contentType: 'image/png' });
}

/** Which program is started, and how. */
export function command(): { readonly program: string; readonly options: readonly string[] } {
  const program = process.env['DROVER_ELECTRON'];
  if (program === undefined)
    throw new Error('DROVER_ELECTRON does not name the Electron to test with. Use: npm test -- e2e');
  return { program, options: [...sandboxOptions(), root] };
}

/** Chromium refuses to sandbox root. For everyone else the sandbox stays. */
export function sandboxOptions(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Nothing of the tests is to appear on the desktop of the person who runs them. */
export function environmentOf(place: Place, more: NodeJS.ProcessEnv = {}): Record<string, string> {
  const all = { ...process.env, DROVER_DATA: place.data, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ...more };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function startDrover(place: Place, { files = [], environment }: StartOptions): Promise<Drover> {
  const { program, options } = command();
  const app = await _electron.launch({
    executablePath: program,
    args: [...options, ...files],
    cwd: place.work,
    env: environmentOf(place, environment),
    chromiumSandbox: sandboxOptions().length === 0,
    timeout: 30_000,
  });
  const main = app.process();
  const printed: string[] = [];
  for (const stream of [main.stdout, main.stderr])
    stream?.on('data', (text: Buffer) => printed.push(String(text)));
  const pid = main.pid;
  if (pid === undefined) throw new Error('Drover did not start');
  const page = await app.firstWindow();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  // The window is there before the Host is; what it asks for waits for that.
  await page.evaluate(() => window.drover.preferences());
  return { app, page, pid, printed: () => printed.join(''), quit: () => quit(app, pid) };
}

async function quit(app: ElectronApplication, pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  const given = setTimeout(() => end(pid), 15_000);
  // Not only its own end of the matter: what the app has left running may keep that open.
  const ended = once(app.process(), 'exit');
  await Promise.race([app.close().catch(() => ended), ended]);
  clearTimeout(given);
  await expect.poll(() => isAlive(pid)).toBe(false);
}

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. */
export function run(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env: environment, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    const errors: string[] = [];
    child.stdout.on('data', (text: Buffer) => output.push(String(text)));
    child.stderr.on('data', (text: Buffer) => errors.push(String(text)));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: output.join(''), errors: errors.join('') }));
  });
}

export const cliProgram = join(root, 'out', 'main', 'cli.js');

/** Drover's command in a terminal, on the test's folder. */
export function cli(place: Place, ...words: readonly string[]): Promise<Ended> {
  return run(process.execPath, [cliProgram, ...words], environmentOf(place), place.work);
}

/** A picture of the window for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(results, 'screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
