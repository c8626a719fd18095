import { Button, Modal, Skeleton, Slider, TagsInput, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../../shared/ipc/nodes';
import type { Refusal } from '../../../shared/ipc/errors';
import { nodeSettings, type NodeSettings } from '../../../shared/model/settings';
import { request } from '../../live/request';
import { countInWords, memoryInWords } from '../../ui/words';
import { draftOf, problemsOf, settingsFrom, type Draft } from './draft';
import { GiveWayFields } from './GiveWayFields';
import { PathFields } from './PathFields';
import { saveNodeSettings } from './save';
import './edit.css';

interface Props {
  readonly node: NodeRow;
  onClose(this: void): void;
}

type Loaded =
  | { readonly kind: 'settings'; readonly settings: NodeSettings }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What people set for a node. */
export function EditNodeDialog({ node, onClose }: Props): ReactNode {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    void request('settings.show', {}).then((answer) =>
      setLoaded(
        answer.ok
          ? { kind: 'settings', settings: nodeSettings(answer.value.settings, node.id) }
          : { kind: 'refused', refusal: answer.refusal },
      ),
    );
  }, [node.id]);
  return (
    <Modal
      opened
      onClose={onClose}
      size={620}
      yOffset="6vh"
      title={<Text fw={600}>Edit {node.name}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: 'edit-body', content: 'edit-content' }}
    >
      {loaded === null && <Skeleton height={280} radius="md" />}
      {loaded?.kind === 'refused' && <p className="node-note node-note-trouble">{loaded.refusal.message}</p>}
      {loaded?.kind === 'settings' && <EditNode node={node} settings={loaded.settings} onClose={onClose} />}
    </Modal>
  );
}

function EditNode({ node, settings, onClose }: Props & { readonly settings: NodeSettings }): ReactNode {
  const [draft, setDraft] = useState(() => draftOf(settings, node.capacity));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSaving, setSaving] = useState(false);
  const change = (more: Partial<Draft>): void => setDraft((old) => ({ ...old, ...more }));
  const problems = problemsOf(draft);
  const isRight = Object.keys(problems).length === 0;
  const given = node.labels.filter((label) => !settings.labels.includes(label));

  const save = async (): Promise<void> => {
    setSaving(true);
    const refused = await saveNodeSettings(node, (before) => settingsFrom(draft, before, node.capacity));
    setSaving(false);
    setRefusal(refused);
    if (refused === null) onClose();
  };
  return (
    <form
      className="edit"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight && !isSaving) void save();
      }}
    >
      {node.kind === 'local' && node.capacity.cpu > 1 && (
        <CoresField node={node} cores={draft.cores} onChange={(cores) => change({ cores })} />
      )}
      <TagsInput
        size="xs"
        label="Labels"
        description={
          given.length === 0
            ? 'What it has or is, for work that needs it.'
            : `Beside those that were found: ${given.join(', ')}`
        }
        placeholder={draft.labels.length === 0 ? 'fast-disk, then Enter' : ''}
        value={[...draft.labels]}
        onChange={(labels) => change({ labels })}
      />
      <TagsInput
        size="xs"
        label="Pools"
        description="Nodes that belong together, for work that asks for one of them."
        placeholder={draft.pools.length === 0 ? 'night, then Enter' : ''}
        value={[...draft.pools]}
        onChange={(pools) => change({ pools })}
      />
      {node.kind === 'ssh' && (
        <PathFields rows={draft.paths} problem={problems.paths} onChange={(paths) => change({ paths })} />
      )}
      <GiveWayFields draft={draft} problems={problems} onChange={change} />
      {refusal !== null && (
        <p className="node-note node-note-trouble" role="alert">
          {refusal.message}
        </p>
      )}
      <footer className="edit-foot">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isRight} loading={isSaving}>
          Save
        </Button>
      </footer>
    </form>
  );
}

function CoresField(props: {
  readonly node: NodeRow;
  readonly cores: number;
  readonly onChange: (cores: number) => void;
}): ReactNode {
  const { cpu, memoryMiB } = props.node.capacity;
  const part = props.cores / cpu;
  return (
    <div>
      <div className="edit-label">
        Use up to {props.cores} of {countInWords(cpu, 'core')}
        <span className="faint"> and {memoryInWords(memoryMiB * part)} of memory</span>
      </div>
      <Slider
        min={1}
        max={cpu}
        step={1}
        value={props.cores}
        onChange={props.onChange}
        label={null}
        thumbLabel="Cores that work may use"
        aria-label="Cores that work may use"
      />
    </div>
  );
}
