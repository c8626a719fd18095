import { powerSaveBlocker } from 'electron';

/** Keeps the machine from falling asleep while that is wanted; its screen may go dark. */
export class Awake {
  private blocker: number | null = null;

  keep(isWanted: boolean): void {
    if (isWanted === (this.blocker !== null)) return;
    if (this.blocker === null) this.blocker = powerSaveBlocker.start('prevent-app-suspension');
    else {
      powerSaveBlocker.stop(this.blocker);
      this.blocker = null;
    }
  }
}
