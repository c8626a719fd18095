/** The readings of a node's last hour, as the window keeps them. */
import type { VitalReading } from '../../shared/ipc/nodes';
import type { ChartPoint } from '../ui/chart/geometry';

export type Readings = readonly VitalReading[];
export type Measure = Exclude<keyof VitalReading, 'at'>;

export const hour = 3_600_000;
/** The Host keeps a reading for about each ten seconds. */
const betweenKept = 9_000;

/** From which time on the Host is asked, now that a node feels like this; null: there is nothing new to ask for. */
export function askSince(kept: Readings, latest: VitalReading): number | null {
  const last = kept.at(-1);
  if (last === undefined) return latest.at - hour;
  // The clock was set back: what is here is of a time that is yet to come.
  if (latest.at < last.at) return latest.at - hour;
  return latest.at - last.at >= betweenKept ? last.at : null;
}

/** What was here before `since`, and what was answered from then on; no older than an hour. */
export function mergeReadings(kept: Readings, since: number, answered: Readings): Readings {
  const all = [...kept.filter(({ at }) => at < since), ...answered];
  const end = all.at(-1)?.at ?? 0;
  return all.filter(({ at }) => at >= end - hour);
}

/** The latest is shown before it is kept, and also when it never is. */
export function withLatest(kept: Readings, latest: VitalReading | null): Readings {
  return latest === null || (kept.at(-1)?.at ?? 0) >= latest.at ? kept : [...kept, latest];
}

export const pointsOf = (readings: Readings, measure: Measure): readonly ChartPoint[] =>
  readings.map((reading) => ({ at: reading.at, value: reading[measure] }));

export const isMeasured = (readings: Readings, measure: Measure): boolean =>
  readings.some((reading) => reading[measure] !== null);
