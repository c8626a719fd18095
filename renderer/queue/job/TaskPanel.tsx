import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { StepPlace, TaskRow } from '../../../shared/ipc/job';
import { amountInWords, type AmountName, type Request } from '../../../shared/model/amounts';
import { endInWords } from '../../../shared/model/attempt';
import type { AttemptUsage } from '../../../shared/model/attempt';
import type { AttemptId } from '../../../shared/model/ids';
import {
  averageCoresInWords,
  peakMemoryInWords,
  processorTimeInWords,
} from '../../../shared/model/usage-in-words';
import { useView } from '../../live/useView';
import { StateMark } from '../../ui/StateMark';
import { Elapsed, Moment } from '../../ui/Time';
import { numberInWords, percentInWords } from '../../ui/words';
import { Attempts } from './Attempts';
import { TaskActions } from './grid/TaskActions';
import { TaskLog } from './TaskLog';

interface Props {
  readonly place: StepPlace;
  readonly task: number;
  /** Of all tasks of the step. */
  readonly states: Uint8Array;
  /** The step has no other task, so there is no grid beside it. */
  readonly isSingle: boolean;
  readonly request: Request;
  readonly step: ReactNode;
}

/** One task: how it is, what became of its last attempt, and what it printed. */
export function TaskPanel(props: Props): ReactNode {
  const { place, task } = props;
  const tasks = useView('tasks', { ...place, from: task, count: 1 });
  const row = tasks.state === 'picture' ? tasks.value[0] : undefined;
  const [attempt, setAttempt] = useState<AttemptId | null>(null);
  return (
    <section className="task" aria-label="Selected task">
      {row === undefined ? (
        <div className="task-head">
          <Skeleton height={18} width={160} />
        </div>
      ) : (
        <TaskHead
          row={row}
          isSingle={props.isSingle}
          request={props.request}
          actions={<TaskActions place={place} row={row} states={props.states} />}
        />
      )}
      {props.step}
      {row !== undefined && row.attempts > 1 && (
        <Attempts place={place} row={row} chosen={attempt} onChoose={setAttempt} />
      )}
      <TaskLog
        key={attempt}
        {...props}
        attempt={attempt}
        isStarted={row === undefined || row.attempt !== null}
      />
    </section>
  );
}

function TaskHead(props: {
  readonly row: TaskRow;
  readonly isSingle: boolean;
  readonly request: Request;
  readonly actions: ReactNode;
}): ReactNode {
  const { row } = props;
  const label =
    row.label === '' ? (props.isSingle ? 'Task' : `task ${numberInWords(row.task + 1)}`) : row.label;
  return (
    <div className="task-head">
      <div className="task-title-line">
        <h2 className="task-title">{label}</h2>
        <StateMark state={row.state} />
        {row.end !== null && row.state !== 'COMPLETED' && (
          <span className="faint">{endInWords(row.end)}</span>
        )}
        {props.actions}
      </div>
      {row.state === 'RUNNING' && (row.progress !== null || row.phrase !== null) && (
        <TaskProgress progress={row.progress} phrase={row.phrase} />
      )}
      {row.attempt !== null && (
        <dl className="run-facts">
          <div className="run-fact">
            <dt>Attempt</dt>
            <dd title={row.attempt}>{row.attempts}</dd>
          </div>
          {row.node !== null && (
            <div className="run-fact">
              <dt>Node</dt>
              <dd>{row.node}</dd>
            </div>
          )}
          {row.assignedAt !== null && (
            <>
              <div className="run-fact">
                <dt>Started</dt>
                <dd>
                  <Moment at={row.assignedAt} />
                </dd>
              </div>
              <div className="run-fact">
                <dt>{row.endedAt === null ? 'Running for' : 'Took'}</dt>
                <dd>
                  <Elapsed from={row.assignedAt} to={row.endedAt} />
                </dd>
              </div>
            </>
          )}
          {row.usage !== null && <UsageFacts usage={row.usage} request={props.request} />}
        </dl>
      )}
    </div>
  );
}

/** What it used, against what a task of the step asks for. */
function UsageFacts(props: { readonly usage: AttemptUsage; readonly request: Request }): ReactNode {
  const { usage, request } = props;
  const processorTime = processorTimeInWords(usage);
  return (
    <>
      <div className="run-fact">
        <dt>Processor</dt>
        <dd title={processorTime}>
          {averageCoresInWords(usage) ?? processorTime}
          <Asked name="cpu" amount={request.cpu} />
        </dd>
      </div>
      {usage.peakMemoryMiB !== null && (
        <div className="run-fact">
          <dt>Memory</dt>
          <dd>
            {peakMemoryInWords(usage.peakMemoryMiB)}
            <Asked name="memoryMiB" amount={request.memoryMiB} />
          </dd>
        </div>
      )}
    </>
  );
}

function Asked(props: { readonly name: AmountName; readonly amount: number }): ReactNode {
  if (props.amount === 0) return null;
  return <span className="faint">{`, asked for ${amountInWords(props.name, props.amount)}`}</span>;
}

function TaskProgress(props: {
  readonly progress: number | null;
  readonly phrase: string | null;
}): ReactNode {
  return (
    <div className="task-progress">
      {props.progress !== null && (
        <>
          <div
            className="progress task-progress-bar"
            role="progressbar"
            aria-label="Progress of the task"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.floor(props.progress * 100)}
          >
            <div className="task-progress-done" style={{ width: `${props.progress * 100}%` }} />
          </div>
          <span>{percentInWords(props.progress)}</span>
        </>
      )}
      {props.phrase !== null && <span className="task-phrase">{props.phrase}</span>}
    </div>
  );
}
