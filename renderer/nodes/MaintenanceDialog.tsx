import { Button, Checkbox, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { setAside } from './actions';
import { asField, fromField } from '../ui/momentField';
import { offeredUntil } from './until';

interface Props {
  readonly node: NodeRow;
  onClose(this: void): void;
}

/** Until when a node is set aside. */
export function MaintenanceDialog({ node, onClose }: Props): ReactNode {
  const [opened] = useState(() => Date.now());
  const offers = offeredUntil(opened);
  const [field, setField] = useState(() => asField(offers.at(-1)?.at ?? opened));
  const [vacate, setVacate] = useState(false);
  const until = fromField(field);
  const choose = async (at: number): Promise<void> => {
    if (await setAside(node, at, vacate)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      centered
      title={<Text fw={600}>Set {node.name} aside</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" c="dimmed">
        It takes nothing new until then, and takes work again by itself afterwards.
      </Text>
      <Checkbox
        className="until-vacate"
        label="Stop what runs there"
        description={
          vacate
            ? 'It saves its work first, where it can, and goes on at another node.'
            : 'What runs there is finished there.'
        }
        checked={vacate}
        onChange={(event) => setVacate(event.currentTarget.checked)}
      />
      <div className="until-offers">
        {offers.map(({ words, at }, index) => (
          <Button
            key={words}
            variant="default"
            onClick={() => void choose(at)}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
          >
            {words}
          </Button>
        ))}
      </div>
      <form
        className="until-own"
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== null) void choose(until);
        }}
      >
        <TextInput
          type="datetime-local"
          label="Until another time"
          min={asField(opened)}
          value={field}
          onChange={(event) => setField(event.currentTarget.value)}
        />
        <Button type="submit" disabled={until === null || until <= opened}>
          Set aside
        </Button>
      </form>
    </Modal>
  );
}
