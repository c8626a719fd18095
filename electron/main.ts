/** The desktop entry: opens the window, and a Host meanwhile. Wiring only. */
import { app, dialog, ipcMain } from 'electron';
import { join, resolve } from 'node:path';
import { dataFolder } from './data-folder';
import { channels } from './desktop/channels';
import { isLink } from './desktop/deep-links';
import { serveMessages } from './desktop/messages';
import { serveDesktop } from './desktop/services';
import { PreferencesFile } from './desktop/preferences';
import { declareProtocol, serveProtocol } from './desktop/protocol';
import { denyPermissions, lockDown } from './desktop/security';
import { MainWindow } from './desktop/window';
import { WindowStateFile } from './desktop/window-state';

const data = dataFolder(process.env['DROVER_DATA']);
const root = app.getAppPath();
const resources = app.isPackaged ? join(process.resourcesPath, 'resources') : join(root, 'resources');

// Root can only run without Chromium's sandbox (build/run passes the switch then, and only then).
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setPath('userData', join(data, 'window'));
app.setAppUserModelId('app.drover.desktop');
declareProtocol();
lockDown();

/** What somebody wants opened: files to submit, and links to what is here. */
interface Wanted {
  readonly files: readonly string[];
  readonly links: readonly string[];
}

/** What is named on a command line. */
function namedIn(argv: readonly string[], folder: string): Wanted {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  return {
    files: words
      .filter((word) => !isLink(word) && /\.(ya?ml|json|drover|blend|pov|tpr)$/i.test(word))
      .map((word) => resolve(folder, word)),
    links: words.filter(isLink),
  };
}

/** What was asked for before there was a desktop to open it. */
const wanted: Wanted[] = [namedIn(process.argv, process.cwd())];
let opened: (wish: Wanted) => void = (wish) => void wanted.push(wish);

app.on('second-instance', (_event, argv, folder) => opened(namedIn(argv, folder)));
app.on('open-file', (event, file) => {
  event.preventDefault();
  opened({ files: [file], links: [] });
});
app.on('open-url', (event, link) => {
  event.preventDefault();
  opened({ files: [], links: [link] });
});
// From a checkout the system would start a bare Electron.
if (app.isPackaged) app.setAsDefaultProtocolClient('drover');

/** The page has all of its files then. Should it never come, the work is not to wait for it. */
const pageAsks = (): Promise<void> =>
  new Promise((resolve) => {
    ipcMain.once(channels.toHost, () => resolve());
    setTimeout(resolve, 3000);
  });

async function main(): Promise<void> {
  await app.whenReady();
  denyPermissions();
  const preferences = new PreferencesFile(join(data, 'window', 'preferences.json'));
  const state = new WindowStateFile(join(data, 'window', 'drover.json'));
  const preload = join(root, 'out', 'preload', 'preload.cjs');
  const window = new MainWindow({ preload, icons: join(resources, 'icons'), state });
  const farm = pageAsks()
    .then(() => import('./desktop/farm'))
    .then(({ openFarm }) => openFarm({ data, root, resources, preferences, state, window }));
  serveProtocol(join(root, 'out', 'renderer'), async (batch, path) => (await farm).picture(batch, path));
  serveMessages(farm.then(({ connect }) => connect));
  serveDesktop(farm.then(({ services }) => services));
  window.setScale(preferences.get().scale);
  window.show();

  // The last window may close while the tray stays; the desktop itself says when to quit.
  app.on('window-all-closed', () => void farm.then(({ desktop }) => desktop.windowClosed()));
  let closing: Promise<void> | null = null;
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closing ??= farm
      .then(({ close }) => close())
      .catch((error: unknown) => console.error('Drover did not close cleanly:', error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  const { desktop } = await farm;
  opened = ({ files, links }) => {
    desktop.show();
    for (const link of links) desktop.openLink(link);
    void desktop.submit(files);
  };
  for (const wish of wanted) if (wish.files.length + wish.links.length > 0) opened(wish);
  app.on('activate', () => desktop.show());
}

if (app.requestSingleInstanceLock()) {
  main().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    dialog.showErrorBox('Drover cannot start', message);
    app.exit(3);
  });
} else {
  // The Drover that runs on this data folder has been told, and shows its window.
  app.quit();
}
