import {
  IconChevronRight,
  IconFolderOpen,
  IconPlayerStop,
  IconReportAnalytics,
  IconRotateClockwise,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { totalOf } from '../../shared/model/states';
import { batchHash, jobHash } from '../app/route';
import { IconButton } from '../ui/IconButton';
import { ProgressBar } from '../ui/Progress';
import { KindIcon, StateMark } from '../ui/StateMark';
import { Elapsed, Moment } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';
import { countInWords, numberInWords } from '../ui/words';
import { cancel, open, retry, targetOfRun } from './actions';
import { DeadlineOf, EndOf, KindOf, NodesOf, PriorityOf, requestInWords } from './cells';
import type { BatchOfQueue, QueueRow, RunRow } from './rows';
import { stepCell } from './StepCells';
import { sortable } from './sort';

export interface QueueColumn extends Column<QueueRow> {
  /** Not there until somebody chooses it. */
  readonly isExtra?: boolean;
  /** Says something of batches only. */
  readonly isOfBatches?: boolean;
}

type RunColumn = Omit<QueueColumn, 'render'> & Pick<Column<RunRow>, 'render'>;

/** Every column that there is, in the order they have at first. */
export function queueColumns(onExpand: (row: QueueRow, isExpanded: boolean) => void): readonly QueueColumn[] {
  const columns: readonly RunColumn[] = [
    {
      id: 'name',
      title: 'Name',
      width: 'minmax(200px, 1fr)',
      isFixed: true,
      render: (row) => <Name row={row} onExpand={onExpand} />,
    },
    { id: 'kind', title: 'Kind', width: '112px', isExtra: true, render: (row) => <KindOf row={row} /> },
    { id: 'state', title: 'State', width: '140px', render: stateOf },
    {
      id: 'progress',
      title: 'Progress',
      width: 'minmax(200px, 0.9fr)',
      render: (row) => <Progress row={row} />,
    },
    { id: 'priority', title: 'Priority', width: '98px', render: (row) => <PriorityOf row={row} /> },
    {
      id: 'deadline',
      title: 'Deadline',
      width: 'minmax(166px, 0.2fr)',
      isMinor: true,
      render: (row) => <DeadlineOf row={row} />,
    },
    {
      id: 'end',
      title: 'Ends',
      width: 'minmax(132px, 0.4fr)',
      isMinor: true,
      render: (row) => <EndOf row={row} />,
    },
    {
      id: 'owner',
      title: 'Owner',
      width: '96px',
      isMinor: true,
      isOfBatches: true,
      render: (row) => (row.kind === 'batch' ? row.batch.owner : null),
    },
    {
      id: 'tenant',
      title: 'Tenant',
      width: '100px',
      isExtra: true,
      isOfBatches: true,
      render: (row) => (row.kind === 'batch' ? row.batch.tenant : null),
    },
    { id: 'nodes', title: 'Nodes', width: '120px', isExtra: true, render: (row) => <NodesOf row={row} /> },
    {
      id: 'resources',
      title: 'A task asks for',
      width: '164px',
      isExtra: true,
      render: (row) => (row.kind === 'job' ? requestInWords(row.job.request) : null),
    },
    {
      id: 'submitted',
      title: 'Submitted',
      width: '104px',
      isMinor: true,
      isOfBatches: true,
      render: (row) => (row.kind === 'batch' ? <Moment at={row.batch.submittedAt} /> : null),
    },
    { id: 'started', title: 'Started', width: '104px', isExtra: true, render: startedOf },
    { id: 'elapsed', title: 'Elapsed', width: '108px', render: elapsedOf },
    {
      id: 'actions',
      title: '',
      width: '120px',
      isFixed: true,
      render: (row, isActive) => <Actions row={row} isActive={isActive} />,
    },
  ];
  return columns.map((column) => ({
    ...column,
    isSortable: sortable.has(column.id),
    render: (row, isActive) =>
      row.kind === 'step' ? stepCell(column.id, row, isActive) : column.render(row, isActive),
  }));
}

function Name(props: {
  readonly row: RunRow;
  readonly onExpand: (row: QueueRow, isExpanded: boolean) => void;
}): ReactNode {
  const { row } = props;
  if (row.kind === 'job') {
    return (
      <span
        className={row.isExpanded === null ? 'queue-name queue-name-job' : 'queue-name queue-name-folder'}
      >
        {row.isExpanded !== null && (
          <Fold
            name={row.job.name}
            isExpanded={row.isExpanded}
            onExpand={(isExpanded) => props.onExpand(row, isExpanded)}
          />
        )}
        <KindIcon kind={row.job.kind} />
        <a className="queue-link" href={jobHash(row.job.id)} tabIndex={-1}>
          {row.job.name}
        </a>
      </span>
    );
  }
  const { batch, isExpanded } = row;
  return (
    <span className="queue-name">
      <Fold name={batch.name} isExpanded={isExpanded} onExpand={(unfolds) => props.onExpand(row, unfolds)} />
      <a className="queue-link queue-link-batch" href={batchHash(batch.id)} tabIndex={-1}>
        {batch.name}
      </a>
      <span className="queue-id">{batch.id}</span>
      {!isExpanded && <span className="queue-id">{jobsInWords(row)}</span>}
    </span>
  );
}

function Fold(props: {
  readonly name: string;
  readonly isExpanded: boolean;
  onExpand(this: void, isExpanded: boolean): void;
}): ReactNode {
  const { name, isExpanded } = props;
  return (
    <button
      type="button"
      className="queue-fold"
      tabIndex={-1}
      aria-label={isExpanded ? `Fold ${name}` : `Unfold ${name}`}
      onClick={() => props.onExpand(!isExpanded)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <IconChevronRight className={isExpanded ? 'queue-fold-open' : ''} size={16} stroke={1.8} aria-hidden />
    </button>
  );
}

/** `12 jobs`, or of them those that the filter keeps. */
function jobsInWords({ all, jobs }: BatchOfQueue): string {
  const words = countInWords(all.size, 'job');
  return jobs.length === all.size ? words : `${numberInWords(jobs.length)} of ${words}`;
}

function stateOf(row: RunRow): ReactNode {
  if (row.kind === 'batch') return <StateMark state={row.batch.state} />;
  return <StateMark state={row.job.state} note={row.job.stopping > 0 ? 'stopping' : undefined} />;
}

function Progress(props: { readonly row: RunRow }): ReactNode {
  const { name, tasks, progress } = props.row.kind === 'batch' ? props.row.batch : props.row.job;
  return (
    <span className="queue-progress">
      <ProgressBar counts={tasks} progress={progress} label={`Progress of ${name}`} />
      <span className="queue-counts">
        {numberInWords(tasks.COMPLETED)}
        <span className="faint"> / {numberInWords(totalOf(tasks))}</span>
      </span>
    </span>
  );
}

function startedOf(row: RunRow): ReactNode {
  const { startedAt } = row.kind === 'batch' ? row.batch : row.job;
  return startedAt === null ? <span className="faint">–</span> : <Moment at={startedAt} />;
}

function elapsedOf(row: RunRow): ReactNode {
  const { startedAt, endedAt } = row.kind === 'batch' ? row.batch : row.job;
  return <Elapsed from={startedAt} to={endedAt} />;
}

function Actions(props: { readonly row: RunRow; readonly isActive: boolean }): ReactNode {
  const { row } = props;
  const target = targetOfRun(row);
  const tabIndex = props.isActive ? 0 : -1;
  return (
    <span className="queue-actions">
      {target.canRetry && (
        <IconButton label={`Retry ${target.name}`} tabIndex={tabIndex} onClick={() => void retry(target)}>
          <IconRotateClockwise size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {target.canCancel && (
        <IconButton label={`Cancel ${target.name}`} tabIndex={tabIndex} onClick={() => void cancel(target)}>
          <IconPlayerStop size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {row.kind === 'batch' && row.batch.startedAt !== null && (
        <IconButton
          label={`Open the report of ${target.name}`}
          tabIndex={tabIndex}
          onClick={() => void open(target.batch, 'report')}
        >
          <IconReportAnalytics size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {row.kind === 'batch' && (
        <IconButton
          label={`Open the results of ${target.name}`}
          tabIndex={tabIndex}
          onClick={() => void open(target.batch, 'output')}
        >
          <IconFolderOpen size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
    </span>
  );
}
