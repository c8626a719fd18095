/** As much of the tar format (POSIX.1-2001) as an archive of plain files needs; every other tool can read it. */
export const blockBytes = 512;

export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
}

/** A header of its own for the name and the size, as they may be longer than the usual one has room for. */
export function headersOf({ name, bytes }: TarEntry, madeAt: number): Buffer {
  const records = Buffer.from(record('path', name) + record('size', `${bytes}`));
  const seconds = Math.max(0, Math.floor(madeAt / 1000));
  const plain = name.replaceAll(/[^ -~]/g, '_').slice(-99);
  return Buffer.concat([
    header('PaxHeader', records.length, 'x', seconds),
    padded(records),
    header(plain, Math.min(bytes, 8 ** 11 - 1), '0', seconds),
  ]);
}

/** What follows the content of a file, up to the next block. */
export const paddingOf = (bytes: number): Buffer =>
  Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);

export const endOfArchive = Buffer.alloc(2 * blockBytes);

const padded = (content: Buffer): Buffer => Buffer.concat([content, paddingOf(content.length)]);

/** `28 path=name\n`: the number counts itself too. */
function record(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + `${rest}`.length;
  length = rest + `${length}`.length;
  return `${length} ${key}=${value}\n`;
}

function header(name: string, bytes: number, type: '0' | 'x', seconds: number): Buffer {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, at: number, length: number): void => {
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  };
  block.write(name, 0, 100, 'latin1');
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(Math.min(seconds, 8 ** 11 - 1), 136, 12);
  block.write('        ', 148, 'latin1');
  block.write(type, 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  block.write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

const sumOf = (block: Buffer): number => block.reduce((sum, byte) => sum + byte, 0);

export interface TarHeader {
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
}

/** Null: it is none. */
export function readHeader(block: Buffer): TarHeader | null {
  const blank = Buffer.from(block);
  blank.write('        ', 148, 'latin1');
  const bytes = octalAt(block, 124, 12);
  if (bytes === null || octalAt(block, 148, 8) !== sumOf(blank)) return null;
  const prefix = textAt(block, 345, 155);
  const name = textAt(block, 0, 100);
  const type = block.toString('latin1', 156, 157).replace('\0', '0');
  return { name: prefix === '' ? name : `${prefix}/${name}`, bytes, type };
}

function textAt(block: Buffer, at: number, length: number): string {
  const text = block.subarray(at, at + length);
  const end = text.indexOf(0);
  return text.toString('utf8', 0, end < 0 ? length : end);
}

function octalAt(block: Buffer, at: number, length: number): number | null {
  const text = textAt(block, at, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : null;
}

/** What a header before a file says of it; null: it is not as such headers are. */
export function readRecords(content: Buffer): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  for (let at = 0; at < content.length;) {
    const [start, digits] = /^(\d{1,7}) /.exec(content.toString('latin1', at, at + 8)) ?? [];
    if (start === undefined) return null;
    const end = at + Number(digits);
    const equals = content.indexOf('=', at + start.length);
    if (end > content.length || content[end - 1] !== 0x0a || equals < 0 || equals >= end) return null;
    found.set(
      content.toString('utf8', at + start.length, equals),
      content.toString('utf8', equals + 1, end - 1),
    );
    at = end;
  }
  return found;
}
