/** Whole numbers from 0 to this (and, signed, from minus this) can be written in the short form. */
export const mostPacked = 2 ** 51;

/** Smaller numbers take one byte. */
const oneByte = 0x80;

/** Writes numbers and texts one after the other; small numbers take one byte. */
export class ByteWriter {
  private bytes = new Uint8Array(4096);
  private used = 0;

  byte(value: number): void {
    this.makeRoom(1);
    this.bytes[this.used++] = value;
  }

  /** A whole number from 0 on. */
  unsigned(value: number): void {
    this.makeRoom(8);
    let rest = value;
    while (rest >= oneByte) {
      this.bytes[this.used++] = (rest & 0x7f) | 0x80;
      rest = rest < 2 ** 31 ? rest >>> 7 : Math.floor(rest / 128);
    }
    this.bytes[this.used++] = rest;
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** Any number at all. */
  float(value: number): void {
    this.makeRoom(8);
    new DataView(this.bytes.buffer).setFloat64(this.used, value, true);
    this.used += 8;
  }

  /** Any text, unit by unit, since UTF-8 has no way to write half of a surrogate pair. */
  units(text: string): void {
    this.unsigned(text.length);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < oneByte) this.byte(unit);
      else this.unsigned(unit);
    }
  }

  /** Well-formed text, such as JSON. */
  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.unsigned(length);
    this.makeRoom(length);
    Buffer.from(this.bytes.buffer).write(text, this.used);
    this.used += length;
  }

  /** What was written so far, in memory of its own. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.used);
  }

  private makeRoom(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Reads what a ByteWriter wrote, in the same order. */
export class ByteReader {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('the bytes end too early');
    return value;
  }

  unsigned(): number {
    let byte = this.byte();
    let value = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      byte = this.byte();
      value += (byte & 0x7f) * scale;
    }
    return value;
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float(): number {
    const { buffer, byteOffset } = this.bytes;
    const value = new DataView(buffer, byteOffset).getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  units(): string {
    const length = this.unsigned();
    const plain = this.plain(length);
    if (plain !== null) return plain;
    let text = '';
    for (let index = 0; index < length; index++) text += String.fromCharCode(this.unsigned());
    return text;
  }

  text(): string {
    const length = this.unsigned();
    const { buffer, byteOffset } = this.bytes;
    const text = Buffer.from(buffer, byteOffset + this.at, length).toString();
    this.at += length;
    return text;
  }

  /** The next so many units if each of them is one byte, which nearly all texts are made of. */
  private plain(length: number): string | null {
    const end = this.at + length;
    if (end > this.bytes.length) return null;
    for (let at = this.at; at < end; at++) if ((this.bytes[at] ?? oneByte) >= oneByte) return null;
    const { buffer, byteOffset } = this.bytes;
    const text = Buffer.from(buffer, byteOffset + this.at, length).toString('latin1');
    this.at = end;
    return text;
  }
}
