import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '../../../shared/ipc/messages';
import type { NodeAnswers, NodeWish } from '../../../shared/ipc/nodes';
import { navigate } from '../../app/useRoute';
import { request } from '../../live/request';
import { tellDone } from '../../ui/tell';
import { useVisit } from './useVisit';
import { VisitPanel } from './VisitPanel';
import './visit.css';

interface Props {
  readonly opened: boolean;
  onClose(this: void): void;
}

/** Names a machine, goes there, and makes it a node. */
export function AddNodeDialog(props: Props): ReactNode {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size={600}
      yOffset="8vh"
      title={<Text fw={600}>Add a node</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: 'visit-body', content: 'visit-content' }}
    >
      <AddNode onClose={props.onClose} />
    </Modal>
  );
}

function AddNode({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const visiting = useVisit();
  const { visit, go, forget } = visiting;
  const isGoing = visit.kind === 'going';
  const isReady = address.trim() !== '' && !isGoing && visit.kind !== 'question';
  const wish: Omit<NodeWish, 'answers'> = {
    address: address.trim(),
    name: name.trim() === '' ? null : name.trim(),
  };

  const testButton = useRef<HTMLButtonElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // What had the focus may be gone, as the answer to a question is: the keyboard goes on with what comes next.
    if (document.activeElement !== document.body) return;
    (visit.kind === 'found' ? addButton : testButton).current?.focus();
  }, [visit.kind]);

  const test = (): void => {
    if (isReady) go((answers) => request('node.try', { ...wish, answers }), nothing);
  };
  const add = (): void => {
    if (!isReady) return;
    go(
      (answers) => addAndTell(wish, answers),
      () => {
        onClose();
        navigate({ page: 'nodes' });
      },
    );
  };

  return (
    <>
      <form
        className="visit-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (visit.kind === 'found') add();
          else test();
        }}
      >
        <TextInput
          label="Machine"
          description="As for ssh: user@host:port, a host, or a name of your SSH configuration."
          placeholder="anna@render1.studio.lan"
          data-autofocus
          spellCheck={false}
          autoComplete="off"
          maxLength={300}
          readOnly={isGoing}
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
            forget();
          }}
        />
        <TextInput
          label="Name"
          description="How it is called here; without one, as its host."
          spellCheck={false}
          autoComplete="off"
          maxLength={100}
          readOnly={isGoing}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {/* Enter in a field goes through the form, wherever its buttons stand. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
      <VisitPanel visiting={visiting} onCancel={forget} />
      {visit.kind !== 'question' && (
        <footer className="visit-foot">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <span className="visit-foot-end">
            <Button ref={testButton} variant="default" disabled={!isReady} onClick={test}>
              Test connection
            </Button>
            <Button ref={addButton} disabled={!isReady} onClick={add}>
              Add
            </Button>
          </span>
        </footer>
      )}
    </>
  );
}

const nothing = (): void => undefined;

/** It is added, also when the dialog was closed meanwhile. */
async function addAndTell(
  wish: Omit<NodeWish, 'answers'>,
  answers: NodeAnswers,
): Promise<Answer<'node.add'>> {
  const answer = await request('node.add', { ...wish, answers, why: null });
  if (answer.ok && answer.value.kind === 'found') {
    const notices = answer.value.notices.join(' ');
    tellDone(
      `${wish.name ?? wish.address} is added`,
      notices === '' ? 'It takes work from now on.' : notices,
    );
  }
  return answer;
}
