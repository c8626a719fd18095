import type { ClientMessage, HostMessage } from './messages';

/** What the preload script puts on `window.drover`: the Host's messages, and the desktop's own services. */
export interface Bridge {
  send(message: ClientMessage): void;
  listen(onMessage: (message: HostMessage) => void): void;
  /** Where a dropped or picked file lies; empty when it is no file on this machine. */
  pathOf(file: File): string;
  /** Lets the person pick recipe files. */
  chooseRecipe(): Promise<string | null>;
  /** Opens a batch's folder of results, or its report as it is now, with the system's own program. */
  openResult(batch: string, what: 'output' | 'report'): Promise<void>;
  /** The desktop asks for a page: `#/job/b7.melt` after a click on a notification, `#/submit?file=...`. */
  onOpen(open: (route: string) => void): void;
  readonly platform: string;
}

declare global {
  interface Window {
    readonly drover: Bridge;
  }
}
