import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { numberInWords } from '../../ui/words';

interface Props {
  find(this: void, text: string): readonly string[];
  onGo(this: void, id: string): void;
  onLeave(this: void): void;
}

/** Goes from one that is found to the next with Enter, back with Shift. */
export function Search(props: Props): ReactNode {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const ids = props.find(text);
  const go = (list: readonly string[], index: number): void => {
    const to = list.length === 0 ? 0 : (index + list.length) % list.length;
    const id = list[to];
    setAt(to);
    if (id !== undefined) props.onGo(id);
  };
  return (
    <TextInput
      className="graph-search"
      data-find
      aria-label="Search in the graph"
      placeholder="Search …"
      leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
      rightSectionWidth={64}
      rightSectionPointerEvents="none"
      rightSection={
        text === '' ? null : (
          <span className="graph-search-count" role="status">
            {ids.length === 0 ? 'None' : `${numberInWords(at + 1)} / ${numberInWords(ids.length)}`}
          </span>
        )
      }
      value={text}
      onClick={(event) => {
        event.currentTarget.focus();
        event.currentTarget.select();
      }}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        go(props.find(typed), 0);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go(ids, at + (event.shiftKey ? -1 : 1));
        else if (event.key === 'Escape') {
          setText('');
          props.onLeave();
        } else return;
        event.preventDefault();
      }}
    />
  );
}
