/** Reads an archive that may have been made by anybody: nothing of it is believed. */
import { createReadStream } from 'node:fs';
import { filesFolder, manifestName, manifestSchema, mostManifestBytes, type Manifest } from './manifest';
import { blockBytes, readHeader, readRecords, type TarEntry } from './tar';

/** It is no archive of a checkpoint, or not as it was written. */
export class BadArchive extends Error {}

const mostRecords = 1 << 20;

/** `keep`: takes the bytes of a file, and tells their SHA-256. Nothing counts unless all of it is as the manifest says. */
export async function readArchive(
  file: string,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<string>,
): Promise<Manifest> {
  const bytes = new Bytes(file);
  try {
    const first = await nextEntry(bytes);
    if (first?.name !== manifestName || first.bytes > mostManifestBytes)
      throw new BadArchive(`it does not begin with a ${manifestName}`);
    const manifest = readManifest(await bytes.take(first.bytes));
    await bytes.skipPadding(first.bytes);
    const missing = new Map(manifest.files.map((one) => [`${filesFolder}${one.path}`, one]));
    for (let entry = await nextEntry(bytes); entry !== null; entry = await nextEntry(bytes)) {
      const expected = missing.get(entry.name);
      if (expected === undefined || expected.bytes !== entry.bytes)
        throw new BadArchive(`${shown(entry.name)} is not as its manifest says`);
      missing.delete(entry.name);
      if ((await keep(bytes.some(entry.bytes))) !== expected.hash)
        throw new BadArchive(`${shown(entry.name)} is damaged: its SHA-256 is not that of the manifest`);
      await bytes.skipPadding(entry.bytes);
    }
    const [lacking] = missing.keys();
    if (lacking !== undefined) throw new BadArchive(`${shown(lacking)} is missing`);
    return manifest;
  } finally {
    bytes.close();
  }
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 200));

function readManifest(content: Buffer): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch {
    throw new BadArchive(`its ${manifestName} is no JSON`);
  }
  const read = manifestSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new BadArchive(`its ${manifestName}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** Null: the archive ends. */
async function nextEntry(bytes: Bytes): Promise<TarEntry | null> {
  let records: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const block = await bytes.take(blockBytes);
    if (block.every((byte) => byte === 0)) return null;
    const header = readHeader(block);
    if (header === null) throw new BadArchive('it is no tar archive, or damaged');
    if (header.type === 'x' && header.bytes <= mostRecords && records.size === 0) {
      const read = readRecords(await bytes.take(header.bytes));
      if (read === null || read.size === 0) throw new BadArchive('a header of it is damaged');
      records = read;
      await bytes.skipPadding(header.bytes);
      continue;
    }
    // Links, folders and devices have no place in it.
    if (header.type !== '0') throw new BadArchive(`${shown(header.name)} is no plain file`);
    const size = records.get('size');
    if (size !== undefined && !/^\d{1,15}$/.test(size)) throw new BadArchive('a header of it is damaged');
    return {
      name: records.get('path') ?? header.name,
      bytes: size === undefined ? header.bytes : Number(size),
    };
  }
}

/** The bytes of a file, one after the other. */
class Bytes {
  private readonly stream;
  private readonly chunks: AsyncIterator<unknown>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.stream = createReadStream(file, { highWaterMark: 1 << 20 });
    this.chunks = this.stream[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const part of this.some(count)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *some(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      if (this.rest.length === 0) this.rest = await this.next();
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async skipPadding(bytes: number): Promise<void> {
    await this.take((blockBytes - (bytes % blockBytes)) % blockBytes);
  }

  close(): void {
    this.stream.destroy();
  }

  private async next(): Promise<Buffer> {
    const { value, done } = await this.chunks.next();
    if (done === true || !Buffer.isBuffer(value)) throw new BadArchive('it is cut short');
    return value;
  }
}
