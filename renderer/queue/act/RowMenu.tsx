import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconCalendarClock,
  IconCopy,
  IconFolderOpen,
  IconHelpCircle,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRepeat,
  IconReportAnalytics,
  IconRotateClockwise,
  IconAntennaBars5,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { JobRow } from '../../../shared/ipc/queue';
import { navigate } from '../../app/useRoute';
import { cancel, open, openRow, retry, targetOfRun } from '../actions';
import type { QueueRow, RunRow, StepOfQueue } from '../rows';
import { rowKey } from '../rows';
import { changeJobs, copy } from './change';
import { fittingJobs } from './job-actions';
import { jobsOf, partInWords } from './many';
import { PriorityItems } from './PriorityItems';
import { canCancelStep, cancelStep, canRetryStep, retryStep } from './step';

export interface Place {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly place: Place;
  /** Those that it acts on: one, or all that are selected. */
  readonly rows: readonly QueueRow[];
  onDeadline(this: void, jobs: readonly JobRow[]): void;
  onClose(this: void): void;
}

/** All that can be done with a row, or with the rows that are selected, where the pointer is. */
export function RowMenu({ place, rows, onDeadline, onClose }: Props): ReactNode {
  const [only, ...others] = rows;
  const jobs = useMemo(() => jobsOf(rows), [rows]);
  return (
    <Menu
      opened
      onChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      position="bottom-start"
      offset={2}
      returnFocus={false}
    >
      <Menu.Target>
        <span className="row-menu-place" style={{ left: place.x, top: place.y }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown aria-label={only === undefined || others.length > 0 ? 'Selected jobs' : nameOf(only)}>
        {only?.kind === 'step' && others.length === 0 ? (
          <OneStep row={only} />
        ) : only !== undefined && only.kind !== 'step' && others.length === 0 ? (
          <OneRow row={only} jobs={jobs} onDeadline={onDeadline} />
        ) : (
          <ManyRows rows={rows} jobs={jobs} onDeadline={onDeadline} />
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function nameOf(row: QueueRow): string {
  if (row.kind === 'step') return row.step.name;
  return row.kind === 'batch' ? row.batch.name : row.job.name;
}

function OneStep({ row }: { readonly row: StepOfQueue }): ReactNode {
  return (
    <>
      <Item words="Open" Sign={IconArrowRight} keys="Enter" onClick={() => openRow(row)} />
      {(canRetryStep(row) || canCancelStep(row)) && <Menu.Divider />}
      {canRetryStep(row) && (
        <Item
          words="Retry its tasks"
          Sign={IconRotateClockwise}
          keys="R"
          onClick={() => void retryStep(row)}
        />
      )}
      {canCancelStep(row) && (
        <Item
          words="Cancel its tasks"
          Sign={IconPlayerStop}
          keys="Delete"
          onClick={() => void cancelStep(row)}
        />
      )}
    </>
  );
}

interface ItemsProps extends Pick<Props, 'onDeadline'> {
  readonly jobs: readonly JobRow[];
}

function Item(props: {
  readonly words: string;
  readonly Sign: Icon;
  readonly keys?: string;
  readonly onClick: () => void;
}): ReactNode {
  const { Sign } = props;
  return (
    <Menu.Item
      leftSection={<Sign size={16} stroke={1.7} aria-hidden />}
      rightSection={props.keys === undefined ? null : <span className="row-menu-keys">{props.keys}</span>}
      onClick={props.onClick}
    >
      {props.words}
    </Menu.Item>
  );
}

function OneRow({ row, jobs, onDeadline }: ItemsProps & { readonly row: RunRow }): ReactNode {
  const target = targetOfRun(row);
  const state = row.kind === 'batch' ? row.batch.state : row.job.state;
  const waits = state === 'PENDING' || state === 'QUEUED' || state === 'PAUSED';
  return (
    <>
      <Item words="Open" Sign={IconArrowRight} keys="Enter" onClick={() => openRow(row)} />
      {waits && row.kind === 'job' && (
        <Item words="Why does it not run?" Sign={IconHelpCircle} onClick={() => openRow(row)} />
      )}
      <Menu.Divider />
      {target.canRetry && (
        <Item words="Retry" Sign={IconRotateClockwise} keys="R" onClick={() => void retry(target)} />
      )}
      {target.canCancel && (
        <Item words="Cancel" Sign={IconPlayerStop} keys="Delete" onClick={() => void cancel(target)} />
      )}
      <Steering jobs={jobs} onDeadline={onDeadline} isOne />
      <Menu.Divider />
      <Item words="Open results" Sign={IconFolderOpen} onClick={() => void open(target.batch, 'output')} />
      {(row.kind === 'job' || row.batch.startedAt !== null) && (
        <Item
          words="Open report"
          Sign={IconReportAnalytics}
          onClick={() => void open(target.batch, 'report')}
        />
      )}
      <Item
        words="Submit again, with changes …"
        Sign={IconRepeat}
        onClick={() => navigate({ page: 'submit', wishes: [{ kind: 'batch', batch: target.batch }] })}
      />
      <Item words="Copy id" Sign={IconCopy} onClick={() => void copy(target.id)} />
    </>
  );
}

function ManyRows({
  rows,
  jobs,
  onDeadline,
}: ItemsProps & { readonly rows: readonly QueueRow[] }): ReactNode {
  const { retry: failed, cancel: open } = fittingJobs(jobs);
  return (
    <>
      {failed.length > 0 && (
        <Item
          words={`Retry ${partInWords(failed.length, jobs.length)} …`}
          Sign={IconRotateClockwise}
          keys="R"
          onClick={() => void changeJobs({ kind: 'retry' }, jobs)}
        />
      )}
      {open.length > 0 && (
        <Item
          words={`Cancel ${partInWords(open.length, jobs.length)} …`}
          Sign={IconPlayerStop}
          keys="Delete"
          onClick={() => void changeJobs({ kind: 'cancel' }, jobs)}
        />
      )}
      <Steering jobs={jobs} onDeadline={onDeadline} />
      <Menu.Divider />
      <Item words="Copy ids" Sign={IconCopy} onClick={() => void copy(rows.map(rowKey).join('\n'))} />
    </>
  );
}

/** Holds, priorities and deadlines: what can be taken back. */
function Steering({ jobs, onDeadline, isOne = false }: ItemsProps & { readonly isOne?: boolean }): ReactNode {
  const { hold, release, order } = fittingJobs(jobs);
  const some = (words: string, fitting: readonly JobRow[]): string =>
    isOne ? words : `${words} ${partInWords(fitting.length, jobs.length)}`;
  return (
    <>
      {hold.length > 0 && (
        <Item
          words={some('Pause', hold)}
          Sign={IconPlayerPause}
          keys="H"
          onClick={() => void changeJobs({ kind: 'hold' }, jobs)}
        />
      )}
      {release.length > 0 && (
        <Item
          words={some('Go on', release)}
          Sign={IconPlayerPlay}
          {...(hold.length === 0 ? { keys: 'H' } : {})}
          onClick={() => void changeJobs({ kind: 'release' }, jobs)}
        />
      )}
      {order.length > 0 && (
        <>
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconAntennaBars5 size={16} stroke={1.7} aria-hidden />}>
                {some('Priority', order)}
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              <PriorityItems
                onChoose={(priority) => void changeJobs({ kind: 'order', priority, deadline: null }, jobs)}
              />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          <Item
            words={`${some('Deadline', order)} …`}
            Sign={IconCalendarClock}
            onClick={() => onDeadline(order)}
          />
        </>
      )}
    </>
  );
}
