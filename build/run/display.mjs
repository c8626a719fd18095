import { spawn } from 'node:child_process';
import { projectFolder, Refusal } from '../runtime/project.mjs';
import { describeRuntime } from '../runtime/runtime.mjs';
import { ensureSandbox, ensureVirtualScreen } from '../runtime/system.mjs';
import { note } from './prepare.mjs';

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * How this checkout is opened in Electron.
 *
 * @param {import('../runtime/runtime.mjs').Runtime} runtime
 */
export async function windowCommand(runtime) {
  note(describeRuntime(runtime));
  const options = [];
  if (process.platform === 'linux') {
    // Chromium refuses to sandbox root. For everyone else the sandbox stays.
    if (process.getuid() === 0) options.push('--no-sandbox');
    else await ensureSandbox(runtime.dist);
    if (!process.env.DISPLAY) options.push('--ozone-platform-hint=auto');
  }
  return { program: runtime.executable, leading: [...options, projectFolder] };
}

/**
 * Runs work on a screen that nobody sees, so that tests neither need nor disturb the one in front of the developer.
 *
 * @template T
 * @param {(environment: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function onVirtualScreen(work) {
  if (process.platform !== 'linux') return work(process.env);
  await ensureVirtualScreen(note);
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = () => screen.kill();
  process.once('exit', stop);
  try {
    const environment = { ...process.env, DISPLAY: `:${await displayNumber(screen)}` };
    delete environment.WAYLAND_DISPLAY;
    return await work(environment);
  } finally {
    process.off('exit', stop);
    stop();
  }
}

/** Xvfb picks a free number itself and writes it once it is ready. @param {import('node:child_process').ChildProcess} screen @returns {Promise<string>} */
function displayNumber(screen) {
  return new Promise((resolve, reject) => {
    let complaints = '';
    screen.stderr.on('data', (chunk) => (complaints += chunk));
    screen.stdio[3].once('data', (chunk) => resolve(String(chunk).trim()));
    screen.once('error', reject);
    screen.once('close', () => reject(new Refusal(`Xvfb did not start:\n${complaints.trim()}`)));
  });
}
