/** Draws the rows in sight on a canvas. */
import type { RanBar, TimelineJob } from '../../shared/ipc/timeline';
import type { JobId } from '../../shared/model/ids';
import { colourOf } from './colours';
import type { TimelineColours } from './colours';
import { plannedPlace, ranPlace } from './geometry';
import type { Place } from './geometry';
import type { PlacedBar, PlacedRow } from './lanes';
import { ticksOf, xOf } from './scale';
import type { Span } from './scale';

export interface Scene {
  readonly span: Span;
  readonly width: number;
  readonly height: number;
  /** How far it is scrolled. */
  readonly top: number;
  readonly rowHeight: number;
  readonly firstRow: number;
  readonly rows: readonly (PlacedRow | null)[];
  readonly jobs: ReadonlyMap<JobId, TimelineJob>;
  readonly now: number;
  /** An earlier moment that is looked at; null: now. */
  readonly moment: number | null;
  readonly focus: JobId | null;
  readonly hovered: JobId | null;
  readonly deadlines: readonly number[];
  /** What ends at another time in what is tried out; null: nothing is. */
  readonly changed: ReadonlySet<JobId> | null;
  readonly colours: TimelineColours;
}

const faded = 0.14;
const plannedStrength = 0.42;
const leastLabel = { width: 34, height: 11 } as const;

export function paint(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return;
  fit(canvas, context, scene);
  const { colours, width, height, rowHeight, rows, firstRow, top } = scene;
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, height);
  rows.forEach((_, index) => {
    if ((firstRow + index) % 2 === 0) return;
    context.fillStyle = colours.stripe;
    context.fillRect(0, (firstRow + index) * rowHeight - top, width, rowHeight);
  });
  drawTicks(context, scene);
  context.font = "500 11px 'Inter Variable', system-ui, sans-serif";
  context.textBaseline = 'middle';
  rows.forEach((row, index) => {
    if (row === null) return;
    const y = (firstRow + index) * rowHeight - top;
    for (const bar of row.planned) drawPlanned(context, scene, row, bar, y);
    for (const bar of row.ran) drawRan(context, scene, row, bar, y);
  });
  context.globalAlpha = 1;
  drawLines(context, scene);
}

function fit(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, scene: Scene): void {
  const ratio = window.devicePixelRatio;
  const width = Math.round(scene.width * ratio);
  const height = Math.round(scene.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function drawTicks(context: CanvasRenderingContext2D, { span, width, height, colours }: Scene): void {
  for (const { at, isDay } of ticksOf(span, width)) {
    context.fillStyle = isDay ? colours.dayLine : colours.line;
    context.fillRect(Math.round(xOf(at, span, width)), 0, 1, height);
  }
}

/** The job that is looked for, or in what is tried out those that change, stand before the others. */
function strengthOf(job: JobId, { focus, changed }: Scene): number {
  if (focus !== null) return job === focus ? 1 : faded;
  return changed !== null && !changed.has(job) ? 0.45 : 1;
}

const isOutside = ({ x, width }: Place, scene: Scene): boolean => x > scene.width || x + width < 0;

function drawRan(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: PlacedRow,
  bar: RanBar,
  top: number,
): void {
  const place = ranPlace(row, bar, scene);
  if (isOutside(place, scene)) return;
  const { colours, jobs } = scene;
  const { attempts, ends } = bar;
  const colour = colourOf(bar.job, colours);
  const isFailed = ends.failed > 0 && ends.failed === attempts;
  const box = { ...place, y: top + place.y };
  const strength = strengthOf(bar.job, scene);
  context.globalAlpha = strength * (ends.stopped > 0 && ends.stopped === attempts ? 0.5 : 1);
  context.fillStyle = isFailed ? colours.failed : colour.fill;
  fillBox(context, box);
  if (ends.failed > 0 && !isFailed) {
    context.fillStyle = colours.failed;
    const height = Math.max(Math.min(2, box.height), (box.height * ends.failed) / attempts);
    context.fillRect(box.x, box.y + box.height - height, box.width, height);
  }
  if (!isFailed && !row.isRanDense && box.width > 5) {
    context.fillStyle = colour.edge;
    context.fillRect(box.x, box.y + 1, 2, Math.max(1, box.height - 2));
  }
  if (bar.to === null) {
    context.fillStyle = colours.running;
    context.fillRect(box.x + box.width - 2, box.y, 2, box.height);
  }
  if (bar.job === scene.hovered) outline(context, box, colour.edge);
  const name = jobs.get(bar.job)?.name ?? bar.job;
  const words = isFailed ? `✕ ${name}` : bar.isMixed ? `${name} …` : name;
  if (!row.isRanDense) label(context, scene, box, words, isFailed ? colours.onFailed : colour.text);
}

function drawPlanned(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: PlacedRow,
  bar: PlacedBar,
  top: number,
): void {
  const place = plannedPlace(row, bar, scene);
  const { span, width, colours, jobs, changed } = scene;
  const job = jobs.get(bar.job);
  const late = lateEnd(bar, job);
  const tail = late === null ? 0 : Math.max(0, xOf(late, span, width) - (place.x + place.width));
  if (isOutside({ ...place, width: place.width + tail }, scene)) return;
  const colour = colourOf(bar.job, colours);
  const box = { ...place, y: top + place.y };
  const strength = strengthOf(bar.job, scene);
  context.globalAlpha = strength * plannedStrength;
  context.fillStyle = colour.fill;
  fillBox(context, box);
  if (tail > 1) drawTail(context, box, tail, colour.edge, strength);
  context.globalAlpha = strength * (changed?.has(bar.job) === true ? 1 : 0.6);
  if (box.height > 4) {
    context.setLineDash([3, 3]);
    outline(context, box, colour.edge);
    context.setLineDash([]);
  }
  context.globalAlpha = strength;
  if (bar.job === scene.hovered) outline(context, box, colour.edge);
  label(context, scene, box, job?.name ?? bar.job, colours.text);
}

/** By when the job nearly always has ended, where this is the last of it; null: it is not. */
function lateEnd(bar: PlacedBar, job: TimelineJob | undefined): number | null {
  if (job === undefined || job.p50 === null || job.p90 === null) return null;
  return Math.abs(bar.to - job.p50) <= 1000 ? job.p90 : null;
}

/** From the end that is as likely as not to the one that is nearly sure, ever fainter. */
function drawTail(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Place,
  tail: number,
  colour: string,
  strength: number,
): void {
  const fading = context.createLinearGradient(x + width, 0, x + width + tail, 0);
  fading.addColorStop(0, colour);
  fading.addColorStop(1, 'transparent');
  context.globalAlpha = strength * 0.5;
  context.fillStyle = fading;
  const inset = height * 0.3;
  context.fillRect(x + width, y + inset, tail, height - 2 * inset);
  context.globalAlpha = strength * 0.7;
  context.fillStyle = colour;
  context.fillRect(x + width + tail - 1, y + inset / 2, 1, height - inset);
}

function fillBox(context: CanvasRenderingContext2D, { x, y, width, height }: Place): void {
  if (width < 6 || height < 6) {
    context.fillRect(x, y, width, height);
    return;
  }
  context.beginPath();
  context.roundRect(x, y, width - 0.5, height, 3);
  context.fill();
}

function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Place, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, Math.max(1, width - 1.5), Math.max(1, height - 1), 3);
  context.stroke();
}

function label(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { x, y, width, height }: Place,
  words: string,
  colour: string,
): void {
  const from = Math.max(0, x) + 7;
  const room = Math.min(scene.width, x + width) - from - 4;
  if (room < leastLabel.width - 10 || width < leastLabel.width || height < leastLabel.height) return;
  const fitting = shortened(context, words, room);
  if (fitting === '') return;
  context.fillStyle = colour;
  context.fillText(fitting, from, y + height / 2 + 0.5);
}

const widths = new Map<string, number>();
const mostKept = 5000;

function widthOf(context: CanvasRenderingContext2D, words: string): number {
  const known = widths.get(words);
  if (known !== undefined) return known;
  if (widths.size > mostKept) widths.clear();
  const { width } = context.measureText(words);
  widths.set(words, width);
  return width;
}

/** With dots where it does not fit; nothing where hardly a letter would. */
function shortened(context: CanvasRenderingContext2D, words: string, room: number): string {
  const width = widthOf(context, words);
  if (width <= room) return words;
  const letters = Math.floor((words.length * (room - 8)) / width);
  return letters < 2 ? '' : `${words.slice(0, letters)}…`;
}

function drawLines(context: CanvasRenderingContext2D, scene: Scene): void {
  const { span, width, height, colours, now, moment, deadlines } = scene;
  if (moment !== null) {
    const x = xOf(moment, span, width);
    context.globalAlpha = 0.6;
    context.fillStyle = colours.background;
    if (x < width) context.fillRect(Math.max(0, x), 0, width - Math.max(0, x), height);
    context.globalAlpha = 1;
  }
  context.setLineDash([4, 3]);
  for (const at of deadlines) line(context, xOf(at, span, width), height, colours.deadline, 1);
  context.setLineDash([]);
  line(context, xOf(now, span, width), height, colours.now, moment === null ? 1.5 : 1);
  if (moment !== null) line(context, xOf(moment, span, width), height, colours.moment, 1.5);
}

function line(
  context: CanvasRenderingContext2D,
  x: number,
  height: number,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, 0);
  context.lineTo(Math.round(x) + 0.5, height);
  context.stroke();
}
