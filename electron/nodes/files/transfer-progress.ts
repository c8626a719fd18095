import { partInWords } from './amounts';

/** What a person reads of the task meanwhile; null: nothing more. */
export type Tell = (words: string | null) => void;

const shortest = 250;

/** How far it is with bringing files, in words, and not too often. */
export class TransferProgress {
  private files = 0;
  private bytes = 0;
  private toldAt = 0;

  constructor(
    private readonly verb: 'sending' | 'fetching',
    private readonly all: { readonly files: number; readonly bytes: number },
    private readonly tell: Tell,
  ) {
    this.tellNow();
  }

  add(bytes: number): void {
    this.bytes += bytes;
    if (Date.now() - this.toldAt >= shortest) this.tellNow();
  }

  /** One more file is there. */
  finish(): void {
    this.files++;
    if (Date.now() - this.toldAt >= shortest) this.tellNow();
  }

  private tellNow(): void {
    this.toldAt = Date.now();
    const { files, bytes } = this.all;
    const what = files === 1 ? '1 file' : `${this.files} of ${files} files`;
    this.tell(`${this.verb} ${what}, ${partInWords(Math.min(this.bytes, bytes), bytes)}`);
  }
}
