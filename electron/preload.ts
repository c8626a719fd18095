/** The typed bridge: all that the sandboxed page can reach. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/ipc/bridge';
import { channels } from './desktop/channels';

ipcRenderer.send(channels.hello);

// The page asks for routes a little later than the first may come.
let openRoute: ((route: string) => void) | null = null;
let waiting: string | null = null;
ipcRenderer.on(channels.open, (_event, route: string) => {
  if (openRoute === null) waiting = route;
  else openRoute(route);
});

const bridge: Bridge = {
  send: (message) => ipcRenderer.send(channels.toHost, message),
  listen: (onMessage) => void ipcRenderer.on(channels.fromHost, (_event, message) => onMessage(message)),
  pathOf: (file) => webUtils.getPathForFile(file),
  choose: (wish) => ipcRenderer.invoke(channels.choose, wish),
  saveRecipe: (submission) => ipcRenderer.invoke(channels.saveRecipe, submission),
  openResult: (batch, what) => ipcRenderer.invoke(channels.openResult, batch, what),
  openTerminal: (node) => ipcRenderer.invoke(channels.openTerminal, node),
  copy: (text) => ipcRenderer.invoke(channels.copy, text),
  onOpen: (open) => {
    openRoute = open;
    if (waiting !== null) open(waiting);
    waiting = null;
  },
  preferences: () => ipcRenderer.invoke(channels.preferences),
  setPreferences: (preferences) => ipcRenderer.invoke(channels.setPreferences, preferences),
  onPreferences: (follow) =>
    void ipcRenderer.on(channels.preferencesChanged, (_event, preferences) => follow(preferences)),
  dataFolderSize: () => ipcRenderer.invoke(channels.dataFolderSize),
  openDataFolder: () => ipcRenderer.invoke(channels.openDataFolder),
  saveDiagnostics: () => ipcRenderer.invoke(channels.saveDiagnostics),
  platform: process.platform,
};

contextBridge.exposeInMainWorld('drover', bridge);
