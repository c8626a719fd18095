import { taskStates } from '../../../shared/model/states';
import type { TaskState } from '../../../shared/model/states';
import { hasTask, type TaskRanges } from '../../../shared/model/task-ranges';
import { cellsInSight, placeOf } from './geometry';
import type { GridShape } from './geometry';

export interface GridColours {
  readonly cells: Readonly<Record<TaskState, string>>;
  /** Marks and labels on a cell. */
  readonly marks: Readonly<Record<TaskState, string>>;
  readonly background: string;
  readonly selection: string;
  readonly hover: string;
  /** Behind the cells of selected tasks. */
  readonly band: string;
}

/** All that a picture of the grid is made from, but for how far it is scrolled. */
export interface GridPicture {
  readonly shape: GridShape;
  readonly width: number;
  readonly height: number;
  readonly states: Uint8Array;
  /** The tasks shown, when not all are: the grid's cells in order. */
  readonly shown: Uint32Array | null;
  readonly selected: number | null;
  readonly hovered: number | null;
  /** A single one has only its frame. */
  readonly marked: TaskRanges;
  /** Of each state, whether its tasks stand out; null: all do. */
  readonly lit: readonly boolean[] | null;
  readonly colours: GridColours;
  readonly labels: readonly string[] | null;
}

export interface GridScene extends GridPicture {
  readonly top: number;
}

const labelledPitch = 38;
const markedPitch = 11;
/** More running cells than this in sight do not pulse: it would cost more than it tells. */
const mostPulsing = 600;

/** Draws the cells in sight on a canvas, and again only what changed. */
export class GridPainter {
  private scene: GridScene | null = null;
  private version = 0;
  private readonly context: CanvasRenderingContext2D | null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d', { alpha: false });
  }

  /** `changed` is what differs from the version before this one; null: everything may. */
  show(scene: GridScene, version: number, changed: readonly number[] | null): void {
    const isNext = version === this.version + 1 && changed !== null;
    if (isNext && this.scene !== null && isSameButStates(this.scene, scene)) this.drawChanged(scene, changed);
    else this.draw(scene);
    this.version = version;
  }

  /** Draws everything in sight. */
  private draw(scene: GridScene): void {
    this.scene = scene;
    const { context } = this;
    if (context === null) return;
    this.fitCanvas(scene, context);
    context.fillStyle = scene.colours.background;
    context.fillRect(0, 0, scene.width, scene.height);
    const { first, end } = cellsInSight(scene.shape, scene.top, scene.height);
    if (scene.marked.length > 0) this.drawBands(scene, context, first, end);
    // Cells of one colour in one go: changing the colour costs more than a cell.
    taskStates.forEach((state, code) => this.drawCellsOf(scene, context, state, code, first, end));
    if (scene.shape.pitch >= labelledPitch && scene.labels !== null)
      this.drawLabels(scene, context, first, end);
    this.drawFrames(scene, context);
  }

  /** Draws only these tasks anew, where they are in sight. For a scene that differs in nothing else. */
  private drawChanged(scene: GridScene, tasks: readonly number[]): void {
    const { context } = this;
    if (context === null || scene.shown !== null || tasks.length > 2000) {
      this.draw(scene);
      return;
    }
    this.scene = scene;
    const { first, end } = cellsInSight(scene.shape, scene.top, scene.height);
    for (const task of tasks) if (task >= first && task < end) this.redrawCell(scene, context, task, 1);
    this.redrawFrames(scene, context);
  }

  /** One moment of the pulse of running cells: 0 to 1. */
  pulse(phase: number): void {
    const { scene, context } = this;
    if (scene === null || context === null) return;
    const running = this.runningInSight(scene);
    if (running.length === 0 || running.length > mostPulsing) return;
    const strength = 0.84 + 0.16 * Math.cos(phase * 2 * Math.PI);
    for (const cell of running) this.redrawCell(scene, context, cell, strength);
    if (scene.selected === null || running.includes(scene.selected)) this.drawFrames(scene, context);
    else this.redrawFrames(scene, context);
  }

  private runningInSight(scene: GridScene): readonly number[] {
    const running = taskStates.indexOf('RUNNING');
    const { first, end } = cellsInSight(scene.shape, scene.top, scene.height);
    const cells: number[] = [];
    for (let cell = first; cell < end; cell++)
      if (scene.states[taskOf(scene, cell)] === running) cells.push(cell);
    return cells;
  }

  private fitCanvas(scene: GridScene, context: CanvasRenderingContext2D): void {
    const ratio = window.devicePixelRatio;
    const width = Math.round(scene.width * ratio);
    const height = Math.round(scene.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  private drawCellsOf(
    scene: GridScene,
    context: CanvasRenderingContext2D,
    state: TaskState,
    code: number,
    first: number,
    end: number,
  ): void {
    const cells: number[] = [];
    for (let cell = first; cell < end; cell++)
      if ((scene.states[taskOf(scene, cell)] ?? 0) === code) cells.push(cell);
    if (cells.length === 0) return;
    context.globalAlpha = strengthOf(scene, code);
    context.fillStyle = scene.colours.cells[state];
    fillCells(scene, context, cells);
    drawMarks(scene, context, state, cells);
    context.globalAlpha = 1;
  }

  /** As text is marked: the selected cells of a row lie on one band. */
  private drawBands(scene: GridScene, context: CanvasRenderingContext2D, first: number, end: number): void {
    const { pitch, gap } = scene.shape;
    context.fillStyle = scene.colours.band;
    for (let cell = first; cell < end; cell++) {
      if (!hasTask(scene.marked, taskOf(scene, cell))) continue;
      const { x, y } = placeOf(scene.shape, cell);
      context.fillRect(x - gap / 2, y - gap / 2 - scene.top, pitch, pitch);
    }
  }

  private redrawCell(
    scene: GridScene,
    context: CanvasRenderingContext2D,
    cell: number,
    strength: number,
  ): void {
    const { x, y } = placeOf(scene.shape, cell);
    const size = scene.shape.pitch - scene.shape.gap;
    const code = scene.states[taskOf(scene, cell)] ?? 0;
    const state = taskStates[code] ?? 'PENDING';
    // With a frame there is something to clear around it; with bands, those of the cells beside it are there.
    const around = scene.marked.length > 0 ? scene.shape.gap / 2 : 2;
    context.fillStyle = scene.colours.background;
    context.fillRect(x - around, y - around - scene.top, size + 2 * around, size + 2 * around);
    if (scene.marked.length > 0) this.drawBands(scene, context, cell, cell + 1);
    context.globalAlpha = strength * strengthOf(scene, code);
    context.fillStyle = scene.colours.cells[state];
    fillCells(scene, context, [cell]);
    context.globalAlpha = strengthOf(scene, code);
    drawMarks(scene, context, state, [cell]);
    context.globalAlpha = 1;
    if (scene.shape.pitch >= labelledPitch && scene.labels !== null)
      this.drawLabels(scene, context, cell, cell + 1);
  }

  private drawLabels(scene: GridScene, context: CanvasRenderingContext2D, first: number, end: number): void {
    const size = scene.shape.pitch - scene.shape.gap;
    context.font = `550 ${scene.shape.pitch >= 50 ? 13 : 11}px 'Inter Variable', sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let cell = first; cell < end; cell++) {
      const task = taskOf(scene, cell);
      const label = scene.labels?.[task];
      if (label === undefined || label === '') continue;
      const { x, y } = placeOf(scene.shape, cell);
      const code = scene.states[task] ?? 0;
      context.globalAlpha = strengthOf(scene, code);
      context.fillStyle = scene.colours.marks[taskStates[code] ?? 'PENDING'];
      context.fillText(label, x + size / 2, y + size / 2 + 0.5 - scene.top, size - 4);
    }
    context.globalAlpha = 1;
  }

  /** Frames drawn over themselves again and again would grow rough edges. */
  private redrawFrames(scene: GridScene, context: CanvasRenderingContext2D): void {
    for (const cell of [scene.hovered, scene.selected])
      if (cell !== null) this.redrawCell(scene, context, cell, 1);
    this.drawFrames(scene, context);
  }

  private drawFrames(scene: GridScene, context: CanvasRenderingContext2D): void {
    if (scene.hovered !== null && scene.hovered !== scene.selected)
      drawFrame(scene, context, scene.hovered, scene.colours.hover, 1);
    if (scene.selected !== null) drawFrame(scene, context, scene.selected, scene.colours.selection, 2);
  }
}

function isSameButStates(a: GridScene, b: GridScene): boolean {
  return (
    a.shape === b.shape &&
    a.top === b.top &&
    a.width === b.width &&
    a.height === b.height &&
    a.states === b.states &&
    a.shown === b.shown &&
    a.selected === b.selected &&
    a.hovered === b.hovered &&
    a.marked === b.marked &&
    a.lit === b.lit &&
    a.colours === b.colours &&
    a.labels === b.labels
  );
}

/** Of tasks that do not stand out so much is left. */
const dimmed = 0.18;

const strengthOf = ({ lit }: GridScene, code: number): number => (lit?.[code] === false ? dimmed : 1);

const taskOf = (scene: GridScene, cell: number): number => scene.shown?.[cell] ?? cell;

function fillCells(
  { shape, top }: GridScene,
  context: CanvasRenderingContext2D,
  cells: readonly number[],
): void {
  const size = shape.pitch - shape.gap;
  const radius = shape.pitch >= 50 ? 7 : shape.pitch >= 24 ? 4 : shape.pitch >= 15 ? 2.5 : 0;
  if (radius > 0) context.beginPath();
  for (const cell of cells) {
    const { x, y } = placeOf(shape, cell);
    if (radius > 0) context.roundRect(x, y - top, size, size, radius);
    else context.fillRect(x, y - top, size, size);
  }
  if (radius > 0) context.fill();
}

/** Shapes beside the colours: a cross on failed cells, a stroke through cancelled ones, a dot on running ones. */
function drawMarks(
  scene: GridScene,
  context: CanvasRenderingContext2D,
  state: TaskState,
  cells: readonly number[],
): void {
  const { shape, top, labels } = scene;
  if (shape.pitch < markedPitch || (state !== 'FAILED' && state !== 'CANCELLED' && state !== 'RUNNING'))
    return;
  const size = shape.pitch - shape.gap;
  const isLabelled = shape.pitch >= labelledPitch && labels !== null;
  const inset = size * 0.3;
  context.strokeStyle = scene.colours.marks[state];
  context.lineWidth = isLabelled ? 1.6 : Math.max(1.2, size / 14);
  context.beginPath();
  for (const cell of cells) {
    const place = placeOf(shape, cell);
    // On a labelled cell the mark sits in the corner, on others in the middle.
    const scale = isLabelled ? 15 / size : 1;
    const left = place.x + (isLabelled ? size - 15 : 0);
    const upper = place.y - top;
    const near = inset * scale;
    const far = (size - inset) * scale;
    if (state === 'RUNNING') {
      context.moveTo(left + (size * scale) / 2 + near * 0.5, upper + (size * scale) / 2);
      context.arc(left + (size * scale) / 2, upper + (size * scale) / 2, near * 0.5, 0, 2 * Math.PI);
      continue;
    }
    context.moveTo(left + near, upper + far);
    context.lineTo(left + far, upper + near);
    if (state === 'FAILED') {
      context.moveTo(left + near, upper + near);
      context.lineTo(left + far, upper + far);
    }
  }
  context.stroke();
}

function drawFrame(
  { shape, top }: GridScene,
  context: CanvasRenderingContext2D,
  cell: number,
  colour: string,
  width: number,
): void {
  const { x, y } = placeOf(shape, cell);
  const size = shape.pitch - shape.gap;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.roundRect(
    x - 1,
    y - 1 - top,
    size + 2,
    size + 2,
    shape.pitch >= 50 ? 8 : shape.pitch >= 24 ? 5 : 2,
  );
  context.stroke();
}
