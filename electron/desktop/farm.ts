/** The Host and what shows how it is doing. It is much to load, so the window's page is loaded meanwhile. */
import { app, BrowserWindow, powerMonitor, safeStorage } from 'electron';
import { join } from 'node:path';
import { openPicture } from '../batch-outputs';
import { Host } from '../host';
import { Connection } from '../ipc/connection';
import { SocketServer } from '../ipc/socket-server';
import { settingsServices } from './settings-services';
import { channels } from './channels';
import { Desktop } from './desktop';
import type { Connect } from './messages';
import type { PreferencesFile } from './preferences';
import type { PictureSource } from './result-pictures';
import { SecretsInFile } from './secrets';
import type { MainWindow } from './window';
import type { Services } from './services';
import { windowServices } from './window-services';
import type { WindowStateFile } from './window-state';

export interface FarmOptions {
  readonly data: string;
  readonly root: string;
  readonly resources: string;
  readonly preferences: PreferencesFile;
  readonly state: WindowStateFile;
  readonly window: MainWindow;
}

export interface OpenFarm {
  readonly desktop: Desktop;
  readonly services: Services;
  readonly connect: Connect;
  readonly picture: PictureSource;
  close(this: void): Promise<void>;
}

export async function openFarm(options: FarmOptions): Promise<OpenFarm> {
  const { data, root, resources, preferences, state, window } = options;
  const host = await Host.open({
    dataFolder: data,
    resources,
    storeWorker: join(root, 'out', 'main', 'store-worker.js'),
    checkpointWorker: join(root, 'out', 'main', 'checkpoint-worker.js'),
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
  const socket = new SocketServer(host);
  await socket.open();
  preferences.follow((now) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.send(channels.preferencesChanged, now);
  });
  const desktop = new Desktop({ host, icons: join(resources, 'icons'), preferences, state, window });
  desktop.open();
  return {
    desktop,
    services: { ...windowServices(host), ...settingsServices(host, preferences) },
    connect: (send) => new Connection(host, send),
    picture: (batch, path) => openPicture(host.state.batches, batch, path),
    close: async () => {
      desktop.close();
      await socket.close();
      await host.close();
    },
  };
}
