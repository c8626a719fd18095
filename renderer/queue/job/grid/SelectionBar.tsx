import { Button } from '@mantine/core';
import {
  IconArrowsShuffle,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { StepPlace } from '../../../../shared/ipc/job';
import type { StatesOfTasks } from '../../../live/values';
import type { GridSelection } from '../../../ui/grid/selection';
import { countInWords, numberInWords } from '../../../ui/words';
import { cancelTasks, retryTasks, sendElsewhere, skipTasks } from './change';
import { selected } from './selected';

interface Props {
  readonly place: StepPlace;
  readonly tasks: StatesOfTasks;
  readonly selection: GridSelection;
  labelOf(this: void, task: number): string;
  onClear(this: void): void;
}

/** What is selected, and what can be done with it. */
export function SelectionBar(props: Props): ReactNode {
  const { place, tasks, selection } = props;
  const counts = useMemo(() => selected(tasks.states, selection.tasks), [tasks, selection]);
  if (counts.all <= 1) return null;
  const first = selection.tasks[0]?.[0];
  const last = selection.tasks.at(-1)?.[1];
  return (
    <div className="selection-bar" role="group" aria-label="Selected tasks">
      <span role="status">
        <strong>{countInWords(counts.all, 'task')}</strong> selected
        {first !== undefined && last !== undefined && (
          <span className="faint">
            : {props.labelOf(first)} to {props.labelOf(last)}
          </span>
        )}
      </span>
      <span className="selection-actions">
        {counts.ended > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRotateClockwise size={14} aria-hidden />}
            onClick={() => void retryTasks(place, selection.tasks)}
          >
            Retry {numberInWords(counts.ended)}
          </Button>
        )}
        {counts.ended + counts.running > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsShuffle size={14} aria-hidden />}
            title="On other nodes than those that last had them"
            onClick={() => void sendElsewhere(place, tasks.states, selection.tasks)}
          >
            Run {numberInWords(counts.ended + counts.running)} elsewhere
          </Button>
        )}
        {counts.ended + counts.waiting > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
            title="They count as completed: what waits for them goes on"
            onClick={() => void skipTasks(place, tasks.states, selection.tasks)}
          >
            Skip {numberInWords(counts.ended + counts.waiting)}
          </Button>
        )}
        {counts.open > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={14} aria-hidden />}
            onClick={() => void cancelTasks(place, tasks.states, selection.tasks)}
          >
            Cancel {numberInWords(counts.open)}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onClear}>
          Clear
        </Button>
      </span>
    </div>
  );
}
