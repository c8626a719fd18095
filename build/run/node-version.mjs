import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectFolder, Refusal } from '../runtime/project.mjs';
import { exitStatus, passSignalsTo } from './processes.mjs';

const oldest = [20, 19];

/** The Node of the `node` dev dependency: the same on every machine, and new enough for everything installed. */
export const projectNode = join(
  projectFolder,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

export function checkNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new Refusal(
    `This is Node ${process.versions.node}; Drover needs Node ${oldest.join('.')} or newer to start from its sources.\n` +
      'Install a newer Node (https://nodejs.org), then try again.',
  );
}

export function runsOnProjectNode() {
  return existsSync(projectNode) && realpathSync(process.execPath) === realpathSync(projectNode);
}

/**
 * Starts this same command again on the project's Node. The first one may run on the machine's own,
 * which can be one on which better-sqlite3 crashes.
 *
 * @returns {Promise<number>} its exit status
 */
export async function continueOnProjectNode() {
  if (!existsSync(projectNode)) {
    throw new Refusal(
      `The package "node" is installed without its program (${projectNode}).\n` +
        'Its install script was not run: check that npm does not ignore scripts (npm config get ignore-scripts),\n' +
        'then delete node_modules and try again.',
    );
  }
  const binaries = join(projectFolder, 'node_modules', '.bin');
  const child = spawn(projectNode, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` },
  });
  passSignalsTo(child);
  return exitStatus(child);
}
