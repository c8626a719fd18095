import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRocket } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { submitKeys } from './useSubmit';
import type { Submitting } from './useSubmit';

interface Props {
  readonly submitting: Submitting;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}

/** The last button of the dialog. What is warned of has to be confirmed by it. */
export function SubmitButton({ submitting, isDisabled, onClick }: Props): ReactNode {
  const { isToBeConfirmed, isScheduled } = submitting;
  const word = isScheduled ? 'Schedule' : 'Submit';
  return (
    <Button
      data-submit
      data-autofocus
      leftSection={
        isToBeConfirmed ? <IconAlertTriangle size={15} aria-hidden /> : <IconRocket size={15} aria-hidden />
      }
      disabled={isDisabled}
      loading={submitting.isUnderWay}
      onClick={onClick}
      title={submitKeys}
    >
      {isToBeConfirmed ? `${word} all the same` : word}
    </Button>
  );
}
