import { runSeed } from './run-seed';
import { report } from './shrink';

export interface Totals {
  seeds: number;
  events: number;
  facts: number;
  attempts: number;
  hosts: number;
  readonly happened: Map<string, number>;
}

/** Runs seeds until one fails. Null: none did; otherwise what was broken, in words. */
export async function simulate(
  first: number,
  count: number,
  onSeed: (seed: number, totals: Totals) => Promise<void> | void,
): Promise<string | null> {
  const totals: Totals = { seeds: 0, events: 0, facts: 0, attempts: 0, hosts: 0, happened: new Map() };
  for (let seed = first; seed < first + count; seed++) {
    const { complaint, statistics } = await runSeed(seed);
    totals.seeds++;
    totals.events += statistics.events;
    totals.facts += statistics.facts;
    totals.attempts += statistics.attempts;
    totals.hosts += statistics.hosts;
    for (const [what, times] of statistics.happened)
      totals.happened.set(what, (totals.happened.get(what) ?? 0) + times);
    await onSeed(seed, totals);
    if (complaint !== null) return report(seed, complaint);
  }
  return null;
}
