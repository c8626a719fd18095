/** Where rows and lanes are on the screen, for the one who draws and the one who points. */
import type { RanBar } from '../../shared/ipc/timeline';
import type { PlacedBar, PlacedRow } from './lanes';
import { xOf } from './scale';
import type { Span } from './scale';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const padding = 4;
const highestLane = 22;
/** Narrower bars are drawn as wide, so that they are seen. */
const leastWidth = 2;

/** From the top of its row. */
export function laneBox(lanes: number, lane: number, rowHeight: number): { y: number; height: number } {
  const room = rowHeight - 2 * (rowHeight < 30 ? 2 : padding);
  const pitch = Math.min(highestLane + 2, room / lanes);
  const gap = pitch > 8 ? 2 : pitch > 3 ? 1 : 0;
  return { y: (rowHeight - pitch * lanes) / 2 + lane * pitch + gap / 2, height: pitch - gap };
}

export function ranPlace(
  row: PlacedRow,
  bar: RanBar,
  view: { readonly span: Span; readonly width: number; readonly rowHeight: number; readonly now: number },
): Place {
  const { x, width } = sides(bar.from, bar.to ?? view.now, view.span, view.width);
  if (!row.isRanDense) return { x, width, ...laneBox(row.lanes, bar.lane, view.rowHeight) };
  const room = view.rowHeight - 2 * padding;
  const height = Math.max(1, (Math.min(row.lanes, bar.load) / row.lanes) * room);
  return { x, width, y: view.rowHeight - padding - height, height };
}

export function plannedPlace(
  row: PlacedRow,
  bar: PlacedBar,
  view: { readonly span: Span; readonly width: number; readonly rowHeight: number },
): Place {
  // Beside what stands on the ground, this does too.
  const lane = row.isRanDense ? row.lanes - 1 - bar.lane : bar.lane;
  return { ...sides(bar.from, bar.to, view.span, view.width), ...laneBox(row.lanes, lane, view.rowHeight) };
}

function sides(from: number, to: number, span: Span, width: number): { x: number; width: number } {
  const x = xOf(from, span, width);
  return { x, width: Math.max(leastWidth, xOf(to, span, width) - x) };
}

export type Hit =
  | { readonly kind: 'ran'; readonly bar: RanBar; readonly place: Place }
  | { readonly kind: 'planned'; readonly bar: PlacedBar; readonly place: Place };

/** The bar at a point of a row; thin ones are easier to hit than they look. */
export function barAt(
  row: PlacedRow,
  x: number,
  y: number,
  view: Parameters<typeof ranPlace>[2],
): Hit | null {
  const hits: readonly Hit[] = [
    ...row.ran.map((bar) => ({ kind: 'ran' as const, bar, place: ranPlace(row, bar, view) })),
    ...row.planned.map((bar) => ({ kind: 'planned' as const, bar, place: plannedPlace(row, bar, view) })),
  ];
  const slack = 2;
  const near = hits.filter(
    ({ place }) =>
      x >= place.x - slack &&
      x <= place.x + place.width + slack &&
      y >= place.y - slack &&
      y <= place.y + place.height + slack,
  );
  const inside = near.find(
    ({ place }) => x >= place.x && x <= place.x + place.width && y >= place.y && y <= place.y + place.height,
  );
  return inside ?? near[0] ?? null;
}
