/** The rows of a PNG picture, one after the other, as they are unpacked: of however large a one. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflate } from 'node:zlib';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly samples: number;
  /** Red, green and blue, three bytes for each; null: the samples are no indices. */
  readonly palette: Buffer | null;
}

export interface PngReader {
  /** False: it is not wanted. */
  begin(header: PngHeader): boolean;
  /** Unfiltered bytes; valid only during the call. */
  row(bytes: Uint8Array): void;
}

export const signature = Buffer.from('89504e470d0a1a0a', 'hex');

const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const indexed = 3;

/** False: it is no such picture, of a kind that is not read, not wanted, or not whole. */
export async function readPng(path: string, reader: PngReader, signal: AbortSignal): Promise<boolean> {
  const bytes = new Bytes(createReadStream(path, { signal }));
  let rows: Rows | null = null;
  try {
    const header = await readHeader(bytes);
    if (header === null || !reader.begin(header)) return false;
    const wanted = (rows = new Rows(header, reader));
    await pipeline(
      Readable.from(dataOf(bytes)),
      createInflate(),
      async (unpacked: AsyncIterable<Buffer>) => {
        for await (const piece of unpacked) {
          wanted.add(piece);
          if (wanted.isWhole) return;
        }
      },
      { signal },
    );
  } catch {
    // It is not whole then, or all rows were read and the rest is not wanted.
  } finally {
    bytes.close();
  }
  return rows?.isWhole === true;
}

/** All before the first piece of the picture itself. */
async function readHeader(bytes: Bytes): Promise<PngHeader | null> {
  const start = await bytes.exactly(signature.length);
  if (start === null || !start.equals(signature)) return null;
  let header: PngHeader | null = null;
  for (;;) {
    const chunk = await bytes.exactly(8);
    if (chunk === null) return null;
    const [length, kind] = [chunk.readUInt32BE(0), chunk.toString('latin1', 4)];
    if (kind === 'IDAT') {
      bytes.left = length;
      return header;
    }
    const isShort = kind === 'IHDR' || kind === 'PLTE';
    const body = isShort && length <= 1024 ? await bytes.exactly(length) : null;
    if (body === null && !(await bytes.skip(length))) return null;
    if (kind === 'IHDR') header = body === null ? null : parseHeader(body);
    if (header === null) return null;
    if (kind === 'PLTE' && header.palette !== null) header = { ...header, palette: body ?? header.palette };
    if (!(await bytes.skip(4))) return null;
  }
}

function parseHeader(body: Buffer): PngHeader | null {
  if (body.length !== 13) return null;
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
  const [depth = 0, colour = -1, , , interlaced] = body.subarray(8);
  const samples = samplesOf[colour];
  const isSmall = samples === 1 && [1, 2, 4].includes(depth);
  if (samples === undefined || interlaced !== 0 || width === 0 || height === 0) return null;
  if (depth !== 8 && !(depth === 16 && colour !== indexed) && !isSmall) return null;
  return { width, height, depth, samples, palette: colour === indexed ? Buffer.alloc(0) : null };
}

/** What the pieces of the picture hold, up to the first that is something else. */
async function* dataOf(bytes: Bytes): AsyncGenerator<Buffer> {
  for (;;) {
    while (bytes.left > 0) {
      const piece = await bytes.some(bytes.left);
      if (piece === null) return;
      bytes.left -= piece.length;
      yield piece;
    }
    const next = (await bytes.skip(4)) ? await bytes.exactly(8) : null;
    if (next === null || next.toString('latin1', 4) !== 'IDAT') return;
    bytes.left = next.readUInt32BE(0);
  }
}

/** A file, a piece at a time. */
class Bytes {
  /** Of the chunk that is read. */
  left = 0;
  private held: Buffer = Buffer.alloc(0);
  private readonly pieces: AsyncIterator<Buffer>;

  constructor(private readonly stream: ReturnType<typeof createReadStream>) {
    this.pieces = stream[Symbol.asyncIterator]();
  }

  async some(most: number): Promise<Buffer | null> {
    if (this.held.length === 0) {
      const { value, done } = await this.pieces.next();
      if (done === true) return null;
      this.held = value;
    }
    const piece = this.held.subarray(0, most);
    this.held = this.held.subarray(piece.length);
    return piece;
  }

  async exactly(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (let missing = length; missing > 0;) {
      const piece = await this.some(missing);
      if (piece === null) return null;
      parts.push(piece);
      missing -= piece.length;
    }
    return Buffer.concat(parts);
  }

  async skip(length: number): Promise<boolean> {
    for (let missing = length; missing > 0;) {
      const piece = await this.some(missing);
      if (piece === null) return false;
      missing -= piece.length;
    }
    return true;
  }

  close(): void {
    this.stream.destroy();
  }
}

/** Cuts what is unpacked into rows, and takes their filters away. */
class Rows {
  private readonly length: number;
  /** Between a byte and that of the sample before. */
  private readonly step: number;
  private row: Uint8Array;
  private above: Uint8Array;
  private filter: number | null = null;
  private filled = 0;
  private left: number;

  constructor(
    { width, height, depth, samples }: PngHeader,
    private readonly reader: PngReader,
  ) {
    this.length = Math.ceil((width * depth * samples) / 8);
    this.step = Math.max(1, (depth * samples) >> 3);
    this.row = new Uint8Array(this.length);
    this.above = new Uint8Array(this.length);
    this.left = height;
  }

  get isWhole(): boolean {
    return this.left === 0;
  }

  add(piece: Buffer): void {
    for (let at = 0; at < piece.length && this.left > 0;) {
      if (this.filter === null) {
        this.filter = piece[at++] ?? 0;
        continue;
      }
      const part = piece.subarray(at, at + this.length - this.filled);
      this.row.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === this.length) this.end(this.filter);
    }
  }

  private end(filter: number): void {
    unfilter(filter, this.row, this.above, this.step);
    this.reader.row(this.row);
    [this.row, this.above] = [this.above, this.row];
    this.filter = null;
    this.filled = 0;
    this.left--;
  }
}

function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (filter === 0) return;
  for (let at = 0; at < row.length; at++) {
    const left = at < step ? 0 : (row[at - step] ?? 0);
    const up = above[at] ?? 0;
    const upLeft = at < step ? 0 : (above[at - step] ?? 0);
    row[at] = (row[at] ?? 0) + predicted(filter, left, up, upLeft);
  }
}

export function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const toLeft = Math.abs(up - upLeft);
      const toUp = Math.abs(left - upLeft);
      const toUpLeft = Math.abs(left + up - 2 * upLeft);
      if (toLeft <= toUp && toLeft <= toUpLeft) return left;
      return toUp <= toUpLeft ? up : upLeft;
    }
    default:
      return 0;
  }
}
