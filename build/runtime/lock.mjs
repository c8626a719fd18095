import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMilliseconds = 2_000;
const abandonedAfterMilliseconds = 15_000;

/**
 * Lets one process at a time do a piece of work. The lock file names its owner and is touched while the
 * work goes on, so one left behind by a crash (or by a process id used again) is taken over by itself.
 *
 * It saves two processes from doing the same work twice. Nothing may depend on it to be correct:
 * results are always made aside and renamed into place.
 *
 * @template T
 * @param {string} path
 * @param {import('./progress.mjs').Log} log
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, log, work) {
  await acquire(path, log);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, heartbeatMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

/** @param {string} path @param {import('./progress.mjs').Log} log */
async function acquire(path, log) {
  for (let told = false; ;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (await isAbandoned(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (!told) log('Another Drover command is preparing the same thing: waiting for it ...');
    told = true;
    await sleep(250);
  }
}

/** @param {string} path */
async function isAbandoned(path) {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > abandonedAfterMilliseconds) return true;
    const owner = Number(await readFile(path, 'utf8'));
    return owner > 0 && !isAlive(owner);
  } catch {
    return false; // released just now: the next try gets it
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
