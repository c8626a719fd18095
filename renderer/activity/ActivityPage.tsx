import { Button, CloseButton, Select, Skeleton, TextInput } from '@mantine/core';
import { IconFilterOff, IconHistory, IconSearch } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../shared/model/history';
import { useView, valueOf } from '../live/useView';
import type { Queue } from '../live/values';
import { Loading, Notice, Refused } from '../ui/Notice';
import { numberInWords } from '../ui/words';
import { ActivityList } from './ActivityList';
import { activityRows, drover, isFiltering, kinds, noFilter, personOf, withFailures } from './rows';
import type { ActivityFilter, Kind } from './rows';
import { useOlder } from './useOlder';
import './activity.css';

/** What happened, who did it and why, as it comes. */
export function ActivityPage(): ReactNode {
  const activity = useView('activity', {});
  switch (activity.state) {
    case 'loading':
      return (
        <Loading what="what happened">
          {[0.4, 0.6, 0.5, 0.7, 0.5].map((width, index) => (
            <Skeleton key={index} height={14} width={`${width * 100}%`} my={26} radius="sm" />
          ))}
        </Loading>
      );
    case 'refused':
      return <Refused refusal={activity.refusal} />;
    case 'picture':
      // When the oldest of the live ones are forgotten, those before are asked for anew.
      return <Filled key={activity.value.at(-1)?.number ?? 0} newest={activity.value} />;
  }
}

/** What the person looked for stays when they come back from another page. */
let kept = noFilter;

/** So many entries are gone through by themselves for what few of them fit. */
const mostByItself = 20_000;

function Filled({ newest }: { readonly newest: readonly HistoryEntry[] }): ReactNode {
  const [filter, setFilter] = useState(kept);
  useEffect(() => {
    kept = filter;
  }, [filter]);
  const queue = valueOf(useView('queue', {}));
  // Where the live ones began: what is added to them at their head does not ask for the older ones anew.
  const [began] = useState(() => newest.at(-1)?.number ?? null);
  const older = useOlder(began);
  const failures = valueOf(useView('failures', {}));
  const entries = useMemo(
    () => withFailures([...newest, ...older.entries], failures ?? [], older.isAtEnd),
    [newest, older.entries, older.isAtEnd, failures],
  );
  const names = useNames(queue);
  const typed = useDeferredValue(filter);
  const rows = useMemo(() => activityRows(entries, typed, names), [entries, typed, names]);
  const people = useMemo(() => [...new Set([drover, ...entries.map(personOf)])], [entries]);
  const [patience, setPatience] = useState(mostByItself);
  const isTired = isFiltering(filter) && entries.length > patience && !older.isAtEnd;
  const { more } = older;
  const onEnd = useCallback(() => {
    if (!isTired) more();
  }, [isTired, more]);
  return (
    <>
      <header className="page-head">
        <h1 className="page-title">Activity</h1>
        <span className="faint">What happened, and who did it</span>
      </header>
      <Filters filter={filter} people={people} onFilter={setFilter} />
      {rows.length === 0 && (older.isAtEnd || isTired) ? (
        <Nothing filter={filter} onAll={() => setFilter(noFilter)} />
      ) : (
        <ActivityList rows={rows} names={names} onEnd={onEnd} />
      )}
      {isTired && (
        <div className="activity-foot">
          Looked through the last {numberInWords(entries.length)} entries.
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setPatience((old) => old + mostByItself)}
          >
            Look further back
          </Button>
        </div>
      )}
      {older.trouble !== null && <div className="activity-foot">{older.trouble}</div>}
    </>
  );
}

function Nothing(props: { readonly filter: ActivityFilter; readonly onAll: () => void }): ReactNode {
  if (isFiltering(props.filter))
    return (
      <Notice
        icon={<IconFilterOff size={28} stroke={1.5} aria-hidden />}
        title="Nothing matches the filter"
        actions={
          <Button variant="default" onClick={props.onAll}>
            Show everything
          </Button>
        }
      />
    );
  return (
    <Notice icon={<IconHistory size={28} stroke={1.5} aria-hidden />} title="Nothing has happened yet">
      What is submitted, changed and done shows here, with who did it.
    </Notice>
  );
}

/** What batches and jobs are called. */
function useNames(queue: Queue | null): (id: string) => string | null {
  return useMemo(() => {
    const known = new Map<string, string>();
    for (const batch of queue?.batches.values() ?? []) known.set(batch.id, batch.name);
    return (id) => known.get(id.split('.', 1)[0] ?? '') ?? null;
  }, [queue?.batches]);
}

const kindWords: Readonly<Record<Kind, string>> = { work: 'Work', nodes: 'Nodes', farm: 'Farm' };

function Filters(props: {
  readonly filter: ActivityFilter;
  readonly people: readonly string[];
  onFilter(this: void, filter: ActivityFilter): void;
}): ReactNode {
  const { filter, onFilter } = props;
  return (
    <div className="activity-filter" role="search">
      <TextInput
        className="activity-filter-text"
        aria-label="Filter the activity"
        placeholder="Filter by any words …"
        data-filter
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        rightSection={
          filter.text === '' ? null : (
            <CloseButton
              size="xs"
              aria-label="Clear the filter"
              onClick={() => onFilter({ ...filter, text: '' })}
            />
          )
        }
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onFilter({ ...filter, text: '' });
        }}
      />
      <div className="activity-chips" role="group" aria-label="Kinds shown">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="activity-chip"
            aria-pressed={filter.kinds.has(kind)}
            onClick={() => {
              const chosen = new Set(filter.kinds);
              if (!chosen.delete(kind)) chosen.add(kind);
              onFilter({ ...filter, kinds: chosen });
            }}
          >
            {kindWords[kind]}
          </button>
        ))}
      </div>
      <Select
        size="xs"
        w={150}
        aria-label="By whom"
        placeholder="By anybody"
        clearable
        clearButtonProps={{ 'aria-label': 'By anybody' }}
        data={[...props.people]}
        value={filter.by}
        onChange={(by) => onFilter({ ...filter, by })}
      />
    </div>
  );
}
