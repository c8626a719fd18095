/** The time line of a job's checkpoints: where each stands, and which is next to it. */
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesOf } from '../../shared/model/checkpoint';
import type { CheckpointId } from '../../shared/model/checkpoint';
import { xOf, type Span } from '../timeline/scale';

export interface Mark {
  readonly row: CheckpointRow;
  readonly x: number;
  readonly y: number;
  /** By its size, among the others. */
  readonly radius: number;
  /** Null: it came after none that is to be seen. */
  readonly after: { readonly x: number; readonly y: number } | null;
}

export interface Lane {
  readonly key: string;
  readonly label: string;
  /** From the first saved to the last. */
  readonly marks: readonly Mark[];
}

export const laneHeight = 28;
const margin = 14;
const [smallest, largest] = [4, 8];

/** A little wider than from the first to the last. */
export function spanOf(rows: readonly CheckpointRow[]): Span {
  const times = rows.map(({ madeAt }) => madeAt);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const more = Math.max(5000, (to - from) * 0.02);
  return { from: from - more, to: to + more };
}

/** A lane for each task, in their order. */
export function lanesOf(rows: readonly CheckpointRow[], span: Span, width: number): readonly Lane[] {
  const sizes = rows.map((row) => Math.log(1 + bytesOf(row)));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const keys = [...new Set(rows.map(keyOf))].toSorted(inOrder);
  const laneAt = new Map(keys.map((key, index) => [key, index]));
  const places = new Map<CheckpointId, { readonly x: number; readonly y: number }>();
  for (const row of rows)
    places.set(row.id, {
      x: margin + xOf(row.madeAt, span, Math.max(1, width - 2 * margin)),
      y: ((laneAt.get(keyOf(row)) ?? 0) + 0.5) * laneHeight,
    });
  const marksOf = keys.map((): Mark[] => []);
  for (const [index, row] of rows.entries()) {
    const marks = marksOf[laneAt.get(keyOf(row)) ?? 0];
    const part = most === least ? 0.4 : ((sizes[index] ?? 0) - least) / (most - least);
    const place = places.get(row.id) ?? { x: 0, y: 0 };
    const after = row.parent === null ? null : (places.get(row.parent) ?? null);
    marks?.push({ row, ...place, radius: smallest + part * (largest - smallest), after });
  }
  return keys.map((key, index) => {
    const marks = marksOf[index] ?? [];
    return { key, label: labelOf(marks[0]?.row ?? null), marks: marks.toSorted((a, b) => a.x - b.x) };
  });
}

const keyOf = ({ step, task }: CheckpointRow): string => `${step} ${task}`;

function inOrder(a: string, b: string): number {
  const [stepA = 0, taskA = 0] = a.split(' ').map(Number);
  const [stepB = 0, taskB = 0] = b.split(' ').map(Number);
  return stepA - stepB || taskA - taskB;
}

const labelOf = (row: CheckpointRow | null): string => (row === null ? '' : row.label || row.stepName);

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** Where a key leads from one; without one, to the last of the first lane. */
export function stepFrom(lanes: readonly Lane[], id: CheckpointId | null, step: Step): CheckpointRow | null {
  const at = lanes.findIndex(({ marks }) => marks.some(({ row }) => row.id === id));
  const lane = lanes[Math.max(0, at)];
  if (lane === undefined) return null;
  const index = lane.marks.findIndex(({ row }) => row.id === id);
  const present = lane.marks[index];
  if (present === undefined) return lane.marks.at(-1)?.row ?? null;
  switch (step) {
    case 'first':
      return lane.marks[0]?.row ?? null;
    case 'last':
      return lane.marks.at(-1)?.row ?? null;
    case 'left':
      return (lane.marks[index - 1] ?? present).row;
    case 'right':
      return (lane.marks[index + 1] ?? present).row;
    case 'up':
    case 'down': {
      const next = lanes[at + (step === 'up' ? -1 : 1)];
      return (next === undefined ? present : (nearestIn(next, present.x) ?? present)).row;
    }
  }
}

const nearestIn = ({ marks }: Lane, x: number): Mark | null =>
  marks.reduce<Mark | null>(
    (best, mark) => (best === null || Math.abs(mark.x - x) < Math.abs(best.x - x) ? mark : best),
    null,
  );
