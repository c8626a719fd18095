import { app } from 'electron';
import type { BatchRow } from '../../shared/ipc/queue';
import type { Client } from '../../shared/ipc/messages';
import type { BatchId } from '../../shared/model/ids';
import { isEnded } from '../../shared/model/states';
import type { Host } from '../host';
import { connectInProcess } from '../ipc/in-process';
import { Announcer } from './announcer';
import { Awake } from './awake';
import { readLink, routeOfLink } from './deep-links';
import { firstPicture } from './first-picture';
import { setMenu } from './menu';
import { notifyEnds, notifyTray } from './notifications';
import { PauseAll } from './pause';
import { scaled, type PreferencesFile } from './preferences';
import { summarize, type Summary } from './summary';
import { DroverTray } from './tray';
import type { MainWindow } from './window';
import type { WindowStateFile } from './window-state';

export interface DesktopOptions {
  readonly host: Host;
  readonly icons: string;
  readonly preferences: PreferencesFile;
  readonly state: WindowStateFile;
  readonly window: MainWindow;
}

/** Window, tray, task bar and notifications: a client of the Host like any other. */
export class Desktop {
  private readonly client: Client;
  private readonly connection: ReturnType<typeof connectInProcess>;
  private readonly window: MainWindow;
  private tray: DroverTray | null = null;
  private readonly batches = new Map<BatchId, BatchRow>();
  private readonly unseen = new Set<BatchId>();
  private summary: Summary = { state: 'idle', working: [], progress: null };
  private closing = false;
  private readonly awake = new Awake();
  private readonly pause: PauseAll;
  private readonly announcer: Announcer;

  constructor(private readonly options: DesktopOptions) {
    const { host, preferences, window } = options;
    this.connection = connectInProcess(host);
    this.client = this.connection.client;
    this.pause = new PauseAll(host);
    this.window = window;
    window.stayInTrayWhen(() => this.stayInTray());
    this.announcer = new Announcer({
      preferences: () => preferences.get(),
      now: () => new Date(),
      after: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      show: (ended) => void this.tell(ended),
    });
  }

  open(): void {
    const { preferences } = this.options;
    const actions = {
      open: (route?: string) => this.show(route),
      quit: () => app.quit(),
      pauseAll: () => void this.pause.pause(),
      goOn: () => void this.pause.goOn(),
    };
    setMenu({ ...actions, scale: (steps) => preferences.set(scaled(preferences.get(), steps)) });
    preferences.follow(({ scale }) => {
      this.window.setScale(scale);
      this.announcer.again();
      this.refresh();
    });
    this.tray = new DroverTray(this.options.icons, actions);
    this.client.subscribe(
      'queue',
      {},
      {
        picture: ({ batches }) => this.take(batches, false),
        delta: ({ batches }) => this.take(batches, true),
        refused: ({ message }) => console.error(message),
      },
    );
    this.show();
  }

  /** Shows the window. Who looks has seen what failed. */
  show(route?: string): void {
    this.window.show(route);
    this.unseen.clear();
    this.refresh();
  }

  /** A link that another program has opened; to what is not there, the page says so. */
  openLink(text: string): void {
    const link = readLink(text);
    if (link === null)
      return console.error(`Not opened, for it is no link that Drover knows: ${text.slice(0, 200)}`);
    // People write the name of a node.
    const named =
      link.kind === 'node'
        ? [...this.options.host.state.nodes.values()].find(({ name }) => name === link.id)
        : undefined;
    this.show(routeOfLink(named === undefined ? link : { ...link, id: named.id }));
  }

  /** Submits files named on the command line or opened by the system; what stands against that shows in the window. */
  async submit(files: readonly string[]): Promise<void> {
    for (const path of files) {
      const submission = { source: { kind: 'file', path }, parameters: {} } as const;
      const checked = await this.client.request('recipe.preflight', submission);
      const isFine = checked.ok && checked.value.findings.every(({ severity }) => severity === 'note');
      const answer = isFine ? await this.client.request('batch.submit', submission) : null;
      this.show(
        answer?.ok === true ? `#/batch/${answer.value.batch}` : `#/submit?file=${encodeURIComponent(path)}`,
      );
    }
  }

  windowClosed(): void {
    if (!this.closing && this.summary.working.length === 0 && process.platform !== 'darwin') app.quit();
  }

  close(): void {
    this.closing = true;
    this.window.leave();
    this.connection.close();
    this.announcer.close();
    this.awake.keep(false);
    this.tray?.destroy();
  }

  private take(batches: readonly BatchRow[], tell: boolean): void {
    for (const batch of batches) {
      const before = this.batches.get(batch.id);
      this.batches.set(batch.id, batch);
      const endedNow = isEnded(batch.state) && (before === undefined || !isEnded(before.state));
      if (tell && endedNow) this.ended(batch);
    }
    this.refresh();
  }

  private ended(batch: BatchRow): void {
    if (!batch.notify.some((end) => end === batch.state)) return;
    if (batch.state === 'FAILED' && this.window.browserWindow?.isFocused() !== true)
      this.unseen.add(batch.id);
    this.announcer.ended(batch);
  }

  private async tell(ended: readonly BatchRow[]): Promise<void> {
    const [first, ...others] = ended;
    const isAlone = first !== undefined && others.length === 0;
    const picture = isAlone ? await firstPicture(this.options.host, first.id).catch(() => null) : null;
    if (this.closing) return;
    notifyEnds(ended, picture, {
      open: (route) => this.show(route),
      retry: (failed) => void this.retry(failed),
    });
  }

  private async retry({ id }: BatchRow): Promise<void> {
    const answer = await this.client.request('batch.retry', { what: id, why: null });
    if (!answer.ok) this.show(`#/batch/${id}`);
  }

  private refresh(): void {
    if (this.closing) return;
    this.summary = summarize(this.batches.values(), this.unseen);
    this.tray?.update(this.summary, this.pause.isPaused);
    app.setBadgeCount(this.unseen.size);
    this.awake.keep(
      this.options.preferences.get().keepAwake &&
        this.summary.working.some(({ state, tasks }) => state !== 'PAUSED' || tasks.RUNNING > 0),
    );
    this.window.setProgress(this.summary.progress, this.summary.state);
  }

  private stayInTray(): boolean {
    if (this.closing || this.summary.working.length === 0) return false;
    if (!this.options.state.get().toldOfTray) {
      this.options.state.set({ toldOfTray: true });
      notifyTray(() => this.show());
    }
    return true;
  }
}
