import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ShortcutList } from './ShortcutList';

export function ShortcutsDialog(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={<Text fw={600}>Keyboard shortcuts</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
    >
      <ShortcutList />
    </Modal>
  );
}
