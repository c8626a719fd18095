const lineFeed = 10;
const carriageReturn = 13;

export interface OutputLine {
  readonly text: string;
  /** It was longer: the rest of it is gone. */
  readonly isCut: boolean;
}

/** Cuts what an action prints into lines. Of each only the first `mostBytes` are kept. */
export class OutputLines {
  private pieces: Buffer[] = [];
  private length = 0;
  private isCut = false;

  constructor(
    private readonly onLine: (line: OutputLine) => void,
    private readonly mostBytes = 64 * 1024,
  ) {}

  push(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, from)) {
      this.keep(bytes.subarray(from, at));
      this.flush();
      from = at + 1;
    }
    this.keep(bytes.subarray(from));
  }

  /** Nothing follows: what has no line end is a line too. */
  end(): void {
    if (this.length > 0) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.concat(this.pieces);
    const { isCut } = this;
    const end = bytes.at(-1) === carriageReturn && !isCut ? -1 : undefined;
    const text = bytes.subarray(0, end).toString('utf8');
    this.pieces = [];
    this.length = 0;
    this.isCut = false;
    // Half of a character may be left at the cut.
    this.onLine({ text: isCut ? text.replace(/\uFFFD$/, '') : text, isCut });
  }

  private keep(piece: Buffer): void {
    const room = this.mostBytes - this.length;
    if (piece.length > room) this.isCut = true;
    if (room <= 0 || piece.length === 0) return;
    // A copy: the stream may use its own again.
    this.pieces.push(Buffer.from(piece.subarray(0, room)));
    this.length += Math.min(room, piece.length);
  }
}
