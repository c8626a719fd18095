import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { upstreamFailures } from '../../../shared/model/dependency';
import type { UpstreamFailure } from '../../../shared/model/dependency';
import { failureWords } from '../model/rules';

/** What it means for the later work when what is waited for cannot be any more. */
export function FailureField(props: {
  /** Null: those of several edges differ. */
  readonly value: UpstreamFailure | null;
  onChange(this: void, value: UpstreamFailure): void;
}): ReactNode {
  const { value } = props;
  const id = useId();
  return (
    <div>
      <div className="graph-panel-label" id={id}>
        When that cannot be met any more
      </div>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        value={value ?? ''}
        data={upstreamFailures.map((one) => ({ value: one, label: failureWords[one].name }))}
        onChange={(text) => {
          const chosen = upstreamFailures.find((one) => one === text);
          if (chosen !== undefined) props.onChange(chosen);
        }}
      />
      <div className="graph-panel-note">{value === null ? 'They differ.' : failureWords[value].means}</div>
    </div>
  );
}
