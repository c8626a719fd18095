/** The bytes of a file as they were before it was compressed, never more than a few of them at once. */
import type { FileHandle } from 'node:fs/promises';
import { finished, type Transform } from 'node:stream';

/** Null: the file ends before, or it is more than anybody would wait for. */
export interface Bytes {
  /** Places only ever go forward. */
  at(place: number, length: number): Promise<Buffer | null>;
  /** The last ones, where they can be had without all that come before. */
  tail(length: number): Promise<Buffer | null>;
  close(): Promise<void>;
}

export interface Patience {
  /** Of what is read from a file, or comes out of a compressed one. */
  readonly bytes: number;
  readonly ms: number;
}

export type Opened =
  | { readonly ok: true; readonly bytes: Bytes }
  | { readonly ok: false; readonly message: string };

/** Shorter where the file ends. */
export async function piece(file: FileHandle, place: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, place);
  return buffer.subarray(0, bytesRead);
}

/** Any place can be gone to at once. `load` may give more than it was asked for. */
export function randomBytes(
  file: FileHandle,
  size: number,
  load: (place: number, length: number) => Promise<Buffer | null>,
  until: Patience,
): Bytes {
  let held: Buffer = Buffer.alloc(0);
  let heldAt = 0;
  let left = until.bytes;
  const at = async (place: number, length: number): Promise<Buffer | null> => {
    if (place + length > size) return null;
    if (place < heldAt || place + length > heldAt + held.length) {
      if (length > left || performance.now() > until.ms) return null;
      const loaded = await load(place, length);
      left -= loaded?.length ?? 0;
      if (loaded === null || loaded.length < length) return null;
      [held, heldAt] = [loaded, place];
    }
    return held.subarray(place - heldAt, place - heldAt + length);
  };
  const tail = (length: number): Promise<Buffer | null> =>
    at(Math.max(0, size - length), Math.min(length, size));
  return { at, tail, close: () => file.close() };
}

/** What comes first has to be decompressed first. */
export function streamedBytes(file: FileHandle, expander: Transform, until: Patience): Bytes {
  const source = file.createReadStream({ start: 0, autoClose: false });
  const done = new Promise<void>((resolve) => finished(expander, () => resolve()));
  source.on('error', (error) => expander.destroy(error));
  const pieces = source.pipe(expander)[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let heldAt = 0;
  const next = async (): Promise<Buffer | null> => {
    if (heldAt + held.length > until.bytes || performance.now() > until.ms) return null;
    try {
      const { value } = await pieces.next();
      return Buffer.isBuffer(value) ? value : null;
    } catch {
      // A damaged file ends where it is damaged: what came before is as good as ever.
      return null;
    }
  };
  return {
    async at(place, length) {
      const wanted: Buffer[] = [];
      while (heldAt + held.length < place + length) {
        const end = heldAt + held.length;
        if (end > place) wanted.push(held.subarray(Math.max(0, place - heldAt)));
        const following = await next();
        if (following === null) return null;
        [held, heldAt] = [following, end];
      }
      if (wanted.length > 0) [held, heldAt] = [Buffer.concat([...wanted, held]), place];
      return held.subarray(place - heldAt, place - heldAt + length);
    },
    tail: () => Promise.resolve(null),
    async close() {
      source.destroy();
      expander.destroy();
      await done;
      await file.close();
    },
  };
}
