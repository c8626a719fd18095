import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, folderSize } from './cache.mjs';
import { runQuietly } from './command.mjs';
import { withLock } from './lock.mjs';
import { withProgress } from './progress.mjs';
import { projectFolder, requireFromProject } from './project.mjs';

const electronFolder = join(projectFolder, 'node_modules', 'electron');

/** The Electron that releases ship: the one in package.json. @type {string} */
export const officialVersion = requireFromProject('./package.json').devDependencies.electron;

const refusalFile = join(cacheFolder, 'runtime', `electron-${officialVersion}-refused`);
const refusalHolds = 24 * 60 * 60 * 1000;
const silenceAllowed = { beforeFirstByte: 8_000, later: 60_000 };

/** @returns {import('./runtime.mjs').Runtime | undefined} */
export function findOfficialRuntime() {
  const dist = join(electronFolder, 'dist');
  try {
    // `install-electron` writes path.txt last, so where it is right the binary is whole.
    const executable = join(dist, readFileSync(join(electronFolder, 'path.txt'), 'utf8').trim());
    const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    if (version !== officialVersion || !existsSync(executable)) return undefined;
    return { kind: 'official', version, dist, executable };
  } catch {
    return undefined;
  }
}

/**
 * Asks the electron package to fetch its binary. A network that refuses is given up on within seconds
 * and remembered for a day, so that the next start does not wait for it again.
 *
 * @param {{ log: import('./progress.mjs').Log, insist: boolean }} options
 */
export async function fetchOfficialRuntime({ log, insist }) {
  if (!insist && refusedLately()) return undefined;
  await mkdir(dirname(refusalFile), { recursive: true });
  return withLock(`${refusalFile}.lock`, log, async () => {
    const made = findOfficialRuntime();
    if (made || (!insist && refusedLately())) return made;
    try {
      await withProgress(`Fetching the official Electron ${officialVersion}`, log, installElectron);
      await rm(refusalFile, { force: true });
      return findOfficialRuntime();
    } catch (error) {
      log(`  ${error.message}`);
      log('  Not tried again for a day; DROVER_RUNTIME=official tries at once.');
      await writeFile(refusalFile, error.message);
      return undefined;
    }
  });
}

function refusedLately() {
  const age = Date.now() - (statSync(refusalFile, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return age < refusalHolds;
}

/** @param {(detail: string) => void} report */
async function installElectron(report) {
  const dist = join(electronFolder, 'dist');
  await rm(dist, { recursive: true, force: true }); // what an interrupted run may have left
  // The download is written to the temporary folder first: with one of its own, its growth can be watched.
  const temporaryFolder = join(cacheFolder, 'runtime', 'electron-download');
  await rm(temporaryFolder, { recursive: true, force: true });
  await mkdir(temporaryFolder);
  const silence = new AbortController();
  let bytes = 0;
  let lastGrowth = Date.now();
  const timer = setInterval(async () => {
    const now = await folderSize(temporaryFolder);
    if (now !== bytes) lastGrowth = Date.now();
    bytes = now;
    if (bytes > 0) report(`${Math.round(bytes / 1e6)} MB`);
    const allowed = bytes > 0 ? silenceAllowed.later : silenceAllowed.beforeFirstByte;
    if (Date.now() - lastGrowth > allowed && !existsSync(dist)) silence.abort();
  }, 500);
  try {
    const { status, output } = await runQuietly(process.execPath, [join(electronFolder, 'install.js')], {
      cwd: projectFolder,
      signal: silence.signal,
      env: {
        ...process.env,
        TMPDIR: temporaryFolder,
        TEMP: temporaryFolder,
        TMP: temporaryFolder,
        ELECTRON_GET_NO_PROGRESS: '1',
      },
    });
    if (status !== 0 || !findOfficialRuntime()) throw new Error(output.trim().split('\n', 1)[0]);
  } catch (error) {
    throw silence.signal.aborted ? new Error('The network does not answer.') : error;
  } finally {
    clearInterval(timer);
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}
