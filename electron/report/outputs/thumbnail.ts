/** A small picture of a large one, so that the page has its pictures with it wherever it is sent. */
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { predicted, readPng, signature, type PngHeader, type PngReader } from './png-rows';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** A PNG file. */
  readonly bytes: Buffer;
}

const mostPixels = 150_000_000;
export const longestSide = 240;
/** Seen through what is transparent. */
const behind = [11, 13, 16] as const;
const channels = 3;

/** Null: it is no picture that can be read, or not in time. */
export async function thumbnailOf(path: string, signal: AbortSignal): Promise<Thumbnail | null> {
  const shrinking = new Shrinking();
  if (!(await readPng(path, shrinking, signal))) return null;
  const { width, height, pixels } = shrinking;
  return { width, height, bytes: await pngOf(width, height, pixels) };
}

/** Each pixel is the mean of those that it stands for. */
class Shrinking implements PngReader {
  width = 0;
  height = 0;
  pixels = new Uint8Array(0);
  private sums = new Float64Array(0);
  private samples = new Uint32Array(0);
  private columns = new Uint32Array(0);
  private colourAt: ColourAt = () => undefined;
  private tall = 0;
  private rows = 0;

  begin(header: PngHeader): boolean {
    const { width, height } = header;
    if (width * height > mostPixels) return false;
    const scale = Math.min(1, longestSide / width, longestSide / height);
    this.width = Math.max(1, Math.round(width * scale));
    this.height = Math.max(1, Math.round(height * scale));
    this.tall = height;
    this.pixels = new Uint8Array(this.width * this.height * channels);
    this.sums = new Float64Array(this.width * channels);
    this.samples = new Uint32Array(this.width);
    this.columns = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * this.width) / width));
    this.colourAt = colourReader(header);
    return true;
  }

  row(bytes: Uint8Array): void {
    const colour: Colour = [0, 0, 0];
    for (let x = 0; x < this.columns.length; x++) {
      const column = this.columns[x] ?? 0;
      this.colourAt(bytes, x, colour);
      for (let channel = 0; channel < channels; channel++) {
        const at = column * channels + channel;
        this.sums[at] = (this.sums[at] ?? 0) + (colour[channel] ?? 0);
      }
      this.samples[column] = (this.samples[column] ?? 0) + 1;
    }
    const y = Math.floor((this.rows * this.height) / this.tall);
    this.rows++;
    if (Math.floor((this.rows * this.height) / this.tall) > y) this.endRow(y);
  }

  private endRow(y: number): void {
    for (let at = 0; at < this.sums.length; at++)
      this.pixels[y * this.width * channels + at] = Math.round(
        (this.sums[at] ?? 0) / (this.samples[Math.floor(at / channels)] ?? 1),
      );
    this.sums.fill(0);
    this.samples.fill(0);
  }
}

type Colour = [red: number, green: number, blue: number];
type ColourAt = (row: Uint8Array, x: number, into: Colour) => void;

function colourReader({ depth, samples, palette }: PngHeader): ColourAt {
  const most = 2 ** Math.min(8, depth) - 1;
  const sample: (row: Uint8Array, index: number) => number =
    depth >= 8
      ? (row, index) => row[index * (depth >> 3)] ?? 0
      : (row, index) => ((row[(index * depth) >> 3] ?? 0) >> (8 - depth - ((index * depth) & 7))) & most;
  if (palette !== null)
    return (row, x, into) => {
      const at = sample(row, x) * channels;
      for (let channel = 0; channel < channels; channel++) into[channel] = palette[at + channel] ?? 0;
    };
  const isColour = samples >= 3;
  const hasAlpha = samples === 2 || samples === 4;
  return (row, x, into) => {
    const first = x * samples;
    const alpha = hasAlpha ? sample(row, first + samples - 1) / most : 1;
    for (let channel = 0; channel < channels; channel++) {
      const value = (sample(row, isColour ? first + channel : first) / most) * 255;
      into[channel] = value * alpha + (behind[channel] ?? 0) * (1 - alpha);
    }
  };
}

const pack = promisify(deflate);
const paeth = 4;

async function pngOf(width: number, height: number, pixels: Uint8Array): Promise<Buffer> {
  const length = width * channels;
  const rows = new Uint8Array((length + 1) * height);
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (pixels[y * length + x] ?? 0));
  for (let y = 0; y < height; y++) {
    rows[y * (length + 1)] = paeth;
    for (let x = 0; x < length; x++)
      rows[y * (length + 1) + 1 + x] =
        at(x, y) - predicted(paeth, at(x - channels, y), at(x, y - 1), at(x - channels, y - 1));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', await pack(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
