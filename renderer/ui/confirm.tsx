import { Button, Group, Modal, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button does: "Cancel the job". */
  readonly yes: string;
  readonly no: string;
  /** Nothing is lost by it. */
  readonly isHarmless?: boolean;
}

interface Asked extends Question {
  readonly isOpen: boolean;
  answer(isYes: boolean): void;
}

/** The last question stays after its answer, for the dialog to fade away with its words. */
let asked: Asked | null = null;
const listeners = new Set<() => void>();

function show(question: Asked): void {
  asked = question;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Only for what cannot be undone. */
export function confirm(question: Question): Promise<boolean> {
  if (asked?.isOpen === true) asked.answer(false);
  return new Promise((resolve) => {
    const asking: Asked = {
      ...question,
      isOpen: true,
      answer: (isYes) => {
        show({ ...asking, isOpen: false });
        resolve(isYes);
      },
    };
    show(asking);
  });
}

/** Stands once in the shell and asks what `confirm` is called with. */
export function Confirmation(): ReactNode {
  const question = useSyncExternalStore(subscribe, () => asked);
  return (
    <Modal
      opened={question?.isOpen === true}
      onClose={() => question?.answer(false)}
      title={<Text fw={600}>{question?.title}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
      size={440}
    >
      <Text size="sm" c="dimmed">
        {question?.text}
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => question?.answer(false)}>
          {question?.no}
        </Button>
        <Button
          {...(question?.isHarmless === true ? {} : { color: 'red.9' })}
          data-autofocus
          onClick={() => question?.answer(true)}
        >
          {question?.yes}
        </Button>
      </Group>
    </Modal>
  );
}
