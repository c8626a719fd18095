/** Cuts a stream of bytes into lines; what a line has over `mostBytes` is dropped. */
export class LineSplitter {
  private pieces: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly mostBytes = 64 * 1024,
  ) {}

  push(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
      this.keep(bytes.subarray(from, at));
      const line = Buffer.concat(this.pieces).toString('utf8');
      this.pieces = [];
      this.length = 0;
      from = at + 1;
      this.onLine(line);
    }
    this.keep(bytes.subarray(from));
  }

  private keep(piece: Buffer): void {
    const room = this.mostBytes - this.length;
    if (room <= 0 || piece.length === 0) return;
    // A copy: the stream may reuse what it gave.
    this.pieces.push(Buffer.from(piece.subarray(0, room)));
    this.length += Math.min(room, piece.length);
  }
}
