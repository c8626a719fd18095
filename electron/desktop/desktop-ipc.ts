import { BrowserWindow, ipcMain, shell, type IpcMainInvokeEvent } from 'electron';
import type { Host } from '../host';
import { channels } from './channels';
import { saveDiagnostics } from './diagnostics';
import { folderSize } from './folder-size';
import { preferencesSchema, type PreferencesFile } from './preferences';
import { isTrusted } from './security';

/** What the settings of the window need of the desktop. */
export function serveSettings(host: Host, preferences: PreferencesFile): void {
  const handle = (
    channel: string,
    serve: (event: IpcMainInvokeEvent, wish: unknown) => Promise<unknown> | void,
  ): void =>
    ipcMain.handle(channel, async (event, wish: unknown) => {
      if (!isTrusted(event)) throw new Error('not allowed');
      return serve(event, wish);
    });
  handle(channels.preferences, () => Promise.resolve(preferences.get()));
  handle(channels.setPreferences, (_event, wish) => preferences.set(preferencesSchema.parse(wish)));
  handle(channels.dataFolderSize, () => folderSize(host.info.dataFolder));
  handle(channels.openDataFolder, async () => {
    const failure = await shell.openPath(host.info.dataFolder);
    if (failure !== '') throw new Error(`${host.info.dataFolder} could not be opened: ${failure}`);
  });
  handle(channels.saveDiagnostics, (event) => saveDiagnostics(host, preferences.get(), event.sender));
  preferences.follow((now) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.send(channels.preferencesChanged, now);
  });
}
