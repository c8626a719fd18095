import { Code, SegmentedControl, Skeleton, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { StepDetail, StepPlace } from '../../../shared/ipc/contract';
import type { JobId } from '../../../shared/model/ids';
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
import { Loading, Refused } from '../../ui/Notice';
import { countsInWords } from '../../ui/Progress';
import { TaskGrid } from '../../ui/TaskGrid';
import { capitalised, countInWords, numberInWords } from '../../ui/words';
import { firstToSee, tasksInState } from './choose';
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

type Shown = 'all' | 'failed' | 'running';

function KnownTasks(props: {
  readonly place: StepPlace;
  readonly step: StepDetail;
  readonly tasks: StatesOfTasks;
}): ReactNode {
  const { place, step, tasks } = props;
  const [selected, setSelected] = useState(() => firstToSee(tasks.states));
  const [filter, setFilter] = useState<Shown>('all');
  const shown = useMemo(
    () => (filter === 'all' ? null : tasksInState(tasks.states, filter === 'failed' ? 'FAILED' : 'RUNNING')),
    [tasks, filter],
  );
  const { labelOf, shortLabels } = useTaskLabels(step.space, step.count);
  const colours = useGridColours();
  const isSingle = step.count === 1;
  return (
    <div className={isSingle ? 'step step-single' : 'step'}>
      {!isSingle && (
        <section className="step-tasks" aria-label="Tasks">
          <div className="step-bar">
            <h2 className="step-title">{countInWords(step.count, 'task')}</h2>
            <SegmentedControl
              aria-label="Tasks shown"
              value={filter}
              onChange={setFilter}
              data={[
                { value: 'all' as const, label: 'All' },
                { value: 'running' as const, label: `Running ${numberInWords(step.tasks.RUNNING)}` },
                { value: 'failed' as const, label: `Failed ${numberInWords(step.tasks.FAILED)}` },
              ]}
            />
          </div>
          {shown?.length === 0 ? (
            <p className="step-none">No task {filter === 'failed' ? 'has failed' : 'is running now'}.</p>
          ) : (
            <TaskGrid
              label={`Tasks of ${step.name}`}
              summary={countsInWords(step.tasks)}
              tasks={tasks}
              shown={shown}
              selected={selected}
              onSelect={setSelected}
              labels={shortLabels}
              labelOf={labelOf}
              colours={colours}
            />
          )}
          <StepFacts step={step} />
        </section>
      )}
      <TaskPanel
        key={selected}
        place={place}
        task={selected}
        isSingle={isSingle}
        step={isSingle ? <StepFacts step={step} /> : null}
      />
    </div>
  );
}

function StepFacts({ step }: { readonly step: StepDetail }): ReactNode {
  const limits = limitsInWords(step);
  return (
    <div className="step-facts">
      <Code className="step-command" title={`${step.command}\n\nin ${step.folder}`}>
        {step.command}
      </Code>
      <span className="faint">{requestInWords(step.request)} a task</span>
      {limits !== '' && (
        <span className="faint step-limits" title={limits}>
          {limits}
        </span>
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
  light: { background: '#ffffff', selection: '#1d2026', hover: '#848b96' },
  dark: { background: '#17191e', selection: '#ffffff', hover: '#979eaa' },
} as const;
