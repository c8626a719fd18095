import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { asField, fromField } from '../../../ui/momentField';
import { setDeadline } from './change';
import { offeredDeadlines } from './deadlines';
import type { Run } from './run';
import './head.css';

interface Props {
  readonly run: Run;
  onClose(this: void): void;
}

/** By when a job, or all jobs of a batch, are to be done. */
export function DeadlineDialog({ run, onClose }: Props): ReactNode {
  const [opened] = useState(() => Date.now());
  const offers = offeredDeadlines(opened);
  const [field, setField] = useState(() => asField(run.deadline ?? offers.at(-1)?.at ?? opened));
  const at = fromField(field);
  const isPast = at !== null && at <= opened;
  const choose = async (deadline: number | null): Promise<void> => {
    if (await setDeadline(run, deadline)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      centered
      title={<Text fw={600}>Deadline of {run.name}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" c="dimmed">
        The nearer it comes, the more urgent {run.kind === 'job' ? 'the job is' : 'its jobs are'} among others
        of the same priority. Nothing is stopped when it is missed.
      </Text>
      <div className="deadline-offers">
        {offers.map(({ words, at: offered }, index) => (
          <Button
            key={words}
            variant="default"
            onClick={() => void choose(offered)}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
          >
            {words}
          </Button>
        ))}
        <Button variant="default" onClick={() => void choose(null)}>
          No deadline
        </Button>
      </div>
      <form
        className="deadline-own"
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null && !isPast) void choose(at);
        }}
      >
        <TextInput
          type="datetime-local"
          label="Another time"
          min={asField(opened)}
          value={field}
          error={isPast ? 'That is past.' : null}
          onChange={(event) => setField(event.currentTarget.value)}
        />
        <Button type="submit" disabled={at === null || isPast}>
          Set
        </Button>
      </form>
    </Modal>
  );
}
