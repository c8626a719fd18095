import { Button, CloseButton, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { priorities } from '../../../shared/model/states';
import { hashOf } from '../../app/route';
import { asField, fromField } from '../../ui/momentField';
import { capitalised } from '../../ui/words';
import type { JobChoice } from '../choices';
import type { TimelineNode } from '../nodeRows';
import { apply } from './apply';
import { Differences } from './Differences';
import { emptyDraft, isEmpty, stepsOf } from './draft';
import type { Draft } from './draft';
import type { Tried } from './useWhatIf';

interface Props {
  readonly draft: Draft;
  readonly tried: Tried;
  readonly jobs: readonly JobChoice[];
  readonly nodes: readonly TimelineNode[];
  readonly now: number;
  onDraft(this: void, draft: Draft): void;
  onClose(this: void): void;
}

const mostOffered = 50;
const priorityChoices = priorities.map((value) => ({ value, label: capitalised(value.toLowerCase()) }));

/** Something is tried out: the farm stays as it is until it is applied. */
export function WhatIfPanel(props: Props): ReactNode {
  const { draft, tried, nodes, onDraft, onClose } = props;
  const [isApplying, setApplying] = useState(false);
  const steps = stepsOf(draft);
  const canApply = tried.kind === 'found' && steps.length > 0;
  const doIt = async (): Promise<void> => {
    setApplying(true);
    const isDone = await apply(steps);
    setApplying(false);
    if (isDone) onDraft(emptyDraft);
  };
  const there = nodes.filter(({ isAdded }) => !isAdded).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <aside className="timeline-panel" aria-label="What if">
      <div className="timeline-panel-head">
        <h2>What if …</h2>
        <CloseButton aria-label="Close what if" onClick={onClose} />
      </div>
      <JobFields {...props} />
      <MultiSelect
        size="xs"
        label="Nodes are off"
        placeholder={draft.off.length === 0 ? 'None' : ''}
        description="They finish what they run, and take no more"
        data={there}
        limit={mostOffered}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'No node is off' }}
        value={[...draft.off]}
        onChange={(off) => onDraft({ ...draft, off })}
      />
      <div className="timeline-more-nodes">
        <Select
          size="xs"
          label="More nodes like"
          placeholder="None"
          data={there}
          limit={mostOffered}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'No more nodes' }}
          value={draft.like}
          onChange={(like) => onDraft({ ...draft, like })}
        />
        <NumberInput
          size="xs"
          label="How many"
          min={1}
          max={100}
          clampBehavior="strict"
          allowDecimal={false}
          disabled={draft.like === null}
          value={draft.count}
          onChange={(count) => onDraft({ ...draft, count: Math.max(1, Number(count) || 1) })}
        />
      </div>
      <Differences tried={tried} now={props.now} isEmpty={isEmpty(draft)} />
      <div className="timeline-panel-buttons">
        {draft.like !== null && (
          <p className="faint">
            More nodes cannot be applied from here:{' '}
            <a className="timeline-link" href={hashOf({ page: 'addNode' })}>
              add a node
            </a>
            .
          </p>
        )}
        <Button
          variant="default"
          disabled={isEmpty(draft) && draft.job === null}
          onClick={() => onDraft(emptyDraft)}
        >
          Discard
        </Button>
        <Button loading={isApplying} disabled={!canApply} onClick={() => void doIt()}>
          Apply
        </Button>
      </div>
    </aside>
  );
}

function JobFields({ draft, jobs, now, onDraft }: Props): ReactNode {
  const [opened] = useState(now);
  const open = jobs.filter(({ isOpen }) => isOpen);
  const isPast = (at: number | null): string | null => (at !== null && at <= opened ? 'That is past.' : null);
  const moment = (label: string, at: number | null, change: (at: number | null) => void): ReactNode => (
    <TextInput
      type="datetime-local"
      label={label}
      min={asField(opened)}
      disabled={draft.job === null}
      defaultValue={at === null ? '' : asField(at)}
      key={`${label} ${draft.job} ${at === null}`}
      error={isPast(at)}
      onBlur={(event) => change(fromField(event.currentTarget.value))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') change(fromField(event.currentTarget.value));
      }}
    />
  );
  return (
    <>
      <Select
        size="xs"
        label="A job"
        placeholder={open.length === 0 ? 'There is none that could be changed' : 'Choose a job'}
        disabled={open.length === 0}
        data={open}
        limit={mostOffered}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'No job' }}
        value={draft.job}
        onChange={(_, chosen) => {
          const job = open.find(({ value }) => value === chosen?.value)?.value ?? null;
          onDraft({ ...draft, job, priority: null, deadline: null, later: null });
        }}
      />
      <Select
        size="xs"
        label="has another priority"
        placeholder="As it is"
        disabled={draft.job === null}
        data={priorityChoices}
        clearable
        clearButtonProps={{ 'aria-label': 'The priority that it has' }}
        value={draft.priority}
        onChange={(chosen) =>
          onDraft({ ...draft, priority: priorities.find((one) => one === chosen) ?? null })
        }
      />
      {moment('has another deadline', draft.deadline, (deadline) => onDraft({ ...draft, deadline }))}
      {moment('starts nothing before', draft.later, (later) => onDraft({ ...draft, later }))}
    </>
  );
}
