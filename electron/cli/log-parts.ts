import type { MatchedLine } from '../../shared/ipc/logs';
import type { TaskPlace } from '../../shared/ipc/job';
import type { Farm } from './farm';
import { valueOf } from './outcome';
import { readersReady } from './run';

/** So many lines are asked for at once. */
const atOnce = 100;

/** Calls for each line of a log that holds a text, the first of them first. */
export async function matchingLines(
  farm: Farm,
  place: TaskPlace,
  text: string,
  onLine: (line: MatchedLine) => void,
): Promise<void> {
  let told = -1;
  for (let from = 0; ;) {
    const search = { ...place, text, direction: 'forwards', from, most: atOnce, withLines: true } as const;
    const found = valueOf(await farm.client.request('log.search', search));
    for (const { line } of found.matches) {
      if (line === null || line.at <= told) continue;
      onLine(line);
      told = line.at;
    }
    await readersReady();
    if (found.toEnd) return;
    from = found.to;
  }
}

/** The byte where the last so many lines of a log begin; null: all of them. Only what comes after it is read. */
export async function startOfTail(farm: Farm, place: TaskPlace, lines: number | null): Promise<number> {
  if (lines === null) return 0;
  let missing = lines;
  for (let from = Number.MAX_SAFE_INTEGER; ;) {
    const most = Math.min(1000, missing + 1);
    const search = { ...place, text: '\n', direction: 'backwards', from, most, withLines: false } as const;
    const found = valueOf(await farm.client.request('log.search', search));
    // No line begins behind the last byte.
    const ends = found.matches.map(({ at }) => at).filter((at) => at < found.size - 1);
    const end = ends.at(-missing);
    if (end !== undefined) return end + 1;
    if (found.toEnd) return 0;
    missing -= ends.length;
    from = found.to;
  }
}
