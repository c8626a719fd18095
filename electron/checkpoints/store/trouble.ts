import { statfsSync } from 'node:fs';

export type ChunkTroubleKind =
  /** Nothing of it was kept; the same works when there is room. */
  | 'diskFull'
  | 'notWritable'
  /** The folder of the store is not there any more. */
  | 'gone'
  /** What was kept is not as it was. */
  | 'damaged'
  /** It is not in the store. */
  | 'missing'
  /** The file was written to while it was copied. */
  | 'changed'
  /** What was to be kept, or where it was to be put back, cannot be read or written. */
  | 'outside'
  | 'newer'
  | 'inUse'
  | 'cancelled'
  | 'other';

/** The store of checkpoints cannot do what was asked of it. The message is for people. */
export class ChunkTrouble extends Error {
  constructor(
    readonly kind: ChunkTroubleKind,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ChunkTrouble';
  }
}

export const cancelled = (): ChunkTrouble =>
  new ChunkTrouble('cancelled', 'keeping it was cancelled; nothing of it is in the store');

export const missing = (hash: string): ChunkTrouble =>
  new ChunkTrouble('missing', `no file with the SHA-256 ${hash} is in the store of checkpoints`);

export const gone = (folder: string): ChunkTrouble =>
  new ChunkTrouble(
    'gone',
    `the folder of checkpoints ${folder} is not there any more. Put it back, or connect the disk that it is on`,
  );

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What went wrong with the store in `folder`. */
export function explainTrouble(error: unknown, folder: string): ChunkTrouble {
  if (error instanceof ChunkTrouble) return error;
  const code = codeOf(error);
  // SQLite tells a full disk, in some of its files, only as a failed write.
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code) || (code.startsWith('SQLITE_IOERR') && isFull(folder)))
    return new ChunkTrouble(
      'diskFull',
      `the disk that holds the checkpoints in ${folder} is full, so this one was not kept. ` +
        'Make room there, or keep fewer; those that were kept are unharmed',
      error,
    );
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM)|EACCES|EPERM|EROFS)/.test(code))
    return new ChunkTrouble(
      'notWritable',
      `the checkpoints in ${folder} cannot be written (${textOf(error)}). ` +
        'Let this user write there, or choose another folder for them',
      error,
    );
  if (/^(ENOENT|ENOTDIR|ESTALE|ENODEV|ENXIO)$/.test(code)) return gone(folder);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new ChunkTrouble(
      'damaged',
      `the catalogue of the checkpoints in ${folder} is damaged. It is made anew from the packs beside it: try again`,
      error,
    );
  return new ChunkTrouble('other', `the checkpoints in ${folder}: ${textOf(error)}`, error);
}

/** What went wrong with a file outside of the store. */
export function explainOutside(error: unknown, path: string, wish: 'read' | 'written'): ChunkTrouble {
  if (error instanceof ChunkTrouble) return error;
  const code = codeOf(error);
  if (/^(ENOSPC|EDQUOT)$/.test(code))
    return new ChunkTrouble(
      'diskFull',
      `the disk that holds ${path} is full, so it was not written. Make room`,
    );
  const why =
    code === 'ENOENT'
      ? 'it is not there'
      : code === 'ELOOP'
        ? 'it is a link, and links are not followed'
        : textOf(error);
  return new ChunkTrouble('outside', `${path} cannot be ${wish}: ${why}`);
}

function isFull(folder: string): boolean {
  try {
    return statfsSync(folder).bavail === 0;
  } catch {
    return false;
  }
}
