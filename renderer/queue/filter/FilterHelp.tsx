import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { fields } from './fields';

/** What can be typed, to be tried with a click. */
export function FilterHelp(props: {
  readonly text: string;
  onText(this: void, text: string): void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const add = (example: string): void => {
    props.onText(`${props.text.trim()} ${example}`.trim());
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={400} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label="What can be typed"
          title="What can be typed"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconHelp size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={10} aria-label="What can be typed">
        <p className="filter-help-text">
          Words are looked for in names. A minus leaves out what matches, commas mean either, quotes keep
          words together: <code>-state:completed,failed &quot;shot 042&quot;</code>
        </p>
        <ul className="filter-help">
          {fields.map(({ name, words, example }) => (
            <li key={name}>
              <button type="button" onClick={() => add(example)}>
                <code>{example}</code>
                <span className="faint">{words}</span>
              </button>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
