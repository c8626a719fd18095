import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton';
import { useKept } from '../../ui/kept';
import { savedFilters, withoutSaved, withSaved } from './saved';

interface Props {
  readonly text: string;
  onText(this: void, text: string): void;
}

/** Filters with a name: chosen, removed, and the present one saved. */
export function SavedFilters({ text, onText }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const filters = useKept(savedFilters);
  const wanted = text.trim();
  const present = filters.find((filter) => filter.text === wanted);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label="Saved filters"
          title="Saved filters"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconBookmark
            size={16}
            stroke={1.7}
            aria-hidden
            fill={present === undefined ? 'none' : 'currentColor'}
          />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label="Saved filters">
        {filters.length === 0 && (
          <p className="filter-saved-none faint">
            Save a filter that you use often, such as “state:failed owner:me”, and choose it here.
          </p>
        )}
        <ul className="filter-saved" aria-label="Saved filters">
          {filters.map((filter) => (
            <li key={filter.name}>
              <button
                type="button"
                className="filter-saved-choice"
                aria-current={filter === present}
                onClick={() => {
                  onText(filter.text);
                  setOpen(false);
                }}
              >
                {filter.name}
                <span className="faint">{filter.text}</span>
              </button>
              <IconButton
                label={`Remove ${filter.name}`}
                onClick={() => savedFilters.set(withoutSaved(filters, filter.name))}
              >
                <IconTrash size={15} stroke={1.7} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
        {wanted !== '' && present === undefined && (
          <SaveFilter key={wanted} text={wanted} taken={filters.map(({ name }) => name)} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveFilter(props: { readonly text: string; readonly taken: readonly string[] }): ReactNode {
  const [name, setName] = useState('');
  const wanted = name.trim();
  const replaces = props.taken.includes(wanted);
  return (
    <form
      className="filter-save"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '')
          savedFilters.set(withSaved(savedFilters.get(), { name: wanted, text: props.text }));
      }}
    >
      <TextInput
        label="Save this filter as"
        placeholder="A name"
        maxLength={60}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={wanted === ''}>
        {replaces ? 'Replace' : 'Save'}
      </Button>
    </form>
  );
}
