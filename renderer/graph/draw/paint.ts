/** The whole graph on a canvas: for the small map, and for so many nodes that they are only seen as spots. */
import type { LiveGraph } from '../../live/values';
import { standingOf } from '../model/standing';
import type { DrawnNode } from '../model/drawn';
import type { DependencyState, JobState } from '../../../shared/model/states';
import type { Stroke } from './strokes';

export interface Spot {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly drawn: DrawnNode;
  readonly isSelected: boolean;
}
/** How the plane is shown: a point is at `x * zoom + shift`. */
export interface Window {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export function stateOf({ jobs }: LiveGraph, drawn: DrawnNode): JobState {
  switch (drawn.kind) {
    case 'stack':
      return standingOf(drawn.jobs.flatMap((id) => jobs.get(id) ?? [])).state;
    case 'step':
      return jobs.get(drawn.job)?.steps[drawn.step]?.state ?? 'PENDING';
    case 'job':
    case 'open':
      return jobs.get(drawn.job)?.state ?? 'PENDING';
  }
}

/** What of the colours on the page a canvas has to be told. */
export interface Colours {
  readonly lines: Readonly<Record<DependencyState, string>>;
  readonly selected: string;
  state(state: JobState): string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const known = new Map<JobState, string>();
  return {
    lines: {
      PENDING: style.getPropertyValue('--state-pending'),
      SATISFIED: style.getPropertyValue('--state-completed'),
      FAILED: style.getPropertyValue('--state-failed'),
      BYPASSED: style.getPropertyValue('--state-cancelled'),
    },
    selected: style.getPropertyValue('--mantine-color-iris-5'),
    state: (state) => {
      const colour = known.get(state) ?? style.getPropertyValue(`--cell-${state.toLowerCase()}`);
      known.set(state, colour);
      return colour;
    },
  };
}

/** Fits a canvas to its element; null: there is nothing to draw on. */
export function prepared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const { clientWidth, clientHeight } = canvas;
  const scale = window.devicePixelRatio;
  const [width, height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  context?.clearRect(0, 0, clientWidth, clientHeight);
  return context;
}

const dashes: Readonly<Record<DependencyState, readonly number[]>> = {
  PENDING: [],
  SATISFIED: [],
  FAILED: [8, 3, 2, 3],
  BYPASSED: [2, 4],
};

/** The lines as they are between cards; those out of sight are left out. */
export function paintLines(
  context: CanvasRenderingContext2D,
  { zoom, x, y }: Window,
  strokes: readonly Stroke[],
  stateOfLine: (stroke: Stroke) => DependencyState,
  { lines }: Colours,
): void {
  const { clientWidth, clientHeight } = context.canvas;
  const [left, top] = [-x / zoom, -y / zoom];
  const [right, bottom] = [left + clientWidth / zoom, top + clientHeight / zoom];
  context.save();
  context.transform(zoom, 0, 0, zoom, x, y);
  context.lineWidth = 1.5;
  const inSight = strokes.filter(
    (stroke) => stroke.left < right && stroke.right > left && stroke.top < bottom && stroke.bottom > top,
  );
  for (const stroke of inSight) {
    const state = stateOfLine(stroke);
    context.strokeStyle = lines[state];
    context.setLineDash(dashes[state]);
    context.stroke(stroke.path);
  }
  context.restore();
}

/** The lines where cards are spots: thin, and straight between their bends. */
export function paintThinLines(
  context: CanvasRenderingContext2D,
  { zoom, x, y }: Window,
  strokes: readonly Stroke[],
  { lines }: Colours,
): void {
  const { clientWidth, clientHeight } = context.canvas;
  context.strokeStyle = lines.PENDING;
  context.globalAlpha = 0.4;
  context.lineWidth = 1;
  context.beginPath();
  for (const { from, to, bends, left, right, top, bottom } of strokes) {
    if (left * zoom + x > clientWidth || right * zoom + x < 0) continue;
    if (top * zoom + y > clientHeight || bottom * zoom + y < 0) continue;
    context.moveTo(from.x * zoom + x, from.y * zoom + y);
    for (const bend of bends) context.lineTo(bend.x * zoom + x, bend.y * zoom + y);
    context.lineTo(to.x * zoom + x, to.y * zoom + y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

export function paintSpots(
  context: CanvasRenderingContext2D,
  { zoom, x, y }: Window,
  spots: readonly Spot[],
  stateOfSpot: (spot: Spot) => JobState,
  colours: Colours,
): void {
  const across = (at: number): number => at * zoom + x;
  const down = (at: number): number => at * zoom + y;
  const { clientWidth, clientHeight } = context.canvas;
  const byState = new Map<JobState, Spot[]>();
  for (const spot of spots) {
    const [left, top] = [across(spot.x), down(spot.y)];
    if (left > clientWidth || top > clientHeight) continue;
    if (left + spot.width * zoom < 0 || top + spot.height * zoom < 0) continue;
    const state = stateOfSpot(spot);
    const own = byState.get(state);
    if (own === undefined) byState.set(state, [spot]);
    else own.push(spot);
  }
  for (const [state, own] of byState) {
    context.fillStyle = colours.state(state);
    for (const spot of own) {
      context.globalAlpha = spot.drawn.kind === 'open' ? 0.25 : 1;
      context.fillRect(
        across(spot.x),
        down(spot.y),
        Math.max(1.5, spot.width * zoom),
        Math.max(1.5, spot.height * zoom),
      );
    }
  }
  context.globalAlpha = 1;
  context.strokeStyle = colours.selected;
  context.lineWidth = 2;
  for (const spot of spots) {
    if (!spot.isSelected) continue;
    context.strokeRect(
      across(spot.x) - 2,
      down(spot.y) - 2,
      Math.max(4, spot.width * zoom) + 4,
      Math.max(4, spot.height * zoom) + 4,
    );
  }
}

export function spotAt(
  spots: readonly Spot[],
  { x, y }: { x: number; y: number },
  near: number,
): Spot | null {
  const hit = spots.find(
    (spot) =>
      x > spot.x - near &&
      x < spot.x + spot.width + near &&
      y > spot.y - near &&
      y < spot.y + spot.height + near,
  );
  return hit ?? null;
}
