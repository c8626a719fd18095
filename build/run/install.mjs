import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join, sep } from 'node:path';
import { cacheFolder } from '../runtime/cache.mjs';
import { runQuietly } from '../runtime/command.mjs';
import { withLock } from '../runtime/lock.mjs';
import { withProgress } from '../runtime/progress.mjs';
import { fingerprint, projectFolder, Refusal } from '../runtime/project.mjs';
import { runsOnProjectNode } from './node-version.mjs';

const modules = join(projectFolder, 'node_modules');

/** Installs the dependencies when they are missing, incomplete or not those of the lock file. @param {import('../runtime/progress.mjs').Log} log */
export async function installDependencies(log) {
  if (isInstalled()) return;
  const locks = join(cacheFolder, 'locks');
  await mkdir(locks, { recursive: true });
  await withLock(join(locks, `install-${fingerprint(projectFolder)}`), log, async () => {
    if (isInstalled()) return;
    const folders = neededFolders();
    await withProgress(`Installing ${folders.length} packages with npm`, log, async (report) => {
      const timer = setInterval(() => {
        const unpacked = folders.filter((folder) => existsSync(join(folder, 'package.json')));
        report(`${unpacked.length} unpacked`);
      }, 1000);
      try {
        await npmInstall();
      } finally {
        clearInterval(timer);
      }
    });
    if (!isInstalled())
      throw new Refusal(
        'npm installed something other than package-lock.json names. Is it out of step with package.json?',
      );
  });
}

async function npmInstall() {
  // Windows cannot delete a program that runs, and this may be node_modules' own Node.
  const how = process.platform === 'win32' && runsOnProjectNode() ? 'install' : 'ci';
  const { status, output } = await runQuietly('npm', [how, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: projectFolder,
    shell: process.platform === 'win32', // npm is a script there, which only a shell can start
    env: { ...process.env, PATH: pathWithoutModules() },
  });
  if (status !== 0)
    throw new Refusal(`npm ${how} failed:\n${output.trim().split('\n').slice(0, 20).join('\n')}`);
}

/** npm is about to delete node_modules, so it must not run on the Node inside. */
function pathWithoutModules() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => !folder.startsWith(modules + sep)).join(delimiter);
}

/** npm writes a lock file of its own into node_modules when everything is in place: nothing else is trusted. */
function isInstalled() {
  const installed = readPackages(join(modules, '.package-lock.json'));
  const wanted = readPackages(join(projectFolder, 'package-lock.json'));
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return optional === true; // for another platform
    return (
      found.version === version && found.integrity === integrity && existsSync(join(projectFolder, path))
    );
  });
}

/** @param {string} lockFile @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
function readPackages(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

/** Folders of the packages that every platform needs. */
function neededFolders() {
  const wanted = Object.entries(readPackages(join(projectFolder, 'package-lock.json')));
  return wanted
    .filter(([path, { optional }]) => path !== '' && !optional)
    .map(([path]) => join(projectFolder, path));
}
