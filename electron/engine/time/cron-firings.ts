import { readPattern } from './cron-pattern';
import { dayMs, startOfDay, stretchFrom } from './zones';

/**
 * The times of a cron expression strictly after an instant, in order and without end; about a day's
 * at once, as whoever counts the times of years cannot take them one by one.
 *
 * When clocks are changed, they leave out times or show them twice. What is right depends on the hours:
 * - Some hours are named (`30 2 * * *`, also `0 *\/2 * * *`): these are times of the day, and each comes
 *   exactly once on its date. One that is left out comes at the first instant after the gap; one that is
 *   shown twice, only at the first showing. What falls together at the end of a gap is one firing.
 * - All hours match (`*\/30 * * * *`): it is to happen again and again, whatever the hour. It comes
 *   whenever the clocks show a match, at both showings too: otherwise nothing would happen for an hour.
 *   A time that is left out needs no replacement, as the gap takes no real time.
 */
export function* cronFirings(
  expression: string,
  timeZone: string,
  after: number,
): Generator<readonly number[], void> {
  const pattern = readPattern(expression);
  let last = after;
  // A day earlier, to know whether the clocks show this for the second time.
  let from = after - dayMs;
  let reached: number | null = null;
  for (;;) {
    const stretch = stretchFrom(timeZone, from);
    if (stretch === null) return;
    const { to, offset } = stretch;
    const begin: number = pattern.everyHour ? from + offset : (reached ?? from + offset);
    const end = to + offset;
    const matches = pattern.between(begin, end);
    const batch = [];
    for (const match of matches) {
      const at = Math.max(match - offset, from);
      if (at <= last) continue;
      last = at;
      batch.push(at);
    }
    if (batch.length > 0) yield batch;
    reached = Math.max(begin, end);
    from = to;
    if (matches.length > 0) continue;
    // The day before counts too: the next stretch may begin with clocks that were set back into it.
    const day = pattern.dayFrom(startOfDay(end) - dayMs);
    if (day === null) return;
    if (day > end + 2 * dayMs) {
      from = day - dayMs;
      reached = null;
    }
  }
}
