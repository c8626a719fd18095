/** Which of the files that steps name are on this machine. */
import { stat } from 'node:fs/promises';
import { AtOnce } from '../nodes/files/at-once';
import { pathHere, type Look } from './looks';

const mostAtOnce = 8;
/** More than any recipe that somebody wrote names. */
const mostFiles = 2000;

/** A disk that hangs is not waited for: what is on it counts as not there. */
export async function filesHere(looks: readonly Look[], signal: AbortSignal): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const paths = new Set(
    looks.flatMap((look) =>
      look.wanted
        .filter(({ kind }) => kind === 'file' || kind === 'run')
        .map((wanted) => pathHere(look, wanted)),
    ),
  );
  const gate = new AtOnce(mostAtOnce);
  const all = [...paths].slice(0, mostFiles).map((path) =>
    gate.do(async () => {
      const about = await stat(path).catch(() => null);
      if (about?.isFile() === true) found.add(path);
    }),
  );
  await Promise.race([Promise.all(all), new Promise((done) => signal.addEventListener('abort', done))]);
  return new Set(found);
}
