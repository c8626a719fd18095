import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PresetCard } from '../../shared/ipc/forms';
import { Picture } from '../submit/Picture';
import { moveByArrows } from '../submit/start/arrows';
import { search } from '../submit/start/typed';
import { Loading } from '../ui/Notice';

/** What is dragged from the shelf: the name of a preset. */
export const presetType = 'application/x-drover-preset';

interface Props {
  /** Null: not known yet. */
  readonly cards: readonly PresetCard[] | null;
  onAdd(this: void, preset: string): void;
}

/** The presets: dragged onto the graph, or added with a click or Enter. */
export function Shelf({ cards, onAdd }: Props): ReactNode {
  const [typed, setTyped] = useState('');
  const found = search(cards ?? [], typed);
  const own = found.filter(({ isOwn }) => isOwn);
  const shipped = found.filter(({ isOwn }) => !isOwn);
  const [first] = [...own, ...shipped];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move among what is in it
    <section className="shelf" aria-label="Presets" onKeyDown={moveByArrows}>
      <TextInput
        size="xs"
        data-filter
        aria-label="Search the presets"
        placeholder="Search …"
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed.trim() === '' || first === undefined) return;
          event.preventDefault();
          onAdd(first.name);
        }}
      />
      {cards === null && <Loading what="the presets" />}
      <div className="shelf-list">
        {own.length > 0 && <Presets title="Yours" cards={own} onAdd={onAdd} />}
        {shipped.length > 0 && (
          <Presets title={own.length > 0 ? 'Shipped' : null} cards={shipped} onAdd={onAdd} />
        )}
        {cards !== null && found.length === 0 && (
          <p className="faint shelf-nothing">Nothing is called “{typed.trim()}”.</p>
        )}
      </div>
    </section>
  );
}

function Presets(props: {
  readonly title: string | null;
  readonly cards: readonly PresetCard[];
  onAdd(this: void, preset: string): void;
}): ReactNode {
  return (
    <>
      {props.title !== null && <h2 className="shelf-title">{props.title}</h2>}
      <ul className="shelf-cards" aria-label={props.title ?? 'Presets'}>
        {props.cards.map(({ name, title, description, picture, kind }) => (
          <li key={name}>
            <button
              type="button"
              className="shelf-card"
              data-arrows
              draggable
              title={description}
              aria-label={`Add ${title}`}
              onClick={() => props.onAdd(name)}
              onDragStart={({ dataTransfer }) => {
                dataTransfer.setData(presetType, name);
                dataTransfer.effectAllowed = 'copy';
              }}
            >
              <Picture picture={picture} kind={kind} size="small" />
              {title}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
