import { Menu, Tray, nativeImage, type NativeImage } from 'electron';
import { join } from 'node:path';
import type { Summary } from './summary';

export interface TrayActions {
  open(route?: string): void;
  quit(): void;
  pauseAll(): void;
  goOn(): void;
}

const percent = (fraction: number): string => `${Math.floor(fraction * 100)}%`;
const mostInMenu = 8;

/** The icon in the system's tray: how things stand, and what is at work. */
export class DroverTray {
  private readonly tray: Tray;
  private shown = '';

  constructor(
    private readonly icons: string,
    private readonly actions: TrayActions,
  ) {
    this.tray = new Tray(this.icon('idle'));
    this.tray.on('click', () => actions.open());
    this.update({ state: 'idle', working: [], progress: null }, false);
  }

  /** `isPaused`: all that was open has been held from here. */
  update(summary: Summary, isPaused: boolean): void {
    const { state, working, progress } = summary;
    const title =
      working.length === 0
        ? 'Drover: nothing to do'
        : `Drover: ${working.length} ${state === 'paused' ? 'paused' : 'at work'}, ${percent(progress ?? 0)}`;
    const canPause = working.some((batch) => batch.state !== 'PAUSED');
    const entries = working
      .slice(0, mostInMenu)
      .map((batch) => ({ label: `${batch.name}  ${percent(batch.progress)}`, route: `#/batch/${batch.id}` }));
    const shown = JSON.stringify([state, title, entries, canPause, isPaused]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.tray.setImage(this.icon(state));
    this.tray.setToolTip(title);
    this.tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: title, enabled: false },
        { type: 'separator' },
        ...entries.map(({ label, route }) => ({ label, click: () => this.actions.open(route) })),
        ...(entries.length > 0 ? [{ type: 'separator' } as const] : []),
        ...(canPause ? [{ label: 'Pause all', click: () => this.actions.pauseAll() }] : []),
        ...(isPaused ? [{ label: 'Go on', click: () => this.actions.goOn() }] : []),
        { label: 'Open Drover', click: () => this.actions.open() },
        {
          label: working.length > 0 ? 'Quit (running tasks go on)' : 'Quit',
          click: () => this.actions.quit(),
        },
      ]),
    );
  }

  destroy(): void {
    this.tray.destroy();
  }

  private icon(state: Summary['state']): NativeImage {
    const name = process.platform === 'darwin' ? 'trayTemplate' : `tray-${state}`;
    return nativeImage.createFromPath(join(this.icons, `${name}.png`));
  }
}
