import { Skeleton } from '@mantine/core';
import { IconFileText, IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { AttemptPlace, StepPlace } from '../../../shared/ipc/job';
import type { AttemptId } from '../../../shared/model/ids';
import { LogSearch } from '../../ui/log/LogSearch';
import { LogView } from '../../ui/log/LogView';
import type { Log } from '../../ui/log/log';
import { Notice } from '../../ui/Notice';
import { useLog } from './useLog';
import type { FollowedLog } from './useLog';
import { useLogSearch } from './useLogSearch';

interface Props {
  readonly place: StepPlace;
  readonly task: number;
  readonly isStarted: boolean;
  /** Null: the newest, and those that come after it. */
  readonly attempt: AttemptId | null;
}

const placeOf = ({ place, task, attempt }: Props): AttemptPlace => ({
  ...place,
  task,
  ...(attempt === null ? {} : { attempt }),
});

/** What a task printed, as it comes, and searched. */
export function TaskLog(props: Props): ReactNode {
  const followed = useLog(placeOf(props));
  const { log, lines } = followed;
  if (log.state === 'loading') {
    return (
      <div className="task-log-none" role="status" aria-label="Loading the log">
        <Skeleton height={12} width="60%" m={16} />
      </div>
    );
  }
  if (log.state === 'refused') return <p className="task-log-none task-log-words">{log.refusal.message}</p>;
  if (lines.length === 0) return <EmptyLog isStarted={props.isStarted} isComplete={log.value.complete} />;
  return <OpenLog key={log.value.attempt} {...props} log={log.value} followed={followed} />;
}

function EmptyLog(props: { readonly isStarted: boolean; readonly isComplete: boolean }): ReactNode {
  return (
    <div className="task-log-none">
      <Notice
        icon={<IconFileText size={26} stroke={1.5} aria-hidden />}
        title={props.isStarted ? 'Nothing printed' : 'Not started yet'}
      >
        {props.isStarted
          ? props.isComplete
            ? 'The task ended without a word.'
            : 'What the task prints appears here as it comes.'
          : 'Its log appears here as soon as it runs.'}
      </Notice>
    </div>
  );
}

function OpenLog(props: Props & { readonly log: Log; readonly followed: FollowedLog }): ReactNode {
  const { followed, log } = props;
  const near = useRef<number | null>(null);
  const task = placeOf(props);
  const field = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const { search, target, open } = useLogSearch(task, log.size, near, followed.show);
  return (
    <div ref={panel} className="task-log">
      <button
        type="button"
        className="icon-button log-find"
        aria-label="Search in the log"
        title="Search in the log"
        data-find
        hidden={search !== null}
        onClick={() => {
          open();
          field.current?.select();
        }}
      >
        <IconSearch size={15} aria-hidden />
      </button>
      {search !== null && (
        <LogSearch
          search={search}
          field={field}
          onClosed={() => panel.current?.querySelector<HTMLElement>('[role="log"]')?.focus()}
        />
      )}
      <LogView
        label="Log of the task"
        lines={followed.lines}
        onEarlier={followed.loadEarlier}
        onLater={followed.loadLater}
        isLoading={followed.isLoading}
        onEnd={followed.showEnd}
        onPlace={(at) => (near.current = at)}
        target={target}
        searched={search === null ? null : search.finding}
      />
    </div>
  );
}
