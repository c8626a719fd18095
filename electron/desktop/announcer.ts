/** Which ends of batches are told of, and when: many at once as one, and none while it is to be quiet. */
import type { BatchRow } from '../../shared/ipc/queue';
import type { Preferences } from '../../shared/ipc/preferences';
import { endOfQuiet, isQuiet } from './quiet-hours';

export interface AnnouncerOptions {
  preferences(): Preferences;
  now(): Date;
  /** Calls `run` once, after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, run: () => void): () => void;
  show(ended: readonly BatchRow[]): void;
}

/** Ends that come so soon after each other are told together. */
const together = 1500;

export class Announcer {
  private waiting: BatchRow[] = [];
  private callOff: (() => void) | null = null;

  constructor(private readonly options: AnnouncerOptions) {}

  ended(batch: BatchRow): void {
    this.waiting.push(batch);
    this.plan();
  }

  /** The preferences have changed: it may be quiet now, or not any more. */
  again(): void {
    this.callOff?.();
    this.callOff = null;
    if (this.waiting.length > 0) this.plan();
  }

  close(): void {
    this.callOff?.();
  }

  private plan(): void {
    if (this.callOff !== null) return;
    const { quiet } = this.options.preferences();
    const now = this.options.now();
    const wait =
      quiet !== null && isQuiet(quiet, now) ? endOfQuiet(quiet, now).getTime() - now.getTime() : together;
    this.callOff = this.options.after(wait, () => {
      this.callOff = null;
      // The clock may have been changed, or the machine was asleep.
      if (isQuiet(this.options.preferences().quiet, this.options.now())) return this.plan();
      this.tell();
    });
  }

  private tell(): void {
    const { tellOf } = this.options.preferences();
    const told = this.waiting.filter(({ state }) => tellOf.some((end) => end === state));
    this.waiting = [];
    if (told.length > 0) this.options.show(told);
  }
}
