/** The IPC channels between the preload script and the main process. */
export const channels = {
  toHost: 'drover:to-host',
  fromHost: 'drover:from-host',
  chooseRecipe: 'drover:choose-recipe',
  openResult: 'drover:open-result',
  open: 'drover:open',
} as const;
