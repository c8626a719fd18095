import { Code, Skeleton, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { StepDetail, StepPlace } from '../../../shared/ipc/job';
import type { JobId } from '../../../shared/model/ids';
import type { TaskState } from '../../../shared/model/states';
import {
  needsInWords,
  requestInWords,
  retryInWords,
  spanInWords,
} from '../../../shared/model/limits-in-words';
import { cellColours } from '../../app/theme';
import { useView } from '../../live/useView';
import type { StatesOfTasks } from '../../live/values';
import type { GridColours } from '../../ui/grid/painter';
import { only } from '../../ui/grid/selection';
import { Loading, Refused } from '../../ui/Notice';
import { countsInWords } from '../../ui/Progress';
import { TaskGrid } from '../../ui/TaskGrid';
import { capitalised, countInWords } from '../../ui/words';
import { firstIn, firstToSee, tasksInStates } from './choose';
import { SelectionBar } from './grid/SelectionBar';
import { StateFilter } from './grid/StateFilter';
import { TaskTip } from './grid/TaskTip';
import { TaskPanel } from './TaskPanel';
import { useTaskLabels } from './useTaskLabels';

/** The tasks of a step as a grid, and one of them beside it. */
export function StepPanel(props: {
  readonly job: JobId;
  readonly index: number;
  readonly step: StepDetail;
}): ReactNode {
  const { job, index, step } = props;
  const place = useMemo((): StepPlace => ({ job, step: index }), [job, index]);
  const tasks = useView('taskStates', place);
  if (tasks.state === 'refused') return <Refused refusal={tasks.refusal} />;
  if (tasks.state === 'loading') {
    return (
      <Loading what="the tasks">
        <Skeleton height={280} />
      </Loading>
    );
  }
  return <KnownTasks place={place} step={step} tasks={tasks.value} />;
}

function KnownTasks(props: {
  readonly place: StepPlace;
  readonly step: StepDetail;
  readonly tasks: StatesOfTasks;
}): ReactNode {
  const { place, step, tasks } = props;
  const [selection, setSelection] = useState(() => only(firstToSee(tasks.states)));
  const [lit, setLit] = useState<ReadonlySet<TaskState> | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [hidesOthers, setHidesOthers] = useState(false);
  const shown = useMemo(
    () => (lit === null || !hidesOthers ? null : tasksInStates(tasks.states, lit)),
    [tasks, lit, hidesOthers],
  );
  const choose = (states: ReadonlySet<TaskState> | null): void => {
    setLit(states);
    const first = states === null ? null : firstIn(tasks.states, states, selection.focus);
    if (first !== null) setSelection(only(first));
  };
  const selected = selection.focus;
  const { labelOf, shortLabels } = useTaskLabels(step.space, step.count);
  const colours = useGridColours();
  const isSingle = step.count === 1;
  return (
    <div className={isSingle ? 'step step-single' : 'step'}>
      {!isSingle && (
        <section className="step-tasks" aria-label="Tasks">
          <div className="step-bar">
            <h2 className="step-title">{countInWords(step.count, 'task')}</h2>
            <StateFilter
              counts={step.tasks}
              chosen={lit}
              onChoose={choose}
              hidesOthers={hidesOthers}
              onHideOthers={setHidesOthers}
            />
          </div>
          {shown?.length === 0 ? (
            <p className="step-none">No task is in that state now.</p>
          ) : (
            <TaskGrid
              label={`Tasks of ${step.name}`}
              summary={countsInWords(step.tasks)}
              tasks={tasks}
              shown={shown}
              lit={lit}
              selection={selection}
              onSelect={setSelection}
              labels={shortLabels}
              labelOf={labelOf}
              colours={colours}
              onHover={setHovered}
              more={
                hovered !== null && (
                  <TaskTip key={hovered} place={place} task={hovered} state={tasks.states[hovered] ?? 0} />
                )
              }
            />
          )}
          <SelectionBar
            place={place}
            tasks={tasks}
            selection={selection}
            labelOf={labelOf}
            onClear={() => setSelection(only(selected))}
          />
          <StepFacts step={step} />
        </section>
      )}
      <TaskPanel
        key={selected}
        place={place}
        task={selected}
        states={tasks.states}
        isSingle={isSingle}
        request={step.request}
        step={isSingle ? <StepFacts step={step} /> : null}
      />
    </div>
  );
}

function StepFacts({ step }: { readonly step: StepDetail }): ReactNode {
  const limits = limitsInWords(step);
  const { command, program, folder } = step;
  const [showsScript, setShowsScript] = useState(false);
  return (
    <div className="step-facts">
      {program === null ? (
        <Code className="step-command" title={`${command}\n\nin ${folder}`}>
          {command}
        </Code>
      ) : (
        <span className="step-program">
          Runs <Code title={`in ${folder}`}>{program}</Code>
          <button
            type="button"
            className="step-script-button"
            aria-expanded={showsScript}
            onClick={() => setShowsScript(!showsScript)}
          >
            {showsScript ? 'Hide the script' : 'Show the script'}
          </button>
        </span>
      )}
      <span className="faint">{requestInWords(step.request)} a task</span>
      {limits !== '' && (
        <span className="faint step-limits" title={limits}>
          {limits}
        </span>
      )}
      {program !== null && showsScript && (
        <Code block className="step-script" tabIndex={0} aria-label="The script that was prepared">
          {command}
        </Code>
      )}
    </div>
  );
}

function limitsInWords({ needs, retry, timeoutMs, preemptible }: StepDetail): string {
  const nodes = needsInWords(needs);
  return [
    nodes === '' ? '' : `Runs on nodes ${nodes}`,
    timeoutMs === null ? '' : `Stopped after ${spanInWords(timeoutMs)}`,
    capitalised(retryInWords(retry)),
    preemptible ? 'Gives way to more urgent work' : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function useGridColours(): GridColours {
  const scheme = useComputedColorScheme('light');
  return useMemo((): GridColours => {
    const cells = cellColours[scheme];
    const isDark = scheme === 'dark';
    const onWaiting = isDark ? '#c9ced6' : '#3f4550';
    const marks = {
      PENDING: onWaiting,
      QUEUED: isDark ? '#eef0f3' : '#22262d',
      RUNNING: '#ffffff',
      COMPLETED: '#ffffff',
      FAILED: '#ffffff',
      CANCELLED: isDark ? '#ffffff' : '#33213a',
    };
    return {
      cells,
      marks: isDark ? { ...marks, RUNNING: '#06233c', FAILED: '#2c1002' } : marks,
      ...frames[scheme],
    };
  }, [scheme]);
}

const frames = {
  light: { background: '#ffffff', selection: '#1d2026', hover: '#848b96', band: '#a9a5f3' },
  dark: { background: '#17191e', selection: '#ffffff', hover: '#979eaa', band: '#5d58d3' },
} as const;
