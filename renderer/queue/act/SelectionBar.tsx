import { Button, CloseButton, Menu } from '@mantine/core';
import {
  IconCalendarClock,
  IconChevronUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRotateClockwise,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { JobRow } from '../../../shared/ipc/queue';
import { countInWords } from '../../ui/words';
import type { QueueRow } from '../rows';
import { changeJobs } from './change';
import { fittingJobs, simpleActions, simpleKinds } from './job-actions';
import type { SimpleKind } from './job-actions';
import { jobsOf, partInWords } from './many';
import { PriorityItems } from './PriorityItems';
import './act.css';

interface Props {
  /** Those that are selected. */
  readonly rows: readonly QueueRow[];
  onDeadline(this: void, jobs: readonly JobRow[]): void;
  onClear(this: void): void;
}

const signs: Readonly<Record<SimpleKind, Icon>> = {
  retry: IconRotateClockwise,
  hold: IconPlayerPause,
  release: IconPlayerPlay,
  cancel: IconPlayerStop,
};

/** How many are selected, and what can be done with them. */
export function SelectionBar({ rows, onDeadline, onClear }: Props): ReactNode {
  const jobs = useMemo(() => jobsOf(rows), [rows]);
  const fitting = useMemo(() => fittingJobs(jobs), [jobs]);
  const withPart = (words: string, some: readonly JobRow[]): string =>
    some.length === jobs.length ? words : `${words} ${partInWords(some.length, jobs.length)}`;
  return (
    <section className="selection-bar" aria-label="Selected jobs">
      <span className="selection-count" role="status">
        {countInWords(jobs.length, 'job')} selected
      </span>
      {simpleKinds
        .filter((kind) => fitting[kind].length > 0)
        .map((kind) => {
          const Sign = signs[kind];
          return (
            <Button
              key={kind}
              variant="default"
              leftSection={<Sign size={15} aria-hidden />}
              onClick={() => void changeJobs({ kind }, jobs)}
            >
              {withPart(simpleActions[kind].words, fitting[kind])}
            </Button>
          );
        })}
      {fitting.order.length > 0 && (
        <>
          <Menu position="top-start">
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronUp size={14} aria-hidden />}>
                {withPart('Priority', fitting.order)}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <PriorityItems
                onChoose={(priority) => void changeJobs({ kind: 'order', priority, deadline: null }, jobs)}
              />
            </Menu.Dropdown>
          </Menu>
          <Button
            variant="default"
            leftSection={<IconCalendarClock size={15} aria-hidden />}
            onClick={() => onDeadline(fitting.order)}
          >
            {withPart('Deadline', fitting.order)} …
          </Button>
        </>
      )}
      <CloseButton size="sm" aria-label="Select nothing" title="Select nothing" onClick={onClear} />
    </section>
  );
}
