/** Where the bars of a node lie: what ran in the lanes of the Host, what is expected beside and after it. */
import type { PlannedBar, RanBar, RanRow } from '../../shared/ipc/timeline';

export interface PlacedBar extends PlannedBar {
  readonly lane: number;
}

export interface PlacedRow {
  /** As many as what ran and what is expected need; of what lies too close for lanes, how much there is at most. */
  readonly lanes: number;
  readonly ran: readonly RanBar[];
  readonly isRanDense: boolean;
  readonly planned: readonly PlacedBar[];
}

/** What runs goes on in its lane; the rest lies in the first that is free. */
export function placed(row: RanRow | undefined, planned: readonly PlannedBar[], now: number): PlacedRow {
  const ran = row?.bars ?? [];
  const isRanDense = row?.isDense ?? false;
  const running = isRanDense ? [] : ran.filter(({ to }) => to === null);
  const freeFrom: number[] = [];
  // What nothing more is expected of should end at any moment.
  for (const { lane } of running) freeFrom[lane] = now;
  const left = new Set(running);
  const bars: PlacedBar[] = [];
  const later: PlannedBar[] = [];
  for (const bar of planned) {
    if (bar.to <= now) continue;
    const hasBegun = bar.runs || bar.from <= now;
    const goesOn = [...left].find(({ job, step }) => hasBegun && job === bar.job && step === bar.step);
    if (goesOn === undefined) {
      later.push(bar);
      continue;
    }
    left.delete(goesOn);
    freeFrom[goesOn.lane] = bar.to;
    bars.push({ ...bar, from: now, lane: goesOn.lane });
  }
  for (const bar of later.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(bar.from, now);
    const lane = firstFree(freeFrom, from);
    freeFrom[lane] = bar.to;
    bars.push({ ...bar, from, lane });
  }
  const lanes = Math.max(1, row?.lanes ?? 1, ...bars.map(({ lane }) => lane + 1));
  return { lanes, ran, isRanDense, planned: bars };
}

function firstFree(freeFrom: readonly (number | undefined)[], from: number): number {
  for (let lane = 0; lane < freeFrom.length; lane++) if ((freeFrom[lane] ?? 0) <= from) return lane;
  return freeFrom.length;
}

/** How many attempts ran on a node at a moment, as far as the bars tell. */
export function runningAt({ ran, isRanDense }: PlacedRow, moment: number): number {
  const there = ran.filter(({ from, to }) => from <= moment && (to ?? Infinity) > moment);
  return isRanDense ? Math.round(there.reduce((sum, { load }) => sum + load, 0)) : there.length;
}
