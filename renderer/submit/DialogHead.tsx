import { Modal } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { replaceRoute } from '../app/useRoute';
import { IconButton } from '../ui/IconButton';

/** The head of the dialog: what it is about, and the way back to its first page. */
export function DialogHead(props: {
  readonly title: string;
  readonly picture?: ReactNode;
  readonly about?: ReactNode;
  /** The first page has nothing before it. */
  readonly isFirst?: boolean;
}): ReactNode {
  return (
    <Modal.Header className="submit-head">
      {props.isFirst !== true && (
        <IconButton label="Back to all presets" onClick={() => replaceRoute({ page: 'submit', wishes: [] })}>
          <IconArrowLeft size={18} stroke={1.8} aria-hidden />
        </IconButton>
      )}
      {props.picture}
      <div className="submit-head-words">
        <Modal.Title className="submit-title">{props.title}</Modal.Title>
        {props.about !== undefined && <div className="submit-about">{props.about}</div>}
      </div>
      <Modal.CloseButton aria-label="Close" />
    </Modal.Header>
  );
}
