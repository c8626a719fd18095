import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { tag } from './change';

const longest = 100;

/** A name for what is to be kept for ever. `row` of null: it is closed. */
export function TagDialog(props: {
  readonly row: CheckpointRow | null;
  onClose(this: void): void;
}): ReactNode {
  const { row, onClose } = props;
  const [name, setName] = useState('');
  const close = (): void => {
    setName('');
    onClose();
  };
  const keep = async (): Promise<void> => {
    if (row !== null && name.trim() !== '' && (await tag(row, name.trim()))) close();
  };
  return (
    <Modal opened={row !== null} onClose={close} title={`Keep ${row?.name ?? ''} for ever`} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <TextInput
          label="Tag"
          description="What has a tag is never deleted to make room."
          placeholder="before the storm"
          maxLength={longest}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            Keep it
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
