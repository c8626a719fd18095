import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { JobState } from '../../shared/model/states';
import { StateIcon, stateWords } from '../ui/StateMark';
import { numberInWords } from '../ui/words';
import type { QueueFilter } from './rows';

interface Props {
  readonly filter: QueueFilter;
  onFilter(this: void, filter: QueueFilter): void;
  /** Leaves the text for the rows. */
  onLeave(this: void): void;
  readonly counts: ReadonlyMap<JobState, number>;
}

const offered: readonly JobState[] = ['RUNNING', 'QUEUED', 'PENDING', 'FAILED', 'COMPLETED', 'CANCELLED'];

export function FilterBar(props: Props): ReactNode {
  const { filter, counts } = props;
  const toggle = (state: JobState): void => {
    const states = new Set(filter.states);
    if (!states.delete(state)) states.add(state);
    props.onFilter({ ...filter, states });
  };
  return (
    <div className="queue-filter" role="search">
      <TextInput
        className="queue-filter-text"
        aria-label="Filter the queue"
        placeholder="Filter by name, owner, kind …"
        data-filter
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        rightSection={
          filter.text === '' ? null : (
            <CloseButton
              size="xs"
              aria-label="Clear the filter"
              onClick={() => props.onFilter({ ...filter, text: '' })}
            />
          )
        }
        value={filter.text}
        onChange={(event) => props.onFilter({ ...filter, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && filter.text !== '') props.onFilter({ ...filter, text: '' });
          else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter')
            props.onLeave();
          else return;
          event.preventDefault();
        }}
      />
      <div className="queue-chips" role="group" aria-label="States shown">
        {offered.map((state) => (
          <button
            key={state}
            type="button"
            className="queue-chip"
            aria-pressed={filter.states.has(state)}
            onClick={() => toggle(state)}
          >
            <StateIcon state={state} size={14} />
            {stateWords[state]}
            <span className="queue-chip-count">{numberInWords(counts.get(state) ?? 0)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
