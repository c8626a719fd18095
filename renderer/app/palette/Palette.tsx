import { Modal, useMantineColorScheme } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { PresetCard } from '../../../shared/ipc/forms';
import { bridge } from '../../live/connection';
import { request } from '../../live/request';
import { useView, valueOf } from '../../live/useView';
import { numberInWords } from '../../ui/words';
import type { Route } from '../route';
import { navigate } from '../useRoute';
import type { Entry } from './entry';
import { fixedEntries } from './fixed';
import { openThing } from './open-actions';
import { Option } from './Option';
import { rank } from './rank';
import type { Ranking } from './rank';
import { nodeEntries, presetEntries, queueEntries } from './things';
import './palette.css';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The page behind it. */
  readonly place: Route;
  readonly onShortcuts: () => void;
}

/** Everything that can be gone to or done, found by typing a few letters of it. */
export function Palette(props: Props): ReactNode {
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      // The field does it: a dialog behind this one is to stay open.
      closeOnEscape={false}
      padding={0}
      size={640}
      yOffset="11vh"
      // What is chosen happens at once, so the keyboard is free at once.
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Command palette">
        <Modal.Body>
          <Search {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Search({ onClose, place, onShortcuts }: Props): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const { entries, openName } = useEntries(place, onShortcuts);
  const isTyped = typed.trim() !== '';
  const ranking = useMemo(
    () => (isTyped ? rank(typed, entries) : atFirst(entries)),
    [typed, isTyped, entries],
  );
  const { best, found } = ranking;
  const chosen = Math.max(
    0,
    best.findIndex(({ entry }) => entry.key === chosenKey),
  );

  const choose = (index: number): void => {
    // From the last to the first, and back.
    setChosenKey(best[(index + best.length) % best.length]?.entry.key ?? null);
  };
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    if (entry.does.kind === 'go') navigate(entry.does.to);
    else entry.does.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: Math.min(best.length - 1, chosen + 8),
      PageUp: Math.max(0, chosen - 8),
    };
    const move = moves[event.key];
    if (move !== undefined) choose(move);
    else if (event.key === 'Enter') run(best[chosen]?.entry);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  const optionId = (index: number): string => `${id}-${index}`;
  const more = found - best.length;
  return (
    <>
      <div className="palette-field">
        <IconSearch size={18} stroke={1.7} aria-hidden />
        <input
          data-autofocus
          data-mantine-stop-propagation="true"
          className="palette-input"
          role="combobox"
          aria-label="Find a job, a node, an action …"
          aria-expanded={best.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(best.length === 0 ? {} : { 'aria-activedescendant': optionId(chosen) })}
          placeholder="Find a job, a node, an action …"
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosenKey(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <Options
        id={`${id}-list`}
        ranking={ranking}
        hasHeadings={!isTyped}
        openName={openName}
        chosen={chosen}
        optionId={optionId}
        onChoose={choose}
        onRun={run}
      />
      <p className="palette-foot" role="status">
        {best.length === 0
          ? 'Nothing is called so.'
          : more > 0
            ? `The best ${best.length} of ${numberInWords(found)}. Type more to find others.`
            : isTyped
              ? `${best.length} found`
              : 'Type to find any job, node, preset or setting.'}
      </p>
    </>
  );
}

function Options(props: {
  readonly id: string;
  readonly ranking: Ranking<Entry>;
  readonly hasHeadings: boolean;
  readonly openName: string | null;
  readonly chosen: number;
  readonly optionId: (index: number) => string;
  readonly onChoose: (index: number) => void;
  readonly onRun: (entry: Entry) => void;
}): ReactNode {
  const { best } = props.ranking;
  const list = useRef<HTMLDivElement>(null);
  const { chosen } = props;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, props.ranking]);
  return (
    <div ref={list} id={props.id} className="palette-list" role="listbox" aria-label="Found">
      {best.map(({ entry, marks }, index) => (
        <Option
          key={entry.key}
          id={props.optionId(index)}
          entry={entry}
          marks={marks}
          heading={
            props.hasHeadings && best[index - 1]?.entry.group !== entry.group ? props.openName : undefined
          }
          hasGroup={!props.hasHeadings}
          isChosen={index === chosen}
          onChoose={() => props.onChoose(index)}
          onRun={() => props.onRun(entry)}
        />
      ))}
    </div>
  );
}

const mostRecent = 6;

/** Before anything is typed: what is open, what can be done anywhere, and the newest batches. */
function atFirst(entries: readonly Entry[]): Ranking<Entry> {
  const of = (group: Entry['group']): readonly Entry[] => entries.filter((entry) => entry.group === group);
  const shown = [...of('here'), ...of('page'), ...of('action'), ...of('batch').slice(0, mostRecent)];
  return { best: shown.map((entry) => ({ entry, marks: [] })), found: shown.length };
}

function useEntries(
  place: Route,
  onShortcuts: () => void,
): { readonly entries: readonly Entry[]; readonly openName: string | null } {
  const queue = valueOf(useView('queue', {}));
  const nodes = valueOf(useView('nodes', {}));
  const presets = usePresets();
  const { setColorScheme } = useMantineColorScheme();
  const ofQueue = useMemo(() => (queue === null ? [] : queueEntries(queue)), [queue]);
  const ofNodes = useMemo(() => nodeEntries(nodes ?? []), [nodes]);
  const ofPresets = useMemo(() => presetEntries(presets), [presets]);
  const [fixed] = useState(() =>
    fixedEntries({
      platform: bridge.platform,
      showShortcuts: onShortcuts,
      setColourScheme: setColorScheme,
    }),
  );
  return useMemo(() => {
    const here = openThing(place, queue, nodes);
    const entries = [...(here?.entries ?? []), ...fixed, ...ofNodes, ...ofQueue, ...ofPresets];
    return { entries, openName: here?.name ?? null };
  }, [place, queue, nodes, fixed, ofNodes, ofQueue, ofPresets]);
}

function usePresets(): readonly PresetCard[] {
  const [presets, setPresets] = useState<readonly PresetCard[]>([]);
  useEffect(() => {
    let isMounted = true;
    void request('preset.list', {}).then((answer) => {
      if (isMounted && answer.ok) setPresets(answer.value.presets);
    });
    return () => {
      isMounted = false;
    };
  }, []);
  return presets;
}
