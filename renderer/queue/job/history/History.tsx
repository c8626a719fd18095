import { Button, Skeleton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobDetail } from '../../../../shared/ipc/job';
import type { HistoryEntry } from '../../../../shared/model/history';
import { request } from '../../../live/request';
import { Loading, Notice } from '../../../ui/Notice';
import { tellRefusal } from '../../../ui/tell';
import { Moment } from '../../../ui/Time';
import { capitalised } from '../../../ui/words';
import './history.css';

const page = 100;

/** Who did what with a job or its batch, when and why; the newest first. */
export function History({ job }: { readonly job: JobDetail }): ReactNode {
  // What people do shows in these.
  const { id, state, priority, deadline, after, tasks } = job;
  const signature = JSON.stringify([state, priority, deadline, after, tasks.CANCELLED]);
  const { entries, hasMore, more } = useHistory(id, signature);
  if (entries === null)
    return (
      <Loading what="the history">
        <Skeleton height={14} width="50%" my={20} />
        <Skeleton height={14} width="40%" my={20} />
      </Loading>
    );
  if (entries.length === 0)
    return (
      <Notice
        icon={<IconHistory size={28} stroke={1.5} aria-hidden />}
        title="Nobody has changed anything yet"
      >
        Who holds, retries or reorders this job is written down here.
      </Notice>
    );
  return (
    <div className="job-panel">
      <table className="panel-table" aria-label="History">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ number, at, by, what, why }) => (
            <tr key={number}>
              <td>
                <Moment at={at} />
              </td>
              <td>{by ?? 'Drover'}</td>
              <td>{capitalised(what)}</td>
              <td>{why ?? <span className="faint">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore && (
        <Button mt="sm" variant="default" onClick={more}>
          Show earlier
        </Button>
      )}
    </div>
  );
}

function useHistory(
  what: string,
  signature: string,
): { readonly entries: readonly HistoryEntry[] | null; readonly hasMore: boolean; more(this: void): void } {
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  const [hasMore, setHasMore] = useState(false);
  useEffect(() => {
    let isOver = false;
    void request('history.list', { what, before: null, count: page }).then((answer) => {
      if (isOver) return;
      if (!answer.ok) {
        tellRefusal('show the history', answer.refusal);
        return;
      }
      const { entries: newest } = answer.value;
      const oldest = newest.at(-1)?.number ?? 0;
      setEntries((before) => [...newest, ...(before ?? []).filter(({ number }) => number < oldest)]);
      setHasMore((had) => had || newest.length === page);
    });
    return () => {
      isOver = true;
    };
  }, [what, signature]);
  const more = async (): Promise<void> => {
    const before = entries?.at(-1)?.number ?? null;
    const answer = await request('history.list', { what, before, count: page });
    if (!answer.ok) {
      tellRefusal('show the history', answer.refusal);
      return;
    }
    setEntries((known) => [...(known ?? []), ...answer.value.entries]);
    setHasMore(answer.value.entries.length === page);
  };
  return { entries, hasMore, more: () => void more() };
}
