import { join } from 'node:path';
import { projectFolder, Refusal } from '../runtime/project.mjs';
import { officialVersion } from '../runtime/official.mjs';
import { runProgram } from './runners.mjs';

/** Makes the unpacked app in dist/, offline, from the Electron that this checkout runs on. @param {import('../runtime/runtime.mjs').Runtime} runtime */
export function packApp({ dist, version }) {
  return electronBuilder(['--dir', `-c.electronDist=${dist}`, `-c.electronVersion=${version}`]);
}

/** Makes the installers of this platform. They ship the official Electron, which electron-builder fetches itself. */
export function makeInstallers() {
  return electronBuilder([`-c.electronVersion=${officialVersion}`]);
}

/** Where packApp leaves the program that people start. */
export function packedExecutable() {
  const arm = process.arch === 'arm64' ? '-arm64' : '';
  const places = {
    linux: [`linux${arm}-unpacked`, 'drover'],
    darwin: [`mac${arm}`, 'Drover.app', 'Contents', 'MacOS', 'Drover'],
    win32: [`win${arm}-unpacked`, 'Drover.exe'],
  };
  return join(projectFolder, 'dist', ...places[process.platform]);
}

/** @param {string[]} options */
async function electronBuilder(options) {
  const status = await runProgram('electron-builder', [
    '--config',
    'build/packaging/electron-builder.yml',
    '--publish',
    'never',
    ...options,
  ]);
  if (status !== 0)
    throw new Refusal(`electron-builder ended with status ${status}: its own words are above.`);
}
