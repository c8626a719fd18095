import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { AttemptRow, StepPlace, TaskRow } from '../../../shared/ipc/job';
import { endInWords } from '../../../shared/model/attempt';
import { exactDurationInWords } from '../../../shared/model/durations-in-words';
import type { AttemptId } from '../../../shared/model/ids';
import { usageInWords } from '../../../shared/model/usage-in-words';
import { nodeHash } from '../../app/route';
import { request } from '../../live/request';
import { Elapsed, Moment } from '../../ui/Time';
import { capitalised } from '../../ui/words';

interface Props {
  readonly place: StepPlace;
  readonly row: TaskRow;
  /** Whose log is shown; null: the newest. */
  readonly chosen: AttemptId | null;
  onChoose(this: void, attempt: AttemptId | null): void;
}

/** Every attempt at a task that was tried more than once; the newest first. */
export function Attempts({ place, row, chosen, onChoose }: Props): ReactNode {
  const attempts = useAttempts(place, row);
  const newest = attempts[0]?.id;
  if (attempts.length < 2) return null;
  return (
    <div className="attempts" role="radiogroup" aria-label="Attempts">
      {attempts.map((attempt, index) => {
        const isChosen = chosen === null ? index === 0 : attempt.id === chosen;
        return (
          <label key={attempt.id} className="attempt">
            <input
              type="radio"
              name="attempt"
              className="visually-hidden"
              checked={isChosen}
              onChange={() => onChoose(attempt.id === newest ? null : attempt.id)}
            />
            <span className="attempt-number" title={attempt.id}>
              {attempts.length - index}
            </span>
            <a className="attempt-node" href={nodeHash(attempt.node)}>
              {attempt.nodeName}
            </a>
            <Moment at={attempt.assignedAt} />
            <Elapsed from={attempt.assignedAt} to={attempt.endedAt} />
            <span
              className="attempt-end"
              title={attempt.usage === null ? undefined : capitalised(usageInWords(attempt.usage))}
            >
              {endOf(attempt)}
            </span>
          </label>
        );
      })}
    </div>
  );
}

function endOf({ end, lostMs }: AttemptRow): string {
  if (end === null) return 'Running';
  const lost = lostMs === undefined ? '' : `, lost ${exactDurationInWords(lostMs)} of work`;
  return `${capitalised(endInWords(end))}${lost}`;
}

/** Asked again whenever another begins, or the newest ends. */
function useAttempts(place: StepPlace, { task, attempt, endedAt }: TaskRow): readonly AttemptRow[] {
  const [attempts, setAttempts] = useState<readonly AttemptRow[]>([]);
  useEffect(() => {
    let isOver = false;
    void request('task.attempts', { ...place, task }).then((answer) => {
      if (answer.ok && !isOver) setAttempts(answer.value.attempts.toReversed());
    });
    return () => {
      isOver = true;
    };
  }, [place, task, attempt, endedAt]);
  return attempts;
}
