/** The built window in a real Electron, and a bare one beside it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';

/** Seen from where the benchmarks are built to. */
const root = join(import.meta.dirname, '../../..');
const cli = join(root, 'out/main/cli.js');

export interface OpenWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** By the clock, before it was started. */
  readonly startedAt: number;
}

/** A folder that is removed in the end, with what a program keeps in it. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'drover-window-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

export const withDrover = <Result>(data: string, work: (window: OpenWindow) => Promise<Result>) =>
  withWindow(root, { DROVER_DATA: data }, async (window) => {
    await window.page.getByRole('navigation', { name: 'Main' }).waitFor();
    return work(window);
  });

/** An Electron that shows a line of text. */
export const withBareWindow = <Result>(folder: string, work: (window: OpenWindow) => Promise<Result>) => {
  writeFileSync(join(folder, 'package.json'), '{ "main": "main.js" }');
  writeFileSync(
    join(folder, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
app.setPath('userData', ${JSON.stringify(join(folder, 'electron'))});
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<h1>A window</h1>'));`,
  );
  return withWindow(folder, {}, work);
};

async function withWindow<Result>(
  what: string,
  more: Readonly<Record<string, string>>,
  work: (window: OpenWindow) => Promise<Result>,
): Promise<Result> {
  const program = process.env['DROVER_ELECTRON'];
  if (program === undefined) throw new Error('DROVER_ELECTRON does not name the Electron to measure with');
  const all = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ...more };
  const env = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const isRoot = process.getuid?.() === 0;
  const startedAt = Date.now();
  const app = await _electron.launch({
    executablePath: program,
    args: [...(isRoot ? ['--no-sandbox'] : []), what],
    env,
    chromiumSandbox: !isRoot,
  });
  try {
    return await work({ app, page: await app.firstWindow(), startedAt });
  } finally {
    const gone = once(app.process(), 'exit');
    await Promise.race([app.close().catch(() => gone), gone]);
  }
}

/** Submits to a farm without a window, which does not run anything of it. */
export async function submitTo(data: string, recipes: readonly string[]): Promise<void> {
  const host = drover(['serve', '--json', '--data', data], 'pipe');
  if (host.stdout === null) throw new Error('a Host has no output');
  await once(host.stdout, 'data');
  for (const [index, text] of recipes.entries()) {
    const file = join(data, '..', `recipe-${index}.yaml`);
    writeFileSync(file, text);
    const [status] = await once(drover(['submit', file, '--force', '--data', data], 'ignore'), 'exit');
    if (status !== 0) throw new Error(`the recipe was not submitted (${String(status)})`);
  }
  const gone = once(host, 'exit');
  host.kill('SIGTERM');
  await gone;
}

const drover = (words: readonly string[], output: 'pipe' | 'ignore'): ChildProcess =>
  spawn(process.execPath, [cli, ...words], { stdio: ['ignore', output, 'ignore'] });

/** When what is largest in the window was painted, in milliseconds after it was started. */
export async function paintedAfter({ page, startedAt }: OpenWindow): Promise<number> {
  const at = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const found = (list: PerformanceObserverEntryList): void => {
          const last = list.getEntries().at(-1);
          if (last !== undefined) done(performance.timeOrigin + last.startTime);
        };
        new PerformanceObserver(found).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  return at - startedAt;
}

/** What the process of its page takes. */
export async function rendererMiB({ app }: OpenWindow): Promise<number> {
  const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics());
  const pages = metrics.filter(({ type }) => type === 'Tab');
  return pages.reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024;
}
