/** The desktop's own few services to its windows, for as long as there is a Host; who asks earlier waits for it. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { channels } from './channels';
import { isTrusted } from './security';

const names = [
  'choose',
  'saveRecipe',
  'copy',
  'openTerminal',
  'openResult',
  'preferences',
  'setPreferences',
  'dataFolderSize',
  'openDataFolder',
  'saveDiagnostics',
] as const satisfies readonly (keyof typeof channels)[];

/** What comes from a page is parsed by whoever serves it. */
export type Services = Readonly<
  Record<(typeof names)[number], (event: IpcMainInvokeEvent, ...words: readonly unknown[]) => unknown>
>;

export function serveDesktop(services: Promise<Services>): void {
  for (const name of names)
    ipcMain.handle(channels[name], async (event, ...words: readonly unknown[]) => {
      if (!isTrusted(event)) throw new Error('not allowed');
      return (await services)[name](event, ...words);
    });
}
