import { Button, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { IconChartPie, IconFileImport, IconFilterOff, IconFlag, IconSearch } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { checkpointStandings, type CheckpointRow } from '../../shared/ipc/checkpoints';
import type { JobId } from '../../shared/model/ids';
import { Mistakes } from '../queue/filter/FilterField';
import { Loading, Notice, Refused } from '../ui/Notice';
import { VirtualTable } from '../ui/VirtualTable';
import type { VirtualTableHandle } from '../ui/VirtualTable';
import { capitalised, countInWords } from '../ui/words';
import { importInto, remove } from './change';
import { CheckpointMenu } from './CheckpointMenu';
import { checkpointColumns } from './columns';
import { CompareDialog } from './CompareDialog';
import { Details } from './Details';
import { Plan } from './Plan';
import { DiskUse } from './DiskUse';
import { parseCheckpointFilter, withStanding } from './filter';
import type { Slot } from './slots';
import { TagDialog } from './TagDialog';
import { TimeLine } from './TimeLine';
import { useCheckpoints } from './useCheckpoints';
import './checkpoints.css';
import '../queue/job/history/history.css';
import '../queue/act/act.css';
import '../queue/filter/filter.css';
import '../activity/activity.css';

interface Chosen {
  readonly index: number;
  readonly row: CheckpointRow | null;
}

const atTop = { first: 0, end: 1 };
const keyOf = ({ index, row }: Slot): string => row?.id ?? `#${index}`;
const placeOf = () => ({ level: 1, isExpanded: null });
const unfold = (): void => undefined;

/** What tasks can go on from: of a job, or of all. */
export function Browser({ job }: { readonly job: JobId | null }): ReactNode {
  const [text, setText] = useState('');
  const typed = useDeferredValue(text);
  const [now] = useState(() => Date.now());
  const { filter, mistakes } = useMemo(() => parseCheckpointFilter(typed, now), [typed, now]);
  const [sight, setSight] = useState(atTop);
  const checkpoints = useCheckpoints(job, filter, sight);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [shows, setShows] = useState(true);
  const [showsUse, setShowsUse] = useState(false);
  const [menu, setMenu] = useState<{
    readonly row: CheckpointRow;
    readonly x: number;
    readonly y: number;
  } | null>(null);
  const [tagged, setTagged] = useState<CheckpointRow | null>(null);
  const [compared, setCompared] = useState<CheckpointRow | null>(null);
  const table = useRef<VirtualTableHandle>(null);
  const columns = useMemo(
    () => checkpointColumns(job === null, (row, place) => setMenu({ row, ...place })),
    [job],
  );
  const onSight = useCallback((first: number, end: number) => setSight({ first, end }), []);
  if (checkpoints.state === 'refused') return <Refused refusal={checkpoints.refusal} />;
  if (checkpoints.state === 'known' && !checkpoints.areAny) return <NothingYet job={job} />;
  const slots = checkpoints.state === 'known' ? checkpoints.slots : null;
  const select = (key: string): void => {
    const slot = slots?.find((one) => keyOf(one) === key);
    if (slot !== undefined) setChosen(slot);
  };
  const choose = (row: CheckpointRow): void => {
    setChosen({ index: slots?.findIndex((slot) => slot.row?.id === row.id) ?? -1, row });
    setShows(true);
  };
  // The newest, until another is chosen; as it is now, not as it was when it was chosen.
  const wanted = chosen?.row ?? slots?.[0]?.row ?? null;
  const fresh = slots?.find(({ row }) => row !== null && row.id === wanted?.id)?.row;
  const shown = shows ? (fresh ?? wanted) : null;
  return (
    <>
      <div className="activity-filter" role="search">
        <TextInput
          className="checkpoints-filter"
          aria-label="Filter the checkpoints"
          placeholder="Filter: a name, job:melt, is:broken, at>1000, size>1GB, age<2d"
          data-filter
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
          rightSection={
            text === '' ? null : (
              <CloseButton size="xs" aria-label="Clear the filter" onClick={() => setText('')} />
            )
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') setText('');
            else if (event.key === 'ArrowDown' || event.key === 'Enter') table.current?.focus();
            else return;
            event.preventDefault();
          }}
        />
        <div className="activity-chips" role="group" aria-label="Checkpoints shown">
          {checkpointStandings.map((standing) => (
            <button
              key={standing}
              type="button"
              className="activity-chip"
              aria-pressed={filter.standings.includes(standing)}
              onClick={() => setText(withStanding(text, standing, now))}
            >
              {capitalised(standing)}
            </button>
          ))}
        </div>
        {job !== null && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileImport size={14} aria-hidden />}
            onClick={() => void importInto(job, shown)}
          >
            Import…
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconChartPie size={14} aria-hidden />}
          onClick={() => setShowsUse(true)}
        >
          Disk use…
        </Button>
        <span className="faint checkpoints-count" role="status">
          {checkpoints.state === 'known' && countInWords(checkpoints.total, 'checkpoint')}
        </span>
        <Mistakes text={text} mistakes={mistakes} onText={setText} />
      </div>
      {job !== null && checkpoints.state === 'known' && <Plan job={job} of={checkpoints.total} />}
      {job !== null && <TimeLine job={job} chosen={wanted?.id ?? null} onChoose={choose} />}
      <div className="checkpoints">
        {slots === null ? (
          <Loading what="the checkpoints">
            <Skeleton height={14} width="50%" my={20} />
            <Skeleton height={14} width="40%" my={20} />
          </Loading>
        ) : (
          <VirtualTable
            label="Checkpoints"
            columns={columns}
            rows={slots}
            keyOf={keyOf}
            placeOf={placeOf}
            selected={chosen === null ? null : selectedKey(slots, chosen)}
            onSelect={select}
            onSight={onSight}
            onOpen={({ row }) => {
              if (row !== null) setShows(true);
            }}
            onExpand={unfold}
            onKey={({ row }, key) => {
              if (row === null || row.dropped || key !== 'Delete') return false;
              void remove(row);
              return true;
            }}
            onMenu={({ row }, place) => {
              if (row !== null) setMenu({ row, ...place });
            }}
            handle={table}
            empty={
              <Notice
                icon={<IconFilterOff size={28} stroke={1.5} aria-hidden />}
                title={text === '' ? 'All of them were deleted' : 'Nothing matches the filter'}
                actions={
                  text === '' ? undefined : (
                    <Button variant="default" onClick={() => setText('')}>
                      Show everything
                    </Button>
                  )
                }
              >
                {text === '' ? 'The chip Deleted shows what they were.' : null}
              </Notice>
            }
          />
        )}
        {shown !== null && (
          <Details
            row={shown}
            onChoose={choose}
            onClose={() => {
              setShows(false);
              table.current?.focus();
            }}
          />
        )}
      </div>
      {menu !== null && (
        <CheckpointMenu
          key={`${menu.x} ${menu.y}`}
          row={menu.row}
          place={menu}
          onTag={setTagged}
          onCompare={setCompared}
          onClose={() => {
            setMenu(null);
            table.current?.focus();
          }}
        />
      )}
      {showsUse && <DiskUse job={job} onClose={() => setShowsUse(false)} />}
      {compared !== null && (
        <CompareDialog key={compared.id} row={compared} onClose={() => setCompared(null)} />
      )}
      <TagDialog row={tagged} onClose={() => setTagged(null)} />
    </>
  );
}

/** Where it is out of sight, its place stands for it. */
function selectedKey(slots: readonly Slot[], { index, row }: Chosen): string {
  if (row !== null && slots.some((slot) => slot.row?.id === row.id)) return row.id;
  return `#${index}`;
}

function NothingYet({ job }: { readonly job: JobId | null }): ReactNode {
  return (
    <Notice
      icon={<IconFlag size={28} stroke={1.5} aria-hidden />}
      title="Nothing has been saved yet"
      actions={
        job === null ? undefined : (
          <Button variant="default" onClick={() => void importInto(job, null)}>
            Import a checkpoint…
          </Button>
        )
      }
    >
      What a program saves shows up here a second or two after it is whole, where its step says which files
      are checkpoints. An interrupted task goes on from the newest.
    </Notice>
  );
}
