import { join } from 'node:path';
import { ensureDatabase } from '../runtime/database.mjs';
import { logToStderr } from '../runtime/progress.mjs';
import { projectFolder, runMain } from '../runtime/project.mjs';
import { runtime } from '../runtime/runtime.mjs';
import { ensureElectronCanRun } from '../runtime/system.mjs';
import { installDependencies } from './install.mjs';
import { checkNodeVersion, continueOnProjectNode, runsOnProjectNode } from './node-version.mjs';

export const cli = join(projectFolder, 'out', 'main', 'cli.js');

/** What these commands say for themselves goes to stderr. */
export const note = logToStderr;

/**
 * The beginning of every command: works on any supported Node, with nothing installed,
 * and goes on with the dependencies in place and on the project's own Node.
 *
 * @param {() => Promise<number | void>} command
 */
export function runCommand(command) {
  return runMain(async () => {
    checkNodeVersion();
    await installDependencies(note);
    return runsOnProjectNode() ? command() : continueOnProjectNode();
  });
}

/** Supplies the Electron, the database binary and the system's libraries. */
export async function prepareRuntime() {
  const found = await runtime({ log: note });
  await ensureElectronCanRun(found.executable, note);
  await ensureDatabase(found, note);
  return found;
}
