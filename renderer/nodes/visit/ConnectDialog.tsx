import { Button, Modal, Text } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../../shared/ipc/nodes';
import { request } from '../../live/request';
import { tellDone } from '../../ui/tell';
import { useVisit } from './useVisit';
import { VisitPanel } from './VisitPanel';
import './visit.css';

interface Props {
  readonly node: NodeRow;
  readonly takeOver: boolean;
  onClose(this: void): void;
}

/** Goes to a node again now, and asks what has to be answered for that. */
export function ConnectDialog({ node, takeOver, onClose }: Props): ReactNode {
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      yOffset="8vh"
      title={<Text fw={600}>{takeOver ? `Take over ${node.name}` : `Connect ${node.name}`}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: 'visit-body', content: 'visit-content' }}
    >
      <Connect node={node} takeOver={takeOver} onClose={onClose} />
    </Modal>
  );
}

function Connect({ node, takeOver, onClose }: Props): ReactNode {
  const visiting = useVisit();
  const { visit, go } = visiting;
  const connect = (): void =>
    go(
      (answers) => request('node.connect', { node: node.id, answers, takeOver }),
      () => {
        tellDone(`${node.name} is reached`);
        onClose();
      },
    );
  const begin = useEffectEvent(connect);
  useEffect(() => begin(), []);
  return (
    <>
      <p className="faint visit-address">{node.address}</p>
      <VisitPanel visiting={visiting} onCancel={onClose} />
      {visit.kind !== 'question' && (
        <footer className="visit-foot">
          <Button variant="default" data-autofocus onClick={onClose}>
            Close
          </Button>
          {visit.kind !== 'going' && <Button onClick={connect}>Try again</Button>}
        </footer>
      )}
    </>
  );
}
