import { useMemo } from 'react';
import { requestOrTell } from '../../live/request';
import { tellChange } from '../../live/undo';
import type { Sort } from '../../ui/table/columns';
import type { Moving } from '../../ui/table/useRowDrag';
import { tellRefusal } from '../../ui/tell';
import { countInWords } from '../../ui/words';
import type { QueueRow } from '../rows';
import { moveOf, neighbourOf, problemWithMoving } from './moves';
import type { Move, Side } from './moves';

async function move({ jobs, side, beside }: Move, words: string): Promise<void> {
  const change = { kind: 'move', side, beside } as const;
  const changed = await requestOrTell('move it', 'jobs.change', { jobs, change, why: null });
  if (changed !== null) tellChange(words, changed.change);
}

/** Rows of the queue put elsewhere: with the one that is moved, those that are selected. */
export function useMoving(
  rows: readonly QueueRow[],
  several: readonly QueueRow[],
  sort: Sort | null,
): Moving<QueueRow> {
  return useMemo(() => {
    const withOthers = (row: QueueRow): readonly QueueRow[] => (several.includes(row) ? several : [row]);
    const tellOr = (row: QueueRow, to: QueueRow, side: Side): void => {
      const moved = withOthers(row);
      const wanted = moveOf(moved, to, side, sort);
      if (wanted.kind === 'refused') tellRefusal('move it', { message: wanted.why });
      else void move(wanted, `${wordsOf(moved)} moved ${side} ${nameOf(to)}`);
    };
    return {
      problem: (row, to, side) => {
        const wanted = moveOf(withOthers(row), to, side, sort);
        return wanted.kind === 'refused' ? wanted.why : null;
      },
      onMove: tellOr,
      onStep: (row, step) => {
        const problem = problemWithMoving(row, sort);
        if (problem !== null) return tellRefusal('move it', { message: problem });
        const moved = withOthers(row);
        const last = step < 0 ? moved[0] : moved.at(-1);
        const to = last === undefined ? null : neighbourOf(last, rows, step);
        if (to !== null) tellOr(row, to, step < 0 ? 'before' : 'after');
      },
    };
  }, [rows, several, sort]);
}

function wordsOf(moved: readonly QueueRow[]): string {
  const [only, ...others] = moved;
  if (only === undefined) return '';
  if (others.length === 0) return nameOf(only);
  return only.kind === 'batch'
    ? countInWords(moved.length, 'batch', 'batches')
    : countInWords(moved.length, 'job');
}

function nameOf(row: QueueRow): string {
  if (row.kind === 'step') return row.step.name;
  return row.kind === 'batch' ? row.batch.name : row.job.name;
}
