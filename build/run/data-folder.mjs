import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Drover keeps its farm unless told otherwise. */
export function dataFolder() {
  if (process.env.DROVER_DATA) return process.env.DROVER_DATA;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Drover');
  if (process.platform === 'win32')
    return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Drover');
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'drover');
}

/** @param {string} folder @returns {boolean} whether a running Drover owns it now */
export function hasHost(folder) {
  const description = join(folder, 'host.json');
  if (!existsSync(description)) return false;
  try {
    process.kill(JSON.parse(readFileSync(description, 'utf8')).pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // alive, but someone else's; anything else is left over from a crash
  }
}
