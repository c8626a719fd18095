import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { replaceRoute } from '../app/useRoute';
import { CheckPanel } from './CheckPanel';
import { PickRecipe } from './PickRecipe';
import './submit.css';

interface Props {
  readonly opened: boolean;
  /** The recipe to check; null: none is chosen yet. */
  readonly file: string | null;
  onClose(this: void): void;
}

/** Picks a recipe, shows what it would run, and submits it. */
export function SubmitDialog(props: Props): ReactNode {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size={720}
      yOffset="8vh"
      title={<Text fw={600}>Submit a recipe</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: 'submit-body', content: 'submit-content' }}
    >
      {props.file === null ? (
        <PickRecipe onPick={(file) => replaceRoute({ page: 'submit', file })} />
      ) : (
        <CheckPanel
          key={props.file}
          path={props.file}
          onOther={() => replaceRoute({ page: 'submit', file: null })}
          onCancel={props.onClose}
        />
      )}
    </Modal>
  );
}
