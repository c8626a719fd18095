import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { projectFolder } from '../runtime/project.mjs';

/** A shell's way of telling how a program ended. @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} */
export function exitStatus(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(status ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * Lets a child end in its own way when this program is told to. Ctrl+C in a terminal reaches both by itself,
 * so there it is only kept from ending this program first.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function passSignalsTo(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const pass = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, pass);
    child.once('close', () => process.off(signal, pass));
  }
}

/**
 * Runs a program in the foreground.
 *
 * @param {string} program
 * @param {string[]} programArguments
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit status
 */
export function runInForeground(program, programArguments, options) {
  const child = spawn(program, programArguments, { cwd: projectFolder, stdio: 'inherit', ...options });
  passSignalsTo(child);
  return exitStatus(child);
}

/** Where the person was when they typed the command: npm itself moves to the project's folder. */
export function callersFolder() {
  return process.cwd() === projectFolder ? (process.env.INIT_CWD ?? projectFolder) : process.cwd();
}
