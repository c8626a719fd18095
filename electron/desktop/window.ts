import { BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { channels } from './channels';
import { appOrigin } from './protocol';
import type { Summary } from './summary';
import type { WindowStateFile } from './window-state';

export interface WindowOptions {
  readonly preload: string;
  readonly icons: string;
  readonly state: WindowStateFile;
}

/** The one main window: made when first wanted, hidden and shown again. */
export class MainWindow {
  private window: BrowserWindow | null = null;
  private leaving = false;
  private scale = 1;
  private staysInTray = (): boolean => false;
  /** Settles when the window's page is there for the first time. */
  private begun: Promise<void> = Promise.resolve();

  constructor(private readonly options: WindowOptions) {}

  /** Shows the window, at a page of the app if one is named. */
  show(route?: string): void {
    const known = this.window;
    // A window that has just been made does not even say that it is loading.
    if (known !== null && route !== undefined) void this.begun.then(() => openRoute(known, route));
    const window = (this.window ??= this.create(route));
    if (window.isMinimized()) window.restore();
    if (!window.webContents.isLoading()) {
      window.show();
      window.focus();
    }
  }

  /** Whether closing only hides the window, because work goes on. */
  stayInTrayWhen(wanted: () => boolean): void {
    this.staysInTray = wanted;
  }

  setScale(scale: number): void {
    this.scale = scale;
    this.window?.webContents.setZoomFactor(scale);
  }

  setProgress(fraction: number | null, state: Summary['state']): void {
    const mode = state === 'attention' ? 'error' : state === 'paused' ? 'paused' : 'normal';
    this.window?.setProgressBar(fraction ?? -1, { mode });
  }

  get browserWindow(): BrowserWindow | null {
    return this.window;
  }

  /** From now on closing means closing. */
  leave(): void {
    this.leaving = true;
  }

  private create(route = ''): BrowserWindow {
    const { preload, icons, state } = this.options;
    const { bounds, maximized } = state.get();
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      ...(bounds !== null && isOnScreen(bounds) ? bounds : {}),
      minWidth: 820,
      minHeight: 560,
      show: false,
      title: 'Drover',
      icon: join(icons, 'drover-256.png'),
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#15171c' : '#ffffff',
      autoHideMenuBar: true,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        zoomFactor: this.scale,
      },
    });
    window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(this.scale));
    window.once('ready-to-show', () => {
      if (maximized) window.maximize();
      window.show();
    });
    window.on('close', (event) => {
      state.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
      if (this.leaving || !this.staysInTray()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => (this.window = null));
    this.begun = window
      .loadURL(`${appOrigin}/index.html${route}`)
      .catch((error: unknown) => console.error(error));
    return window;
  }
}

/** A page that is still being loaded would not hear of it. */
function openRoute(window: BrowserWindow, route: string): void {
  if (window.isDestroyed()) return;
  const { webContents } = window;
  const send = (): void => webContents.send(channels.open, route);
  if (webContents.isLoading()) webContents.once('did-stop-loading', send);
  else send();
}

function isOnScreen(bounds: Electron.Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  const overlap = {
    width: Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x),
    height: Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y),
  };
  return overlap.width > 200 && overlap.height > 100;
}
