/** The desktop entry: makes a Host and opens the window. Wiring only. */
import { app, dialog, powerMonitor, safeStorage } from 'electron';
import { join, resolve } from 'node:path';
import { openPicture } from './batch-outputs';
import { dataFolder } from './data-folder';
import { isLink } from './desktop/deep-links';
import { Desktop } from './desktop/desktop';
import { declareProtocol, serveProtocol } from './desktop/protocol';
import { serveSettings } from './desktop/desktop-ipc';
import { PreferencesFile } from './desktop/preferences';
import { denyPermissions, lockDown } from './desktop/security';
import { SecretsInFile } from './desktop/secrets';
import { serveWindows } from './desktop/window-ipc';
import { Host } from './host';
import { SocketServer } from './ipc/socket-server';

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

async function main(): Promise<void> {
  await app.whenReady();
  denyPermissions();
  const host = await Host.open({
    dataFolder: data,
    resources,
    storeWorker: join(root, 'out', 'main', 'store-worker.js'),
    version: app.getVersion(),
    secrets: new SecretsInFile({
      file: join(data, 'secrets.json'),
      vault: safeStorage,
      user: process.getuid?.(),
      notice: (text) => console.error(text),
    }),
    personIdle: () => powerMonitor.getSystemIdleTime(),
    work: true,
  });
  serveProtocol(join(root, 'out', 'renderer'), (batch, path) => openPicture(host.state.batches, batch, path));
  const socket = new SocketServer(host);
  await socket.open();
  const preferences = new PreferencesFile(join(data, 'window', 'preferences.json'));
  serveWindows(host);
  serveSettings(host, preferences);
  const desktop = new Desktop({
    host,
    icons: join(resources, 'icons'),
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    data,
    preferences,
  });
  desktop.open();
  opened = ({ files, links }) => {
    desktop.show();
    for (const link of links) desktop.openLink(link);
    void desktop.submit(files);
  };
  for (const wish of wanted) if (wish.files.length + wish.links.length > 0) opened(wish);

  app.on('activate', () => desktop.show());
  // The last window may close while the tray stays; the desktop itself says when to quit.
  app.on('window-all-closed', () => desktop.windowClosed());

  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    desktop.close();
    void socket
      .close()
      .then(() => host.close())
      .catch((error: unknown) => console.error('Drover did not close cleanly:', error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
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
