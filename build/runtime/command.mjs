import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Runs a program to its end and keeps what it printed.
 *
 * @param {string} program
 * @param {string[]} programArguments
 * @param {import('node:child_process').SpawnOptions & { onOutput?: (text: string) => void, mayOutlive?: boolean }} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export function runQuietly(program, programArguments, { onOutput, mayOutlive = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const guard = mayOutlive ? [] : childGuard();
    const [first, ...rest] = [...guard, program, ...programArguments];
    const child = spawn(first, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      onOutput?.(String(chunk));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({ status: status ?? 1, output: signal ? `${output}\n(${signal})` : output }),
    );
  });
}

/**
 * On Linux a child is made to end with this program, even by `kill -9`: an npm that went on alone
 * would disturb the one that the next start runs in the same folder.
 */
function childGuard() {
  if (process.platform !== 'linux') return [];
  const guard = ['setpriv', '--pdeathsig', 'KILL'];
  guardWorks ??= spawnSync(guard[0], [...guard.slice(1), 'true']).status === 0;
  return guardWorks ? guard : [];
}

/** @type {boolean | undefined} */
let guardWorks;

/** @param {string} program @returns {string | undefined} where the shell would find it */
export function findProgram(program) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
