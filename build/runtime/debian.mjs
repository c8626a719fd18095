import { findProgram, runQuietly } from './command.mjs';
import { withProgress } from './progress.mjs';
import { Refusal } from './project.mjs';

/**
 * Installs what is missing from the system, as root on Debian and its relatives; otherwise says how to.
 *
 * @param {string[][]} needed packages, each with the names that it has on different releases, newest first
 * @param {string} reason what they are needed for
 * @param {import('./progress.mjs').Log} log
 */
export async function installPackages(needed, reason, log) {
  if (!findProgram('apt-get')) {
    throw new Refusal(
      `Missing on this system, for ${reason}. On Debian and Ubuntu the packages are called\n  ` +
        `${needed.map((names) => names.join(' or ')).join(', ')}\nInstall what your system has in their place, then try again.`,
    );
  }
  if (process.getuid() !== 0) {
    const names = await namesOnThisRelease(needed);
    throw new Refusal(
      `Missing on this system, for ${reason}. Type this, then try again:\n  ` +
        `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
    );
  }
  await withProgress(`Installing system packages for ${reason}`, log, async (report) => {
    const lastLine = (text) => report(text.trim().split('\n').at(-1).slice(0, 60));
    await apt(['update'], lastLine);
    const names = await namesOnThisRelease(needed);
    await apt(['install', '-y', '--no-install-recommends', ...names], lastLine);
  });
}

/** @param {string[]} aptArguments @param {(text: string) => void} onOutput */
async function apt(aptArguments, onOutput) {
  const waiting = ['-o', 'DPkg::Lock::Timeout=300']; // another installation may be under way
  const { status, output } = await runQuietly('apt-get', [...waiting, ...aptArguments], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onOutput,
    mayOutlive: true, // half an installation is worse than one that nobody waits for
  });
  if (status !== 0) throw new Refusal(`apt-get ${aptArguments.join(' ')} failed:\n${output.trim()}`);
}

/** Ubuntu 24.04 and Debian 13 renamed some libraries (…t64): takes the first name that apt can install. @param {string[][]} needed */
async function namesOnThisRelease(needed) {
  const { output } = await runQuietly('apt-cache', ['policy', ...needed.flat()], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  const installable = new Set(
    [...output.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map(
      (match) => match[1],
    ),
  );
  return needed.map((names) => names.find((name) => installable.has(name)) ?? names.at(-1));
}
