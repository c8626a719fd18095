import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Takes out what belongs to a bare Electron: electron-builder leaves it in when it is given an unpacked one. */
export default async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  await rm(join(appOutDir, 'version'), { force: true });
}
