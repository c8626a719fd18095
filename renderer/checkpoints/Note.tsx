import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { requestOrTell } from '../live/request';

const longest = 4000;

/** What a person has written about a checkpoint, and may write. */
export function Note({ row }: { readonly row: CheckpointRow }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const { id: checkpoint, note } = row;
  const save = async (text: string): Promise<void> => {
    const wish = { checkpoint, note: text.trim() === '' ? null : text.trim(), why: null };
    if ((await requestOrTell('write the note', 'checkpoint.note', wish)) !== null) setTyped(null);
  };
  if (typed === null)
    return (
      <div className="checkpoint-note">
        {note !== undefined && <p>{note}</p>}
        <Button size="compact-xs" variant="default" onClick={() => setTyped(note ?? '')}>
          {note === undefined ? 'Write a note…' : 'Change the note…'}
        </Button>
      </div>
    );
  return (
    <form
      className="checkpoint-note"
      onSubmit={(event) => {
        event.preventDefault();
        void save(typed);
      }}
    >
      <Textarea
        aria-label="Note"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={longest}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save(typed);
        }}
      />
      <Group gap={6} mt={6}>
        <Button size="compact-xs" type="submit">
          Save the note
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => setTyped(null)}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
