/** Where rows can be put among those of the same priority, and why not elsewhere. */
import type { JobRow } from '../../../shared/ipc/queue';
import type { JobId } from '../../../shared/model/ids';
import { isEnded } from '../../../shared/model/states';
import type { Sort } from '../../ui/table/columns';
import type { QueueRow } from '../rows';
import { isByTurns } from '../sort';
import { sumOf } from '../sums';

export type Side = 'before' | 'after';

/** As the Host is told of it. */
export interface Move {
  readonly kind: 'move';
  readonly jobs: readonly JobId[];
  readonly side: Side;
  readonly beside: JobId;
}

export interface NoMove {
  readonly kind: 'refused';
  readonly why: string;
}

const refused = (why: string): NoMove => ({ kind: 'refused', why });

export const notByTurns =
  'Sort by priority, the highest first: then rows stand in the order of their turns, and can be moved.';

/** Why a row cannot be moved at all; null: it can. */
export function problemWithMoving(row: QueueRow, sort: Sort | null): string | null {
  if (row.kind === 'step') return 'The steps of a job stay in their order: it is part of the recipe.';
  if (openOf(row).length === 0) return `${nameOf(row)} has ended: it has no turn any more.`;
  return isByTurns(sort) ? null : notByTurns;
}

/** What it means to put rows beside another one. */
export function moveOf(
  moved: readonly QueueRow[],
  to: QueueRow,
  side: Side,
  sort: Sort | null,
): Move | NoMove {
  const [first] = moved;
  if (first === undefined) return refused('Nothing is moved.');
  const problem = moved.map((row) => problemWithMoving(row, sort)).find((one) => one !== null);
  if (problem != null) return refused(problem);
  if (moved.some((row) => !areOfOneKind(row, to)))
    return refused(
      first.kind === 'batch'
        ? 'A batch is moved before or after another batch.'
        : 'A job is moved among the jobs of its batch; move the batch to bring all of it before others.',
    );
  if (moved.includes(to)) return refused('That is where it is.');
  const there = openOf(to);
  const [level] = there;
  if (level === undefined) return refused(`${nameOf(to)} has ended: nothing waits before or after it.`);
  const jobs = moved.flatMap(openOf);
  const other = jobs.find(({ priority }) => priority !== level.priority);
  if (other !== undefined)
    return refused(
      `${other.name} has ${wordOf(other)} priority, ${level.name} ${wordOf(level)}: change the priority first.`,
    );
  const beside = side === 'before' ? there[0] : there.at(-1);
  if (beside === undefined) return refused(`${nameOf(to)} has ended.`);
  return { kind: 'move', jobs: jobs.map(({ id }) => id), side, beside: beside.id };
}

/** One further up or down among its like: beside which row that is. Null: it is the first or the last. */
export function neighbourOf(row: QueueRow, rows: readonly QueueRow[], step: 1 | -1): QueueRow | null {
  const like = rows.filter((other) => areOfOneKind(row, other));
  return like[like.indexOf(row) + step] ?? null;
}

const wordOf = ({ priority }: JobRow): string => priority.toLowerCase();

function areOfOneKind(row: QueueRow, other: QueueRow): boolean {
  if (row.kind === 'job') return other.kind === 'job' && other.batch.id === row.batch.id;
  return row.kind === 'batch' && other.kind === 'batch';
}

/** In the order of their turns. Of a batch those of the priority that it shows: the highest of what is open. */
function openOf(row: QueueRow): readonly JobRow[] {
  if (row.kind === 'step') return [];
  if (row.kind === 'job') return isEnded(row.job.state) ? [] : [row.job];
  const { priority } = sumOf(row.all);
  return [...row.all.values()]
    .filter((job) => !isEnded(job.state) && job.priority === priority)
    .toSorted((a, b) => a.place - b.place);
}

function nameOf(row: QueueRow): string {
  if (row.kind === 'step') return row.step.name;
  return row.kind === 'batch' ? row.batch.name : row.job.name;
}
