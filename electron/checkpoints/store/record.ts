/**
 * What packs consist of: records, each with a header that tells what it is, how long it is and what its
 * SHA-256 must be. So packs alone are enough to find everything again.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { codeOf, compressionOf, unpack, type Compression } from './compression';

export type RecordKind = 'chunk' | 'file';

export interface RecordHeader {
  readonly kind: RecordKind;
  readonly compression: Compression;
  /** How many bytes it holds, and how many they are on disk. */
  readonly bytes: number;
  readonly stored: number;
  /** SHA-256 of what it holds. */
  readonly hash: Buffer;
}

export const headerBytes = 52;
export const magic = Buffer.from('drv\u0001');
const hashBytes = 32;
const kinds: readonly RecordKind[] = ['chunk', 'file'];
/** A record of a file of a terabyte is smaller; without a limit, damage could ask for any amount of memory. */
const mostBytes = 1 << 28;

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export function encodeHeader({ kind, compression, bytes, stored, hash }: RecordHeader): Buffer {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header[4] = kinds.indexOf(kind);
  header[5] = codeOf(compression);
  header.writeUInt32LE(bytes, 8);
  header.writeUInt32LE(stored, 12);
  hash.copy(header, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 48)), 48);
  return header;
}

/** Null: it is none. */
export function decodeHeader(header: Buffer): RecordHeader | null {
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) return null;
  if (crc32(header.subarray(0, 48)) !== header.readUInt32LE(48)) return null;
  const kind = kinds[header.readUInt8(4)];
  const compression = compressionOf(header.readUInt8(5));
  const bytes = header.readUInt32LE(8);
  const stored = header.readUInt32LE(12);
  if (kind === undefined || compression === null || bytes > mostBytes || stored > mostBytes) return null;
  return { kind, compression, bytes, stored, hash: Buffer.from(header.subarray(16, 16 + hashBytes)) };
}

/** Null: they are not what the header says. */
export function contentOf(header: RecordHeader, stored: Buffer): Buffer | null {
  if (stored.length !== header.stored) return null;
  const bytes = unpacked(header, stored);
  return bytes !== null && bytes.length === header.bytes && sha256(bytes).equals(header.hash) ? bytes : null;
}

function unpacked({ compression, bytes: length }: RecordHeader, stored: Buffer): Buffer | null {
  try {
    const bytes = unpack({ compression, bytes: stored }, length);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    // zlib gives what it finds a code of its own; anything else is no damage.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** A file that is kept: what a record of the kind `file` holds. */
export interface FileEntry {
  /** SHA-256 of all of it. */
  readonly hash: Buffer;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  /** The SHA-256 of each of its chunks, in their order. */
  readonly chunks: readonly Buffer[];
}

const entryBytes = 48;

export function encodeEntry({ hash, bytes, keptAt, chunks }: FileEntry): Buffer {
  const start = Buffer.alloc(entryBytes);
  hash.copy(start);
  start.writeDoubleLE(bytes, 32);
  start.writeDoubleLE(keptAt, 40);
  return Buffer.concat([start, ...chunks]);
}

export function decodeEntry(content: Buffer): FileEntry | null {
  const count = (content.length - entryBytes) / hashBytes;
  if (!Number.isSafeInteger(count) || count < 0) return null;
  const chunkAt = (index: number): Buffer =>
    content.subarray(entryBytes + index * hashBytes, entryBytes + (index + 1) * hashBytes);
  return {
    hash: content.subarray(0, hashBytes),
    bytes: content.readDoubleLE(32),
    keptAt: content.readDoubleLE(40),
    chunks: Array.from({ length: count }, (_, index) => chunkAt(index)),
  };
}
