import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { SubmitButton } from './SubmitButton';
import type { Submitting } from './useSubmit';

interface Props {
  readonly submitting: Submitting;
  readonly isDisabled: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** Null: nothing waits behind this. */
  readonly onSkip: (() => void) | null;
}

/** How a dialog of something to submit ends. */
export function SubmitFootEnd(props: Props): ReactNode {
  return (
    <span className="submit-foot-end">
      {props.onSkip !== null && (
        <Button variant="subtle" color="gray" onClick={props.onSkip}>
          Skip
        </Button>
      )}
      <Button variant="default" onClick={props.onClose}>
        Cancel
      </Button>
      <SubmitButton submitting={props.submitting} isDisabled={props.isDisabled} onClick={props.onSubmit} />
    </span>
  );
}
