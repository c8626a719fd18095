import type { ReactNode } from 'react';
import type { TaskCounts, TaskState } from '../../../../shared/model/states';
import { StateIcon, stateWords } from '../../../ui/StateMark';
import { numberInWords } from '../../../ui/words';

const order: readonly TaskState[] = ['RUNNING', 'FAILED', 'CANCELLED', 'QUEUED', 'PENDING', 'COMPLETED'];

interface Props {
  readonly counts: TaskCounts;
  /** Null: all. */
  readonly chosen: ReadonlySet<TaskState> | null;
  onChoose(this: void, states: ReadonlySet<TaskState> | null): void;
  readonly hidesOthers: boolean;
  onHideOthers(this: void, hides: boolean): void;
}

/** Which tasks stand out of the others, by their states. */
export function StateFilter(props: Props): ReactNode {
  const { counts, chosen } = props;
  const choose = (state: TaskState): void => {
    const states = new Set(chosen);
    if (!states.delete(state)) states.add(state);
    props.onChoose(states.size === 0 ? null : states);
  };
  const offered = order.filter((state) => counts[state] > 0 || chosen?.has(state) === true);
  return (
    <div className="state-filter" role="group" aria-label="Tasks shown">
      <button
        type="button"
        className="state-chip"
        aria-pressed={chosen === null}
        onClick={() => props.onChoose(null)}
      >
        All
      </button>
      {offered.map((state) => (
        <button
          key={state}
          type="button"
          className="state-chip"
          aria-pressed={chosen?.has(state) === true}
          onClick={() => choose(state)}
        >
          <StateIcon state={state} size={13} />
          {`${stateWords[state]} ${numberInWords(counts[state])}`}
        </button>
      ))}
      {chosen !== null && (
        <label className="state-hide">
          <input
            type="checkbox"
            checked={props.hidesOthers}
            onChange={(event) => props.onHideOthers(event.currentTarget.checked)}
          />
          Hide the others
        </label>
      )}
    </div>
  );
}
