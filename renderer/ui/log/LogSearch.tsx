import { TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { IconButton } from '../IconButton';
import { numberInWords } from '../words';
import type { Finding } from './finder';

export interface OpenSearch {
  readonly text: string;
  readonly finding: Finding;
  onText(this: void, text: string): void;
  onStep(this: void, direction: 'forwards' | 'backwards'): void;
  onClose(this: void): void;
}

/** The field above a log: what is searched for, how often it is there, and the way from match to match. */
export function LogSearch(props: {
  readonly search: OpenSearch;
  readonly field: RefObject<HTMLInputElement | null>;
  onClosed(this: void): void;
}): ReactNode {
  const { field } = props;
  const { text, finding, onText, onStep } = props.search;
  const onClose = (): void => {
    props.search.onClose();
    props.onClosed();
  };
  useEffect(() => field.current?.focus(), [field]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onStep(event.shiftKey ? 'backwards' : 'forwards');
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  const nowhere = finding.at === null;
  return (
    <search className="log-search">
      <TextInput
        ref={field}
        className="log-search-text"
        size="xs"
        aria-label="Search in the log"
        placeholder="Search in the log"
        leftSection={<IconSearch size={14} aria-hidden />}
        maxLength={1000}
        onKeyDown={onKeyDown}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <output className="log-search-count">{text === '' ? '' : findingInWords(finding)}</output>
      <IconButton label="Previous match" disabled={nowhere} onClick={() => onStep('backwards')}>
        <IconChevronUp size={15} aria-hidden />
      </IconButton>
      <IconButton label="Next match" disabled={nowhere} onClick={() => onStep('forwards')}>
        <IconChevronDown size={15} aria-hidden />
      </IconButton>
      <IconButton label="Close the search" onClick={onClose}>
        <IconX size={15} aria-hidden />
      </IconButton>
    </search>
  );
}

/** `3 of 128`; `3 of 10,000+` while or where not all are counted. */
export function findingInWords({ at, index, count, isCounted, isBusy }: Finding): string {
  if (at === null) return isBusy ? 'Searching…' : isCounted ? 'No matches' : '';
  const all = `${numberInWords(Math.max(1, count))}${isCounted ? '' : '+'}`;
  return index === null
    ? `${all} ${all === '1' ? 'match' : 'matches'}`
    : `${numberInWords(index + 1)} of ${all}`;
}
