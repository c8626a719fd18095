import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { Stats } from 'ssh2';
import { messageOf, SshFailure } from './failure';
import type { Link } from './link';
import type { Sessions } from './sessions';
import { SftpSession } from './sftp-session';

export interface FileOnNode {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  readonly mode: number;
  /** Milliseconds since 1970, in whole seconds. */
  readonly changedAt: number;
}

export interface FolderEntry extends FileOnNode {
  readonly name: string;
}

const noSuchFile = 2;
const failed = 4;
const notSupported = 8;
/** What every server takes in one piece, and how many pieces are on their way at once. */
const pieceBytes = 32 * 1024;
const piecesAtOnce = 32;
const blockBytes = pieceBytes * piecesAtOnce;

/** The files of a node. Paths are as the node has them; those that are not absolute are meant from the home folder. */
export class SshFiles {
  private readonly sftp: SftpSession;

  constructor(
    private readonly link: Link,
    sessions: Sessions,
  ) {
    this.sftp = new SftpSession(link, sessions);
  }

  /** Null: there is nothing of that name. Links are followed. */
  stat(path: string): Promise<FileOnNode | null> {
    return this.orMissing(path, async () =>
      describe(await this.sftp.ask<Stats>((sftp, done) => sftp.stat(path, done))),
    );
  }

  /** Up to so many bytes from a place on; fewer where the file ends. Null: there is no such file. */
  read(path: string, from: number, bytes: number): Promise<Buffer | null> {
    return this.orMissing(path, () =>
      this.opened(path, 'r', (handle) => this.readRange(handle, from, bytes)),
    );
  }

  readFile(path: string): Promise<Buffer | null> {
    return this.orMissing(path, () =>
      this.opened(path, 'r', async (handle) => {
        const { size } = await this.sftp.ask<Stats>((sftp, done) => sftp.fstat(handle, done));
        return this.readRange(handle, 0, size);
      }),
    );
  }

  /** The file is there whole or not at all: whoever reads it meanwhile sees the old one. */
  async writeFile(path: string, bytes: Buffer, mode: number): Promise<void> {
    const beside = posix.join(
      posix.dirname(path),
      `.${posix.basename(path)}.${randomBytes(6).toString('hex')}.part`,
    );
    await this.about(path, async () => {
      try {
        await this.opened(beside, 'wx', async (handle) => {
          await inPieces(bytes.length, (from, length) =>
            this.sftp.tell((sftp, done) => sftp.write(handle, bytes, from, length, from, done)),
          );
          // The mode given when opening is narrowed by the node's umask.
          await this.sftp.tell((sftp, done) => sftp.fchmod(handle, mode, done));
        });
        await this.replace(beside, path);
      } catch (error) {
        await this.sftp.tell((sftp, done) => sftp.unlink(beside, done)).catch(() => {});
        throw error;
      }
    });
  }

  /** Hands on what a file holds, from a place on, piece by piece and in order. False: there is no such file. */
  async readOn(path: string, from: number, take: (piece: Buffer) => Promise<void>): Promise<boolean> {
    const read = await this.orMissing(path, () =>
      this.opened(path, 'r', async (handle) => {
        let at = from;
        for (;;) {
          const piece = await this.readRange(handle, at, blockBytes);
          if (piece.length === 0) return true;
          await take(piece);
          at += piece.length;
        }
      }),
    );
    return read ?? false;
  }

  /** Writes from a place on, a new file from the first byte on, and gives it its mode when all of it is there. */
  async writeOn(path: string, from: number, pieces: AsyncIterable<Buffer>, mode: number): Promise<void> {
    await this.about(path, () =>
      this.opened(path, from === 0 ? 'w' : 'r+', async (handle) => {
        await this.writePieces(handle, from, pieces);
        await this.sftp.tell((sftp, done) => sftp.fchmod(handle, mode, done));
      }),
    );
  }

  /** Another file of the new name is replaced at once. */
  async rename(from: string, to: string): Promise<void> {
    await this.about(from, () => this.replace(from, to));
  }

  /** Where a name leads, without links; null: nowhere. */
  realPath(path: string): Promise<string | null> {
    return this.orMissing(path, () =>
      this.sftp.ask<string>((sftp, done) => sftp.realpath(path, (error, real) => done(error, real))),
    );
  }

  /** Makes the folder and those above it; one that is there already is left as it is. */
  async mkdirs(path: string): Promise<void> {
    await this.about(path, () => this.makeFolder(posix.normalize(path).replace(/(?<=.)\/$/, '')));
  }

  /** Null: there is no such folder. */
  list(path: string): Promise<readonly FolderEntry[] | null> {
    return this.orMissing(path, async () => {
      const entries = await this.sftp.ask<readonly { readonly filename: string; readonly attrs: Stats }[]>(
        (sftp, done) => sftp.readdir(path, done),
      );
      return entries.map(({ filename, attrs }) => ({ name: filename, ...describe(attrs) }));
    });
  }

  /** Afterwards the file is not there, whether it was before or not. */
  async remove(path: string): Promise<void> {
    await this.orMissing(path, () => this.sftp.tell((sftp, done) => sftp.unlink(path, done)));
  }

  private async makeFolder(path: string): Promise<void> {
    try {
      await this.sftp.tell((sftp, done) => sftp.mkdir(path, done));
    } catch (error) {
      const above = posix.dirname(path);
      if (statusOf(error) === noSuchFile && above !== path) {
        await this.makeFolder(above);
        return this.makeFolder(path);
      }
      const there = await this.stat(path);
      if (there?.kind !== 'folder') throw error;
    }
  }

  private async replace(from: string, to: string): Promise<void> {
    try {
      await this.sftp.tell((sftp, done) => sftp.ext_openssh_rename(from, to, done));
    } catch (error) {
      const status = statusOf(error);
      if (status !== null && status !== notSupported) throw error;
      await this.replacePlainly(from, to);
    }
  }

  /** Servers without that extension rename only to a name that is free. */
  private async replacePlainly(from: string, to: string): Promise<void> {
    const rename = (): Promise<void> => this.sftp.tell((sftp, done) => sftp.rename(from, to, done));
    try {
      await rename();
    } catch (error) {
      if (statusOf(error) !== failed) throw error;
      await this.sftp.tell((sftp, done) => sftp.unlink(to, done));
      await rename();
    }
  }

  private async opened<T>(
    path: string,
    flags: 'r' | 'r+' | 'w' | 'wx',
    work: (handle: Buffer) => Promise<T>,
  ): Promise<T> {
    const handle = await this.sftp.ask<Buffer>((sftp, done) =>
      // Until it has its own mode it is for nobody else.
      flags.startsWith('r') ? sftp.open(path, flags, done) : sftp.open(path, flags, 0o600, done),
    );
    try {
      return await work(handle);
    } finally {
      await this.sftp.tell((sftp, done) => sftp.close(handle, done));
    }
  }

  private async readRange(handle: Buffer, start: number, bytes: number): Promise<Buffer> {
    const buffer = Buffer.alloc(bytes);
    let end = bytes;
    await inPieces(bytes, async (from, length) => {
      for (let got = 0; got < length && from + got < end;) {
        const count = await this.readPiece(handle, buffer, from + got, length - got, start + from + got);
        if (count === 0) end = Math.min(end, from + got);
        got += count;
      }
    });
    return buffer.subarray(0, end);
  }

  private async writePieces(handle: Buffer, from: number, pieces: AsyncIterable<Buffer>): Promise<void> {
    const onTheWay = new Set<Promise<void>>();
    let failure: { readonly error: unknown } | null = null;
    let at = from;
    const begin = (piece: Buffer): void => {
      const place = at;
      at += piece.length;
      const writing = this.sftp
        .tell((sftp, done) => sftp.write(handle, piece, 0, piece.length, place, done))
        .catch((error: unknown) => void (failure ??= { error }))
        .finally(() => onTheWay.delete(writing));
      onTheWay.add(writing);
    };
    const check = (): void => {
      if (failure !== null) throw failure.error;
    };
    for await (const block of pieces) {
      for (let start = 0; start < block.length; start += pieceBytes) {
        if (onTheWay.size >= piecesAtOnce) await Promise.race(onTheWay);
        check();
        begin(block.subarray(start, start + pieceBytes));
      }
    }
    await Promise.all(onTheWay);
    check();
  }

  /** Zero: the file ends there. */
  private readPiece(handle: Buffer, into: Buffer, at: number, length: number, from: number): Promise<number> {
    return this.sftp.ask<number>((sftp, done) =>
      sftp.read(handle, into, at, length, from, (error, count) => done(error, count)),
    );
  }

  private async orMissing<T>(path: string, work: () => Promise<T>): Promise<T | null> {
    return this.about(path, async () => {
      try {
        return await work();
      } catch (error) {
        if (statusOf(error) === noSuchFile) return null;
        throw error;
      }
    });
  }

  private async about<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SshFailure) throw error;
      throw new SshFailure(
        'files',
        `${path} on ${this.link.name}: ${messageOf(error)}. Check that the folder is there, who may write in it, and that the disk is not full.`,
      );
    }
  }
}

/** Does a range in pieces, several at a time. */
async function inPieces(bytes: number, work: (from: number, length: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < bytes) {
      const from = next;
      next += pieceBytes;
      await work(from, Math.min(pieceBytes, bytes - from));
    }
  };
  await Promise.all(Array.from({ length: piecesAtOnce }, worker));
}

/** A status of the SFTP protocol; null: the failure has another cause. */
const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;

const describe = (stats: Stats): FileOnNode => ({
  kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
  bytes: stats.size,
  mode: stats.mode & 0o7777,
  changedAt: stats.mtime * 1000,
});
