import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { StepPlace, TaskRow } from '../../../../shared/ipc/job';
import { request } from '../../../live/request';
import { Elapsed } from '../../../ui/Time';
import { countInWords } from '../../../ui/words';

/** Rows of tasks that the pointer was over; the key has the task's state, with which its row changes. */
const known = new Map<string, TaskRow>();
const mostKnown = 200;

/** Where the task under the pointer ran, how long, and how often it was tried. */
export function TaskTip(props: {
  readonly place: StepPlace;
  readonly task: number;
  readonly state: number;
}): ReactNode {
  const { place, task } = props;
  const key = `${place.job} ${place.step} ${task} ${props.state}`;
  const [row, setRow] = useState(known.get(key) ?? null);
  useEffect(() => {
    let isOver = false;
    // A pointer that sweeps over the grid asks for nothing.
    const frame = requestAnimationFrame(() => {
      if (known.has(key)) return;
      void request('task.list', { ...place, from: task, count: 1 }).then((answer) => {
        const found = answer.ok ? answer.value.tasks[0] : undefined;
        if (found === undefined || isOver) return;
        const [oldest] = known.keys();
        if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
        if (found.state !== 'RUNNING') known.set(key, found);
        setRow(found);
      });
    });
    return () => {
      isOver = true;
      cancelAnimationFrame(frame);
    };
  }, [key, place, task]);
  if (row === null || row.attempt === null) return null;
  return (
    <>
      {row.node !== null && <span>{row.node}</span>}
      {row.assignedAt !== null && (
        <span>
          <Elapsed from={row.assignedAt} to={row.endedAt} />
        </span>
      )}
      {row.attempts > 1 && <span>{countInWords(row.attempts, 'attempt')}</span>}
    </>
  );
}
