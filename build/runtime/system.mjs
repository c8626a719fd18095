import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, runQuietly } from './command.mjs';
import { installPackages } from './debian.mjs';
import { Refusal } from './project.mjs';

/** What Electron links to or loads when it starts. The newer name of each package comes first. */
const electronPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libatspi2.0-0t64', 'libatspi2.0-0'],
  ['libcups2t64', 'libcups2'],
  ['libdrm2'],
  ['libxtst6'],
  ['libnotify4'],
];

/**
 * Sees to it that Electron finds its libraries, and a font to write with.
 *
 * @param {string} executable
 * @param {import('./progress.mjs').Log} log
 */
export async function ensureElectronCanRun(executable, log) {
  if (process.platform !== 'linux') return;
  const packages = [];
  const { output } = await runQuietly('ldd', [executable]);
  if (output.includes('not found')) packages.push(...electronPackages);
  if (!(await hasFonts())) packages.push(['fonts-dejavu-core']);
  if (packages.length > 0) await installPackages(packages, "Electron's window", log);
}

/** @param {import('./progress.mjs').Log} log */
export async function ensureVirtualScreen(log) {
  const needed = findProgram('Xvfb') ? [] : [['xvfb']];
  // Wanted by one test, which is skipped without them: nobody is asked to type sudo for that.
  const isRoot = process.getuid() === 0 && findProgram('apt-get');
  if (isRoot && !(findProgram('dunst') && findProgram('dbus-daemon')))
    needed.push(['dunst'], ['dbus-daemon']);
  if (needed.length > 0) await installPackages(needed, 'tests in a window that nobody sees', log);
}

/** @param {import('./progress.mjs').Log} log */
export async function ensureCompiler(log) {
  if (!findProgram('g++') || !findProgram('gcc')) {
    await installPackages([['g++']], 'compiling better-sqlite3 for this Electron', log);
  }
}

/**
 * Chromium's sandbox needs user namespaces, which some systems (Ubuntu 24.04) keep from ordinary users,
 * or a helper that belongs to root. It is never left out: whoever starts Drover decides.
 *
 * @param {string} dist
 */
export async function ensureSandbox(dist) {
  const { status } = await runQuietly('unshare', ['--user', '--map-root-user', 'true']);
  if (status === 0) return;
  const helper = join(dist, 'chrome-sandbox');
  const { uid, mode } = await stat(helper);
  if (uid === 0 && (mode & 0o4000) !== 0) return;
  throw new Refusal(
    "This system keeps user namespaces from ordinary users, and Electron's sandbox needs them or a helper of root.\n" +
      `Type this once, then try again:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

async function hasFonts() {
  for (const folder of ['/usr/share/fonts', '/usr/local/share/fonts']) {
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    if (files.some((file) => /\.(ttf|otf|ttc|pfb)$/.test(file))) return true;
  }
  return false;
}
