import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JobRow } from '../../../shared/ipc/queue';
import { asField, fromField } from '../../ui/momentField';
import { countInWords } from '../../ui/words';
import { changeJobs } from './change';
import { namesInWords } from './many';
import { offeredDeadlines } from './deadlines';
import './act.css';

interface Props {
  readonly jobs: readonly JobRow[];
  onClose(this: void): void;
}

/** When jobs should be done. */
export function DeadlineDialog({ jobs, onClose }: Props): ReactNode {
  const [opened] = useState(() => Date.now());
  const offers = offeredDeadlines(opened);
  const [present = null] = jobs.map(({ deadline }) => deadline).filter((deadline) => deadline !== null);
  const [field, setField] = useState(() => asField(present ?? offers.at(-1)?.at ?? opened));
  const own = fromField(field);
  const choose = (deadline: number): void => {
    onClose();
    void changeJobs({ kind: 'order', priority: null, deadline }, jobs);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={460}
      centered
      title={<Text fw={600}>Deadline of {countInWords(jobs.length, 'job')}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" c="dimmed">
        {namesInWords(jobs)}. The nearer the deadline, the sooner it gets its turn.
      </Text>
      <div className="deadline-offers">
        {offers.map(({ words, at }, index) => (
          <Button
            key={words}
            variant="default"
            onClick={() => choose(at)}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
          >
            {words}
          </Button>
        ))}
        {present !== null && (
          <Button variant="default" onClick={() => choose(0)}>
            None
          </Button>
        )}
      </div>
      <form
        className="deadline-own"
        onSubmit={(event) => {
          event.preventDefault();
          if (own !== null) choose(own);
        }}
      >
        <TextInput
          type="datetime-local"
          label="Another time"
          min={asField(opened)}
          value={field}
          onChange={(event) => setField(event.currentTarget.value)}
        />
        <Button type="submit" disabled={own === null || own <= opened}>
          Set the deadline
        </Button>
      </form>
    </Modal>
  );
}
