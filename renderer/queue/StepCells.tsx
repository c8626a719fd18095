/** The row of a step, under its job: what it has of its own. */
import { IconPlayerStop, IconRotateClockwise } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { totalOf } from '../../shared/model/states';
import { hashOf } from '../app/route';
import { IconButton } from '../ui/IconButton';
import { ProgressBar } from '../ui/Progress';
import { StateMark } from '../ui/StateMark';
import { numberInWords } from '../ui/words';
import { canCancelStep, cancelStep, canRetryStep, retryStep } from './act/step';
import { requestInWords } from './cells';
import type { StepOfQueue } from './rows';

/** Null: that is its job's to tell. */
export function stepCell(column: string, row: StepOfQueue, isActive: boolean): ReactNode {
  const { step, job, index } = row;
  switch (column) {
    case 'name':
      return (
        <span className="queue-name queue-name-step">
          <a className="queue-link" href={hashOf({ page: 'job', job: job.id, step: index })} tabIndex={-1}>
            {step.name}
          </a>
        </span>
      );
    case 'state':
      return <StateMark state={step.state} />;
    case 'progress':
      return (
        <span className="queue-progress">
          <ProgressBar
            counts={step.tasks}
            progress={step.progress}
            label={`Progress of ${step.name} of ${job.name}`}
          />
          <span className="queue-counts">
            {numberInWords(step.tasks.COMPLETED)}
            <span className="faint"> / {numberInWords(totalOf(step.tasks))}</span>
          </span>
        </span>
      );
    case 'resources':
      return requestInWords(step.request);
    case 'actions':
      return <StepActions row={row} isActive={isActive} />;
    default:
      return null;
  }
}

function StepActions(props: { readonly row: StepOfQueue; readonly isActive: boolean }): ReactNode {
  const { row } = props;
  const tabIndex = props.isActive ? 0 : -1;
  return (
    <span className="queue-actions">
      {canRetryStep(row) && (
        <IconButton label={`Retry ${row.step.name}`} tabIndex={tabIndex} onClick={() => void retryStep(row)}>
          <IconRotateClockwise size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
      {canCancelStep(row) && (
        <IconButton
          label={`Cancel ${row.step.name}`}
          tabIndex={tabIndex}
          onClick={() => void cancelStep(row)}
        >
          <IconPlayerStop size={16} stroke={1.7} aria-hidden />
        </IconButton>
      )}
    </span>
  );
}
