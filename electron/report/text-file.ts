import { open, rm } from 'node:fs/promises';

/** A file that is written piece by piece, a buffer at a time. */
export interface TextFile {
  readonly path: string;
  write(text: string): Promise<void>;
  /** Everything is on the disk afterwards. */
  finish(): Promise<void>;
  /** Closes it, if it is still open, and takes it away, if it is still there. */
  discard(): Promise<void>;
}

const bufferSize = 64 * 1024;

export async function createTextFile(path: string): Promise<TextFile> {
  // What a crash left behind makes room; what somebody put there as a link is not written through.
  await rm(path, { force: true });
  const handle = await open(path, 'wx');
  let pieces: string[] = [];
  let size = 0;
  let closed = false;
  const flush = async (): Promise<void> => {
    const text = pieces.join('');
    pieces = [];
    size = 0;
    await handle.appendFile(text);
  };
  return {
    path,
    async write(text) {
      pieces.push(text);
      size += text.length;
      if (size >= bufferSize) await flush();
    },
    async finish() {
      await flush();
      await handle.sync();
      closed = true;
      await handle.close();
    },
    async discard() {
      if (!closed) {
        closed = true;
        await handle.close();
      }
      await rm(path, { force: true });
    },
  };
}
