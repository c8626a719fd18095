import { Button, Modal, TextInput } from '@mantine/core';
import {
  IconCornerDownLeft,
  IconFile,
  IconFolder,
  IconSearch,
  IconSitemap,
  IconTerminal2,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Sample } from '../../../shared/ipc/submissions';
import type { FormWish, PresetCard } from '../../../shared/ipc/forms';
import { navigate } from '../../app/useRoute';
import { bridge } from '../../live/connection';
import { request } from '../../live/request';
import { DialogHead } from '../DialogHead';
import { moveByArrows } from './arrows';
import { Cards } from './Cards';
import { Drafts, Recent, Samples } from './Lists';
import { search, wishOf } from './typed';
import './start.css';

const go = (wish: FormWish): void => navigate({ page: 'submit', wishes: [wish] });

/** Where submitting begins: a preset, a file, a command line, something unfinished, or a sample. */
export function StartPage(): ReactNode {
  const { presets, samples, forget } = useStart();
  const [typed, setTyped] = useState('');
  useCommandPaste(setTyped);
  const wish = wishOf(typed);
  const sought = wish === null ? typed : '';
  const found = search(presets ?? [], sought);
  const foundSamples = search(samples, sought);
  const [first] = found;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (wish !== null) go(wish);
    else if (typed.trim() !== '' && first !== undefined) go(presetWish(first));
  };
  const choose = async (pick: 'file' | 'folder'): Promise<void> => {
    const path = await bridge.choose({ pick, title: 'What is to be run?', filters: [], from: null });
    if (path !== null) go({ kind: 'file', path });
  };

  return (
    <>
      <DialogHead isFirst title="Submit" />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys move among what is in it */}
      <div className="start-frame" onKeyDown={moveByArrows}>
        <div className="start-search">
          <TextInput
            size="sm"
            aria-label="Search, or paste a command line"
            placeholder="Search, or paste a command line"
            leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
            data-autofocus
            data-typed
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFile size={16} stroke={1.7} aria-hidden />}
            onClick={() => void choose('file')}
          >
            File …
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFolder size={16} stroke={1.7} aria-hidden />}
            onClick={() => void choose('folder')}
          >
            Folder …
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconSitemap size={16} stroke={1.7} aria-hidden />}
            onClick={() => navigate({ page: 'pipeline', file: null })}
          >
            Several jobs …
          </Button>
        </div>
        <Modal.Body className="submit-body start-body">
          {wish !== null && <Typed wish={wish} />}
          {wish === null && (
            <>
              {sought === '' && <Drafts />}
              {presets !== null && (
                <Cards presets={found} onOpen={(preset) => go(presetWish(preset))} onForget={forget} />
              )}
              {sought === '' && <Recent />}
              <Samples samples={foundSamples} />
              {presets !== null && found.length === 0 && foundSamples.length === 0 && (
                <Nothing typed={typed} />
              )}
            </>
          )}
        </Modal.Body>
        <p className="start-foot">
          Or drop a file or the folder of a job bundle anywhere in this window. Nothing starts before you
          submit it.
        </p>
      </div>
    </>
  );
}

const presetWish = ({ name }: PresetCard): FormWish => ({ kind: 'preset', preset: name, file: null });

function Typed({ wish }: { readonly wish: FormWish }): ReactNode {
  const isCommand = wish.kind === 'command';
  return (
    <button type="button" className="start-row" data-arrows onClick={() => go(wish)}>
      {isCommand ? (
        <IconTerminal2 size={20} stroke={1.6} aria-hidden />
      ) : (
        <IconFile size={20} stroke={1.6} aria-hidden />
      )}
      <span className="start-row-words">
        <span className="start-row-title">{isCommand ? 'Make a job of this command' : 'Open this file'}</span>
        <span className="start-row-text start-row-code">
          {wish.kind === 'command' ? wish.text : wish.kind === 'file' ? wish.path : ''}
        </span>
      </span>
      <IconCornerDownLeft size={16} stroke={1.8} aria-hidden />
    </button>
  );
}

function Nothing({ typed }: { readonly typed: string }): ReactNode {
  return (
    <div className="start-nothing">
      <p>Nothing is called “{typed.trim()}”.</p>
      <Button variant="default" onClick={() => go({ kind: 'command', text: typed.trim(), folder: null })}>
        Make a job of it as a command
      </Button>
    </div>
  );
}

interface Start {
  /** Null: not known yet. */
  readonly presets: readonly PresetCard[] | null;
  readonly samples: readonly Sample[];
  forget(this: void, preset: PresetCard): void;
}

function useStart(): Start {
  const [presets, setPresets] = useState<readonly PresetCard[] | null>(null);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let isMounted = true;
    void request('preset.list', {}).then((answer) => {
      if (isMounted) setPresets(answer.ok ? answer.value.presets : []);
    });
    void request('sample.list', {}).then((answer) => {
      if (isMounted && answer.ok) setSamples(answer.value.samples);
    });
    return () => {
      isMounted = false;
    };
  }, []);
  const forget = (preset: PresetCard): void =>
    setPresets((all) => all?.filter(({ name }) => name !== preset.name) ?? null);
  return { presets, samples, forget };
}

/** What is pasted anywhere on this page: a command or a file is opened, other words are searched for. */
function useCommandPaste(search: (text: string) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const wish = wishOf(text);
      const isInField = event.target instanceof HTMLInputElement;
      if (text.trim() === '' || (wish === null && isInField)) return;
      event.preventDefault();
      if (wish === null) search(text.trim());
      else go(wish);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [search]);
}
