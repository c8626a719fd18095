import {
  IconArrowsShuffle,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRotateClockwise,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StepPlace, TaskRow } from '../../../../shared/ipc/job';
import { IconButton } from '../../../ui/IconButton';
import { cancelTasks, retryTasks, sendElsewhere, skipTasks } from './change';

/** What can be done with one task. */
export function TaskActions(props: {
  readonly place: StepPlace;
  readonly row: TaskRow;
  readonly states: Uint8Array;
}): ReactNode {
  const { place, row, states } = props;
  const tasks = [[row.task, row.task]] as const;
  const isOver = row.state === 'FAILED' || row.state === 'CANCELLED';
  const isOpen = row.state === 'PENDING' || row.state === 'QUEUED' || row.state === 'RUNNING';
  return (
    <span className="task-actions" role="group" aria-label="Actions on the task">
      {isOver && (
        <IconButton label="Retry this task" onClick={() => void retryTasks(place, tasks)}>
          <IconRotateClockwise size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {row.node !== null && (isOver || row.state === 'RUNNING') && (
        <IconButton
          label={`Run this task elsewhere than on ${row.node}`}
          onClick={() => void sendElsewhere(place, states, tasks)}
        >
          <IconArrowsShuffle size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {(isOver || (isOpen && row.state !== 'RUNNING')) && (
        <IconButton label="Skip this task" onClick={() => void skipTasks(place, states, tasks)}>
          <IconPlayerTrackNext size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {isOpen && (
        <IconButton label="Cancel this task" onClick={() => void cancelTasks(place, states, tasks)}>
          <IconPlayerStop size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
    </span>
  );
}
