import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { replacePiece } from './language';
import type { Mistake } from './language';
import { suggestionsAt } from './suggest';
import type { Known, Suggestion } from './suggest';
import './filter.css';

interface Props {
  readonly text: string;
  readonly mistakes: readonly Mistake[];
  readonly known: Known;
  onText(this: void, text: string): void;
  /** Leaves the text for the rows. */
  onLeave(this: void): void;
}

/** Where the filter is typed, with what could be meant under it. */
export function FilterField(props: Props): ReactNode {
  const { text, known, onText } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const suggestions = useMemo(
    () => (cursor === null ? [] : suggestionsAt(text, cursor, known)),
    [text, cursor, known],
  );
  const isOpen = suggestions.length > 0;
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);

  const type = (next: string, at: number | null): void => {
    setActive(-1);
    setCursor(at);
    onText(next);
  };
  const accept = (suggestion: Suggestion): void => {
    caret.current = suggestion.cursor;
    type(suggestion.text, suggestion.cursor);
    input.current?.focus();
  };
  const close = (): void => setCursor(null);

  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = isOpen ? suggestions[active] : undefined;
    if (isOpen && event.key === 'ArrowDown') setActive((active + 1) % suggestions.length);
    else if (isOpen && event.key === 'ArrowUp') setActive(active <= 0 ? suggestions.length - 1 : active - 1);
    else if (chosen !== undefined && (event.key === 'Enter' || event.key === 'Tab')) accept(chosen);
    else if (isOpen && event.key === 'Escape') close();
    else if (event.key === 'Escape' && text !== '') type('', null);
    else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') {
      close();
      props.onLeave();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="filter-field">
      <TextInput
        ref={input}
        aria-label="Filter the queue"
        aria-describedby={`${id}-mistakes`}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(isOpen && active >= 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder="Filter: a name, owner:me, state:running …"
        data-filter
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        rightSection={
          text === '' ? null : (
            <CloseButton size="xs" aria-label="Clear the filter" onClick={() => type('', null)} />
          )
        }
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value, currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {isOpen && (
        <div className="filter-list" id={`${id}-list`} role="listbox" aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.label}
              id={`${id}-${index}`}
              className="filter-option"
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              onMouseDown={(event) => {
                // The field keeps the keyboard.
                event.preventDefault();
                accept(suggestion);
              }}
              onMouseMove={() => setActive(index)}
            >
              {suggestion.label}
              <span className="faint">{suggestion.hint}</span>
            </div>
          ))}
        </div>
      )}
      <div className="visually-hidden" id={`${id}-mistakes`}>
        {props.mistakes.map(({ words }) => words).join(' ')}
      </div>
    </div>
  );
}

/** What could not be understood, each with what may have been meant. */
export function Mistakes(props: {
  readonly text: string;
  readonly mistakes: readonly Mistake[];
  onText(this: void, text: string): void;
}): ReactNode {
  const { text, mistakes } = props;
  if (mistakes.length === 0) return null;
  return (
    <div className="filter-mistakes" role="status">
      {mistakes.map((mistake) => {
        const { words, instead, from } = mistake;
        return (
          <p key={from}>
            {words}
            {instead !== null && (
              <>
                {' '}
                <button
                  type="button"
                  className="filter-instead"
                  onClick={() => props.onText(replacePiece(text, mistake, instead))}
                >
                  Did you mean <b>{instead}</b>?
                </button>
              </>
            )}
          </p>
        );
      })}
    </div>
  );
}
