import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** Where a Host keeps everything: what DROVER_DATA names, or the system's usual place. */
export function dataFolder(named: string | undefined): string {
  if (named !== undefined && named !== '') return resolve(named);
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Drover');
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Drover');
    default:
      return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'drover');
  }
}

/** What a running Host says of itself in its data folder, for clients of the same user. */
const hostFile = z.object({
  pid: z.int(),
  socket: z.string(),
  /** Only who can read this file may speak to the socket. */
  token: z.string(),
  version: z.string(),
  startedAt: z.number(),
});
export type HostFile = z.infer<typeof hostFile>;

const place = (folder: string): string => join(folder, 'host.json');

/** The same for as long as the folder is there: nodes know by it whose work they do. */
export function hostId(folder: string): string {
  const file = join(folder, 'host-id');
  try {
    const known = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{24}$/.test(known)) return known;
  } catch {
    // There is none yet.
  }
  const made = randomBytes(12).toString('hex');
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}

export function describeHost(folder: string, version: string): HostFile {
  return {
    pid: process.pid,
    socket: socketPath(folder),
    token: randomBytes(32).toString('hex'),
    version,
    startedAt: Date.now(),
  };
}

export function writeHostFile(folder: string, host: HostFile): void {
  const temporary = `${place(folder)}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(host, null, 2), { mode: 0o600 });
  renameSync(temporary, place(folder));
}

export function removeHostFile(folder: string): void {
  rmSync(place(folder), { force: true });
}

/** Null: there is none, or it is damaged. A Host that crashed leaves its file behind. */
export function readHostFile(folder: string): HostFile | null {
  try {
    return hostFile.parse(JSON.parse(readFileSync(place(folder), 'utf8')));
  } catch {
    return null;
  }
}

/** A system allows about 100 bytes for the name of a socket: a deep folder's lies elsewhere. */
function socketPath(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\drover-${hash}`;
  const inside = join(folder, 'host.sock');
  if (Buffer.byteLength(inside) < 100) return inside;
  const own = join(process.env['XDG_RUNTIME_DIR'] || tmpdir(), `drover-${userInfo().uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const made = lstatSync(own);
  if (!made.isDirectory() || made.uid !== userInfo().uid || (made.mode & 0o077) !== 0) {
    throw new Error(
      `${own} is not a folder of yours alone; remove it, or choose a data folder with a shorter path`,
    );
  }
  return join(own, `${hash}.sock`);
}

/** Another Host owns the folder. */
export class FolderOwned extends Error {
  constructor(
    readonly folder: string,
    readonly owner: HostFile | null,
  ) {
    const who = owner === null ? 'another Drover' : `Drover with process id ${owner.pid}`;
    super(
      `The data folder ${folder} belongs to ${who}. Use that one, end it, or choose another folder with --data or DROVER_DATA.`,
    );
  }
}
