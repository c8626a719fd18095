import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconHistoryToggle, IconPinned } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf } from '../../shared/model/checkpoint';
import { jobHash } from '../app/route';
import { Moment } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';
import { countInWords } from '../ui/words';
import type { Slot } from './slots';

type OnMenu = (row: CheckpointRow, place: { readonly x: number; readonly y: number }) => void;

const nothing = <span className="faint">–</span>;

/** `withJob`: they are of several. */
export function checkpointColumns(withJob: boolean, onMenu: OnMenu): readonly Column<Slot>[] {
  const column = (
    about: Omit<Column<Slot>, 'render'>,
    cell: (row: CheckpointRow, isActive: boolean) => ReactNode,
  ): Column<Slot> => ({
    ...about,
    render: ({ row }, isActive) => (row === null ? null : cell(row, isActive)),
  });
  return [
    column({ id: 'name', title: 'Checkpoint', width: 'minmax(140px, 1.4fr)', isFixed: true }, (row) => (
      <span
        className={row.dropped ? 'checkpoint-name faint' : 'checkpoint-name'}
        title={`${row.id} ${row.name}`}
      >
        {row.name}
      </span>
    )),
    ...(withJob
      ? [
          column({ id: 'job', title: 'Job', width: 'minmax(90px, 1fr)' }, ({ job, jobName }) => (
            <a href={jobHash(job)} className="job-link" title={job} tabIndex={-1}>
              {jobName}
            </a>
          )),
        ]
      : []),
    column({ id: 'task', title: 'Task', width: 'minmax(70px, 0.6fr)', isMinor: true }, ({ label }) =>
      label === '' ? nothing : label,
    ),
    column({ id: 'at', title: 'How far', width: '84px', isMinor: true }, ({ at }) => at ?? nothing),
    column({ id: 'size', title: 'Size', width: '84px' }, (row) => bytesInWords(bytesOf(row))),
    column({ id: 'made', title: 'Saved', width: '104px', isMinor: true }, ({ madeAt }) => (
      <Moment at={madeAt} />
    )),
    column(
      { id: 'node', title: 'Node', width: 'minmax(80px, 0.6fr)', isMinor: true },
      ({ nodeName }) => nodeName,
    ),
    column({ id: 'state', title: 'State', width: 'minmax(130px, 1.2fr)' }, (row) => <Standing row={row} />),
    column({ id: 'actions', title: '', width: '40px', isFixed: true }, (row, isActive) => (
      <button
        type="button"
        className="icon-button"
        aria-label={`What to do with ${row.name}`}
        aria-haspopup="menu"
        title="What to do with it"
        tabIndex={isActive ? 0 : -1}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onMenu(row, { x: left, y: bottom });
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <IconDots size={16} stroke={1.7} aria-hidden />
      </button>
    )),
  ];
}

/** What is to be known of it, the most important first. */
export function Standing({ row }: { readonly row: CheckpointRow }): ReactNode {
  const { dropped, broken, isNext, tag, usedBy } = row;
  return (
    <span className="checkpoint-standing">
      {dropped && <span className="faint">Deleted</span>}
      {broken !== null && !dropped && (
        <span className="checkpoint-broken" title={broken}>
          <IconAlertTriangle size={13} aria-hidden /> Broken: {broken}
        </span>
      )}
      {isNext && (
        <Badge size="sm" variant="light" radius="sm">
          Goes on here
        </Badge>
      )}
      {tag !== null && (
        <Badge size="sm" variant="default" radius="sm" leftSection={<IconPinned size={11} aria-hidden />}>
          {tag}
        </Badge>
      )}
      {usedBy.length > 0 && (
        <span className="faint checkpoint-used" title={usedBy.join('\n')}>
          <IconHistoryToggle size={13} aria-hidden /> Used
          {usedBy.length === 1 ? '' : ` ${countInWords(usedBy.length, 'time')}`}
        </span>
      )}
    </span>
  );
}
