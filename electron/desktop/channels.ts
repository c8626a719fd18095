/** The IPC channels between the preload script and the main process. */
export const channels = {
  /** A page has been loaded, and knows nothing of what one before it had subscribed to. */
  hello: 'drover:hello',
  toHost: 'drover:to-host',
  fromHost: 'drover:from-host',
  choose: 'drover:choose',
  saveRecipe: 'drover:save-recipe',
  openResult: 'drover:open-result',
  copy: 'drover:copy',
  openTerminal: 'drover:open-terminal',
  open: 'drover:open',
  preferences: 'drover:preferences',
  setPreferences: 'drover:set-preferences',
  preferencesChanged: 'drover:preferences-changed',
  dataFolderSize: 'drover:data-folder-size',
  openDataFolder: 'drover:open-data-folder',
  saveDiagnostics: 'drover:save-diagnostics',
} as const;
