import type { Submission } from '../model/submission';
import type { FileFilter, Pick } from './forms';
import type { ClientMessage, HostMessage } from './messages';
import type { Preferences } from './preferences';

/** What the preload script puts on `window.drover`: the Host's messages, and the desktop's own services. */
export interface Bridge {
  send(message: ClientMessage): void;
  listen(onMessage: (message: HostMessage) => void): void;
  /** Where a dropped or picked file lies; empty when it is no file on this machine. */
  pathOf(file: File): string;
  /** Lets the person choose a file or a folder with the system's own dialog; null: they chose none. */
  choose(wish: ChooseWish): Promise<string | null>;
  /** Writes what would be submitted where the person says, so that it can be submitted from there; null: they did not. */
  saveRecipe(submission: Submission): Promise<string | null>;
  /** Opens a batch's folder of results, or its report as it is now, with the system's own program. */
  openResult(batch: string, what: 'output' | 'report'): Promise<void>;
  /** Opens the system's own terminal with `ssh` to a node. */
  openTerminal(node: string): Promise<TerminalOpened>;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** The desktop asks for a page: `#/job/b7.melt` after a click on a notification, `#/submit?file=...`. */
  onOpen(open: (route: string) => void): void;
  /** What the person wants of the window and the desktop. */
  preferences(): Promise<Preferences>;
  setPreferences(preferences: Preferences): Promise<void>;
  /** Called with what they are now, whenever they change. */
  onPreferences(follow: (now: Preferences) => void): void;
  /** In bytes. */
  dataFolderSize(): Promise<number>;
  /** With the system's own program. */
  openDataFolder(): Promise<void>;
  /** Writes what helps to understand trouble where the person says; null: they did not. */
  saveDiagnostics(): Promise<string | null>;
  readonly platform: string;
}

/** `copied`: no terminal was found, and what is to be typed in one is on the clipboard. */
export type TerminalOpened = 'opened' | 'copied';

export interface ChooseWish {
  readonly pick: Pick;
  readonly title: string;
  readonly filters: readonly FileFilter[];
  /** Where the dialog begins; null: where the system thinks best. */
  readonly from: string | null;
}

declare global {
  interface Window {
    readonly drover: Bridge;
  }
}
