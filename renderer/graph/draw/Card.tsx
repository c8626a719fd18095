import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { IconChevronDown, IconChevronRight, IconClock, IconLock, IconStack2 } from '@tabler/icons-react';
import { createContext, memo, useContext } from 'react';
import type { ReactNode } from 'react';
import type { JobId } from '../../../shared/model/ids';
import { relationInWords } from '../../../shared/model/limits-in-words';
import { totalOf } from '../../../shared/model/states';
import type { JobState, TaskCounts } from '../../../shared/model/states';
import { ProgressBar } from '../../ui/Progress';
import { IconButton } from '../../ui/IconButton';
import { KindIcon, StateIcon, stateWords } from '../../ui/StateMark';
import { countInWords, numberInWords, percentInWords } from '../../ui/words';
import { useIsLit, useJob, useStanding } from '../live';
import { nameInCommon } from '../model/alike';
import type { GraphEdge } from '../model/graph';
import type { FlowNode } from './flow';

/** What cards need of the editor; it changes rarely. */
export interface CardTools {
  fold(this: void, id: string, isOpen: boolean): void;
  readonly conditions: ReadonlyMap<string, readonly GraphEdge[]>;
}
export const Tools = createContext<CardTools>({ fold: () => undefined, conditions: new Map() });

function Ports({ name }: { readonly name: string }): ReactNode {
  return (
    <>
      <Handle type="target" position={Position.Left} role="img" aria-label={`Waits: ${name}`} />
      <Handle type="source" position={Position.Right} role="img" aria-label={`Comes before: ${name}`} />
    </>
  );
}

function Card(props: {
  readonly id: string;
  readonly name: string;
  readonly icon: ReactNode;
  readonly state: JobState;
  readonly tasks: TaskCounts;
  readonly progress: number;
  readonly selected: boolean;
  readonly isSmall?: boolean;
  readonly className?: string;
  readonly note?: string;
  readonly end?: ReactNode;
}): ReactNode {
  const isLit = useIsLit(props.id);
  const { state, tasks, name } = props;
  const total = totalOf(tasks);
  return (
    <div
      className={`graph-card graph-card-${state.toLowerCase()} ${props.className ?? ''}`}
      data-selected={props.selected || undefined}
      data-lit={isLit || undefined}
      title={`${name}: ${stateWords[state].toLowerCase()}`}
    >
      <Ports name={name} />
      <div className="graph-card-line">
        <StateIcon state={state} size={15} />
        <span className="graph-card-name">{name}</span>
        {props.icon}
        {props.end}
      </div>
      <ProgressBar counts={tasks} progress={props.progress} label={`Progress of ${name}`} />
      {props.isSmall !== true && (
        <div className="graph-card-line graph-card-counts">
          <span>
            {props.note ??
              (total === 1
                ? stateWords[state]
                : `${numberInWords(tasks.COMPLETED)} / ${numberInWords(total)}`)}
          </span>
          {tasks.FAILED > 0 && total > 1 && (
            <span className="graph-card-failed">{numberInWords(tasks.FAILED)} failed</span>
          )}
          <Conditions id={props.id} />
          <span className="graph-card-percent">{percentInWords(props.progress)}</span>
        </div>
      )}
    </div>
  );
}

/** The clock and locks that it waits for. */
function Conditions({ id }: { readonly id: string }): ReactNode {
  const edges = useContext(Tools).conditions.get(id);
  if (edges === undefined) return null;
  const isLock = edges.every(({ spec }) => spec.relation.type === 'RESOURCE');
  const words = [...new Set(edges.map(({ spec }) => relationInWords(spec.relation)))].join(', ');
  return (
    <span className="graph-card-condition" role="img" aria-label={words} title={words}>
      {isLock ? (
        <IconLock size={13} stroke={1.8} aria-hidden />
      ) : (
        <IconClock size={13} stroke={1.8} aria-hidden />
      )}
    </span>
  );
}

function JobCard({ id, data, selected }: NodeProps<FlowNode>): ReactNode {
  const job = useJob(data.drawn.kind === 'job' ? data.drawn.job : nobody);
  const { fold } = useContext(Tools);
  if (job === null) return null;
  return (
    <Card
      id={id}
      name={job.name}
      icon={<KindIcon kind={job.kind} size={14} />}
      state={job.state}
      tasks={job.tasks}
      progress={job.progress}
      selected={selected}
      {...(job.isOutside ? { className: 'graph-card-outside', note: job.batchName } : {})}
      end={
        job.steps.length > 1 && (
          <IconButton
            tabIndex={-1}
            label={`Show the ${countInWords(job.steps.length, 'step')} of ${job.name}`}
            onClick={() => fold(id, true)}
          >
            <IconChevronRight size={15} aria-hidden />
          </IconButton>
        )
      }
    />
  );
}

function OpenJob({ id, data, selected }: NodeProps<FlowNode>): ReactNode {
  const job = useJob(data.drawn.kind === 'open' ? data.drawn.job : nobody);
  const { fold } = useContext(Tools);
  const isLit = useIsLit(id);
  if (job === null) return null;
  return (
    <div className="graph-frame" data-selected={selected || undefined} data-lit={isLit || undefined}>
      <Ports name={job.name} />
      <div className="graph-card-line">
        <StateIcon state={job.state} size={15} />
        <span className="graph-card-name">{job.name}</span>
        <span className="graph-card-percent">{percentInWords(job.progress)}</span>
        <IconButton tabIndex={-1} label={`Hide the steps of ${job.name}`} onClick={() => fold(id, false)}>
          <IconChevronDown size={15} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

function StepCard({ id, data: { drawn }, selected }: NodeProps<FlowNode>): ReactNode {
  const job = useJob(drawn.kind === 'step' ? drawn.job : nobody);
  const step = drawn.kind === 'step' ? job?.steps[drawn.step] : undefined;
  if (step === undefined) return null;
  const total = totalOf(step.tasks);
  return (
    <Card
      isSmall
      id={id}
      name={step.name}
      icon={
        <span className="graph-card-number">
          {total === 1 ? '' : `${numberInWords(step.tasks.COMPLETED)} / ${numberInWords(total)}`}
        </span>
      }
      state={step.state}
      tasks={step.tasks}
      progress={total === 0 ? 1 : step.tasks.COMPLETED / total}
      selected={selected}
    />
  );
}

function StackCard({ id, data: { drawn }, selected }: NodeProps<FlowNode>): ReactNode {
  const ids = drawn.kind === 'stack' ? drawn.jobs : nothing;
  const standing = useStanding(ids);
  const { fold } = useContext(Tools);
  const words = countInWords(ids.length, 'job');
  const name = nameInCommon(ids.map((job) => job.slice(job.indexOf('.') + 1)));
  return (
    <Card
      id={id}
      name={name === '…' ? words : name}
      note={words}
      icon={<IconStack2 size={14} stroke={1.7} aria-hidden />}
      {...standing}
      selected={selected}
      className="graph-card-stack"
      end={
        <IconButton
          tabIndex={-1}
          label={`Show ${words} of ${name} one by one`}
          onClick={() => fold(id, true)}
        >
          <IconChevronRight size={15} aria-hidden />
        </IconButton>
      }
    />
  );
}

const nothing: readonly JobId[] = [];
const nobody: JobId = 'b0.';

export const cards = {
  job: memo(JobCard),
  open: memo(OpenJob),
  step: memo(StepCard),
  stack: memo(StackCard),
};
