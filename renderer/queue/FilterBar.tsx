import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { JobState } from '../../shared/model/states';
import { StateIcon, stateWords } from '../ui/StateMark';
import { numberInWords } from '../ui/words';
import { ColumnsMenu } from './ColumnsMenu';
import { FilterField, Mistakes } from './filter/FilterField';
import { FilterHelp } from './filter/FilterHelp';
import { parseFilter } from './filter/language';
import { SavedFilters } from './filter/SavedFilters';
import { statesIn, withStates } from './filter/states';
import type { Known } from './filter/suggest';

interface Props {
  readonly text: string;
  onText(this: void, text: string): void;
  readonly known: Known;
  /** Leaves the text for the rows. */
  onLeave(this: void): void;
  readonly counts: ReadonlyMap<JobState, number>;
}

const offered: readonly JobState[] = ['RUNNING', 'QUEUED', 'PENDING', 'FAILED', 'COMPLETED', 'CANCELLED'];

export function FilterBar(props: Props): ReactNode {
  const { text, onText, counts } = props;
  const filter = useMemo(() => parseFilter(text), [text]);
  const states = statesIn(filter);
  const toggle = (state: JobState): void => {
    const next = new Set(states);
    if (!next.delete(state)) next.add(state);
    onText(withStates(text, next));
  };
  return (
    <div className="queue-filter" role="search">
      <FilterField
        text={text}
        mistakes={filter.mistakes}
        known={props.known}
        onText={onText}
        onLeave={props.onLeave}
      />
      <div className="queue-chips" role="group" aria-label="States shown">
        {offered.map((state) => (
          <button
            key={state}
            type="button"
            className="queue-chip"
            aria-pressed={states.has(state)}
            onClick={() => toggle(state)}
          >
            <StateIcon state={state} size={14} />
            {stateWords[state]}
            <span className="queue-chip-count">{numberInWords(counts.get(state) ?? 0)}</span>
          </button>
        ))}
      </div>
      <div className="filter-tools">
        <FilterHelp text={text} onText={onText} />
        <SavedFilters text={text} onText={onText} />
        <ColumnsMenu />
      </div>
      <Mistakes text={text} mistakes={filter.mistakes} onText={onText} />
    </div>
  );
}
