import type { ReactNode } from 'react';
import type { Field } from '../../../shared/ipc/forms';

export function FieldLabel(props: {
  readonly field: Field;
  readonly isNeeded: boolean;
  readonly mark: ReactNode;
}): ReactNode {
  return (
    <>
      {props.field.label}
      {props.isNeeded && (
        <span className="field-mark field-needed" aria-hidden>
          needed
        </span>
      )}
      {props.mark}
    </>
  );
}
