import { shell } from 'electron';
import type { Host } from '../host';
import { saveDiagnostics } from './diagnostics';
import { folderSize } from './folder-size';
import { preferencesSchema, type PreferencesFile } from './preferences';
import type { Services } from './services';

/** What the settings of the window need of the desktop. */
export const settingsServices = (
  host: Host,
  preferences: PreferencesFile,
): Pick<
  Services,
  'preferences' | 'setPreferences' | 'dataFolderSize' | 'openDataFolder' | 'saveDiagnostics'
> => ({
  preferences: () => preferences.get(),
  setPreferences: (_event, wish) => preferences.set(preferencesSchema.parse(wish)),
  dataFolderSize: () => folderSize(host.info.dataFolder),
  openDataFolder: async () => {
    const failure = await shell.openPath(host.info.dataFolder);
    if (failure !== '') throw new Error(`${host.info.dataFolder} could not be opened: ${failure}`);
  },
  saveDiagnostics: (event) => saveDiagnostics(host, preferences.get(), event.sender),
});
