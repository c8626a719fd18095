/** @typedef {(line: string) => void} Log */

/** Notes go to stderr: stdout belongs to what a command is asked to print. @type {Log} */
export const logToStderr = (line) => void process.stderr.write(`${line}\n`);

const secondsBetweenLines = 10;

/**
 * Says what a slow step is doing and how far it is: a line that renews itself in a terminal,
 * a line every few seconds in a log file.
 *
 * @template T
 * @param {string} title
 * @param {Log} log
 * @param {(report: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, log, work) {
  const started = Date.now();
  const live = process.stderr.isTTY && log === logToStderr;
  let detail = '';
  let ticks = 0;
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const line = () => `${title}: ${detail === '' ? '' : `${detail}, `}${elapsed()}`;
  const clear = () => live && process.stderr.write('\r\u001b[2K');

  if (live) process.stderr.write(`${title} ...`);
  else log(`${title} ...`);
  const timer = setInterval(() => {
    ticks += 1;
    if (live) process.stderr.write(`\r\u001b[2K${line().slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else if (ticks % secondsBetweenLines === 0) log(line());
  }, 1000);
  try {
    const result = await work((text) => void (detail = text));
    clear();
    log(`${title}: done in ${elapsed()}`);
    return result;
  } catch (error) {
    clear();
    log(`${title}: failed after ${elapsed()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
