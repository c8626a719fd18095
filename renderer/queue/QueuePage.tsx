import { Button, Skeleton } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useView } from '../live/useView';
import type { Queue } from '../live/values';
import { useKept } from '../ui/kept';
import { Loading, Notice, Refused } from '../ui/Notice';
import { useCalmNow } from '../ui/useNow';
import type { VirtualTableHandle } from '../ui/VirtualTable';
import { countInWords } from '../ui/words';
import { arrangement } from './arrangement';
import { EmptyQueue } from './EmptyQueue';
import { knownIn } from './filter/known';
import { parseFilter } from './filter/language';
import { isTimed, matcherOf } from './filter/match';
import { useMe } from './filter/useMe';
import { FilterBar } from './FilterBar';
import { QueueTable } from './QueueTable';
import { countStates, hasDeadlines, nothingOpened, orderOf, queueRows } from './rows';
import type { Opened, QueueRow, Unfolded } from './rows';
import { useSteps, withJob } from './useSteps';

export function QueuePage(): ReactNode {
  const queue = useView('queue', {});
  switch (queue.state) {
    case 'loading':
      return (
        <Loading what="the queue">
          {[0.5, 0.8, 0.7, 0.8, 0.6].map((width, index) => (
            <Skeleton key={index} height={14} width={`${width * 100}%`} my={26} radius="sm" />
          ))}
        </Loading>
      );
    case 'refused':
      return <Refused refusal={queue.refusal} />;
    case 'picture':
      return queue.value.batches.size === 0 ? <EmptyQueue /> : <FilledQueue queue={queue.value} />;
  }
}

/** What the person looked at stays when they come back from another page. */
const kept: {
  filter: string;
  unfolded: Unfolded;
  opened: Opened;
  selected: string | null;
} = {
  filter: '',
  unfolded: new Map(),
  opened: nothingOpened,
  selected: null,
};

/** The rows that a filter leaves, in the order that a person has chosen. */
function useRows(queue: Queue, text: string, unfolded: Unfolded, opened: Opened): readonly QueueRow[] {
  const { sort } = useKept(arrangement);
  const filter = useMemo(() => parseFilter(text), [text]);
  const me = useMe();
  const ticks = isTimed(filter);
  const moment = useCalmNow(ticks);
  const now = ticks ? moment : 0;
  const keeps = useMemo(() => matcherOf(filter, { me, now }), [filter, me, now]);
  const order = useMemo(() => orderOf(queue, sort), [queue, sort]);
  return useMemo(
    () => queueRows(queue, order, keeps, unfolded, sort, opened),
    [queue, order, keeps, unfolded, sort, opened],
  );
}

function FilledQueue({ queue }: { readonly queue: Queue }): ReactNode {
  const [filter, setFilter] = useState(kept.filter);
  const [unfolded, setUnfolded] = useState(kept.unfolded);
  const [openJobs, setOpenJobs] = useState(kept.opened.jobs);
  // What was seen before is there at once, also where the keyboard was.
  const opened = useSteps(openJobs, kept.opened.steps);
  const [selected, setSelected] = useState(kept.selected);
  useEffect(() => {
    kept.opened = opened;
    kept.filter = filter;
    kept.unfolded = unfolded;
    kept.selected = selected;
  }, [filter, unfolded, opened, selected]);
  const table = useRef<VirtualTableHandle>(null);
  useEffect(() => {
    // Coming back from a job, the keys go on where they were.
    if (kept.selected !== null) table.current?.focus();
  }, []);
  const rows = useRows(queue, useDeferredValue(filter), unfolded, opened);
  const counts = useMemo(() => countStates(queue), [queue]);
  const withDeadlines = useMemo(
    () => [...queue.jobs.values()].some((jobs) => hasDeadlines(jobs.values())),
    [queue],
  );
  const known = useMemo(() => knownIn(queue), [queue]);
  const onExpand = useCallback((row: QueueRow, isExpanded: boolean) => {
    if (row.kind === 'batch') setUnfolded((old) => new Map(old).set(row.batch.id, isExpanded));
    if (row.kind === 'job') setOpenJobs((old) => withJob(old, row.job.id, isExpanded));
  }, []);
  return (
    <>
      <header className="page-head">
        <h1 className="page-title">Queue</h1>
        <span className="faint">{summaryOf(queue)}</span>
      </header>
      <FilterBar
        text={filter}
        onText={setFilter}
        known={known}
        onLeave={() => table.current?.focus()}
        counts={counts}
      />
      <QueueTable
        label="Queue"
        rows={rows}
        hasDeadlines={withDeadlines}
        selected={selected}
        onSelect={setSelected}
        onExpand={onExpand}
        handle={table}
        empty={
          <Notice
            icon={<IconFilterOff size={28} stroke={1.5} aria-hidden />}
            title="Nothing matches the filter"
            actions={
              <Button variant="default" onClick={() => setFilter('')}>
                Show everything
              </Button>
            }
          />
        }
      />
    </>
  );
}

function summaryOf(queue: Queue): string {
  const jobs = [...queue.jobs.values()].reduce((sum, ofBatch) => sum + ofBatch.size, 0);
  return `${countInWords(queue.batches.size, 'batch', 'batches')}, ${countInWords(jobs, 'job')}`;
}
