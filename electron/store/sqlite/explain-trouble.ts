import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreTrouble, type TroubleKind } from '../trouble';

/** What went wrong with the store in `file`, in words for people. */
export function explainTrouble(error: unknown, file: string): StoreTrouble {
  if (error instanceof StoreTrouble) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const folder = dirname(file);
  const kind = kindOf(code, folder);
  switch (kind) {
    case 'diskFull':
      return new StoreTrouble(
        kind,
        `the disk that holds ${folder} is full, so nothing of this was saved. Make room there; then saving works again`,
      );
    case 'notWritable':
      return new StoreTrouble(
        kind,
        `${file} cannot be written (${message}). Let this user write to ${folder}, or choose another data folder.`,
      );
    case 'damaged':
      return damaged(file, message);
    case 'inUse':
      return new StoreTrouble(
        kind,
        `${file} is being used by another program (${message}). End that program, or choose another data folder.`,
      );
    case 'newer':
    case 'other':
      return new StoreTrouble(kind, `${file}: ${message}${code === '' ? '' : ` (${code})`}`);
  }
}

export const damaged = (file: string, why: string): StoreTrouble =>
  new StoreTrouble(
    'damaged',
    `${file} is damaged (${why}). It is left as it is. ` +
      'Put it back from a backup, or let `drover repair` set it aside and go on with what can be read of it.',
  );

function kindOf(code: string, folder: string): TroubleKind {
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'diskFull';
  // Some of SQLite's helper files tell a full disk only as a failed write.
  if (code.startsWith('SQLITE_IOERR') && isFull(folder)) return 'diskFull';
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM)|EACCES|EPERM|EROFS)/.test(code)) return 'notWritable';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'inUse';
  return 'other';
}

function isFull(folder: string): boolean {
  try {
    return statfsSync(folder).bavail === 0;
  } catch {
    return false;
  }
}
