/** Where a curve of intervals and what they cost is drawn: longer ones further right, by factors. */
import type { CurvePoint, IntervalPlan } from '../../shared/model/interval';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What costs more than so many times the least is above the upper edge. */
const highest = 6;

export function placesOf(
  { curve, dalyMs, lostMs, present }: Pick<IntervalPlan, 'curve' | 'dalyMs' | 'lostMs' | 'present'>,
  width: number,
  height: number,
): { readonly points: readonly Place[]; readonly proposed: Place; readonly present: Place | null } {
  const [first = dalyMs, last = dalyMs] = [curve[0]?.intervalMs, curve.at(-1)?.intervalMs];
  const breadth = Math.log(last / first) || 1;
  const place = (point: CurvePoint): Place => ({
    x: width * Math.min(1, Math.max(0, Math.log(point.intervalMs / first) / breadth)),
    y: height * (1 - Math.min(1, point.lostMs / (highest * lostMs))),
  });
  return {
    points: curve.map(place),
    proposed: place({ intervalMs: dalyMs, lostMs }),
    present: present === null ? null : place(present),
  };
}

export const lineOf = (points: readonly Place[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ');

export const areaOf = (points: readonly Place[], height: number): string =>
  points.length === 0
    ? ''
    : `${lineOf(points)} L${points.at(-1)?.x.toFixed(1)} ${height} L${points[0]?.x.toFixed(1)} ${height} Z`;
