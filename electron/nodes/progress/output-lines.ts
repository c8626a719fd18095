import { stripVTControlCharacters } from 'node:util';

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Cuts the bytes of an output into lines, at \n and \r alike (progress bars overwrite theirs),
 * without colours and empty lines. What a line has over `mostBytes` is dropped.
 */
export class OutputLines {
  private pieces: Buffer[] = [];
  private length = 0;
  private isCut = false;

  constructor(private readonly mostBytes = 4096) {}

  /** The lines that these bytes complete. */
  add(bytes: Buffer): readonly string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] !== lineFeed && bytes[at] !== carriageReturn) continue;
      this.keep(bytes.subarray(from, at));
      lines.push(...this.end());
      from = at + 1;
    }
    this.keep(bytes.subarray(from));
    return lines;
  }

  /** What is left when nothing follows. */
  end(): readonly string[] {
    const text = this.isCut ? '' : stripVTControlCharacters(Buffer.concat(this.pieces).toString('utf8'));
    this.pieces = [];
    this.length = 0;
    this.isCut = false;
    return text === '' ? [] : [text];
  }

  /** Some bytes are left out: what was begun, and what follows up to the end of its line, is no line. */
  skip(): void {
    this.isCut = true;
  }

  private keep(piece: Buffer): void {
    const room = this.mostBytes - this.length;
    if (this.isCut || room <= 0 || piece.length === 0) return;
    // A copy: a few bytes must not hold on to all that were read with them.
    this.pieces.push(Buffer.from(piece.subarray(0, room)));
    this.length += Math.min(room, piece.length);
  }
}
