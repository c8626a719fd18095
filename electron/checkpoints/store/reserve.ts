import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much as the catalogue may need to forget what is removed. */
const reserveBytes = 4 << 20;
const fileOf = (folder: string): string => join(folder, 'reserve');

/** Sets some of the disk aside, so that something can be removed when it is full: that takes room first. */
export function setReserveAside(folder: string): void {
  const file = fileOf(folder);
  try {
    if (statSync(file, { throwIfNoEntry: false })?.size === reserveBytes) return;
    writeFileSync(file, randomBytes(reserveBytes), { mode: 0o600 });
  } catch {
    // There is no room for it now; there may be later.
    rmSync(file, { force: true });
  }
}

export const giveReserveBack = (folder: string): void => rmSync(fileOf(folder), { force: true });
