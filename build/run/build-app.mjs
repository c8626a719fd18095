import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../runtime/cache.mjs';
import { runQuietly } from '../runtime/command.mjs';
import { withLock } from '../runtime/lock.mjs';
import { withProgress } from '../runtime/progress.mjs';
import { fingerprint, projectFolder, Refusal } from '../runtime/project.mjs';

const sources = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const stamp = join(projectFolder, 'out', '.built-from');

/** Builds the app into out/ when a source file is newer, older, gone or added. @param {import('../runtime/progress.mjs').Log} log */
export async function buildApp(log) {
  if (isBuilt()) return;
  const locks = join(cacheFolder, 'locks');
  await mkdir(locks, { recursive: true });
  await withLock(join(locks, `build-${fingerprint(projectFolder)}`), log, async () => {
    if (isBuilt()) return;
    await rm(stamp, { force: true });
    const builtFrom = stateOfSources(); // taken before: what is changed during the build is built again next time
    await withProgress('Building the app', log, async (report) => {
      const { status, output } = await runQuietly(
        process.execPath,
        [join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
        { cwd: projectFolder, onOutput: (text) => report(text.trim().split('\n').at(-1).slice(0, 60)) },
      );
      if (status !== 0) throw new Refusal(`The build failed:\n${output.trim()}`);
    });
    await writeFile(stamp, builtFrom);
  });
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOfSources();
}

/** Names, sizes and times of all source files, in short. */
function stateOfSources() {
  const lines = [];
  for (const source of sources) {
    const path = join(projectFolder, source);
    const about = statSync(path, { throwIfNoEntry: false });
    if (about?.isDirectory()) {
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) lines.push(describe(join(entry.parentPath, entry.name)));
      }
    } else if (about) lines.push(describe(path));
  }
  return fingerprint(lines.toSorted().join('\n'));
}

/** @param {string} file */
function describe(file) {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
}
