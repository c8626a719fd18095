import { ActionIcon, Badge, Menu, Skeleton } from '@mantine/core';
import {
  IconDots,
  IconFlag,
  IconPlayerPlay,
  IconPinned,
  IconPinnedOff,
  IconShieldCheck,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import { useView } from '../live/useView';
import { Loading, Notice, Refused } from '../ui/Notice';
import { Moment } from '../ui/Time';
import { remove, resume, tag, verify } from './change';
import { TagDialog } from './TagDialog';
import './checkpoints.css';
import '../queue/job/history/history.css';

/** What the tasks of a job can go on from, the newest first. */
export function JobCheckpoints({ job }: { readonly job: JobId }): ReactNode {
  const view = useView('checkpoints', { job });
  const [tagged, setTagged] = useState<CheckpointRow | null>(null);
  switch (view.state) {
    case 'loading':
      return (
        <Loading what="the checkpoints">
          <Skeleton height={14} width="50%" my={20} />
          <Skeleton height={14} width="40%" my={20} />
        </Loading>
      );
    case 'refused':
      return <Refused refusal={view.refusal} />;
    case 'picture':
      break;
  }
  if (view.value.length === 0)
    return (
      <Notice icon={<IconFlag size={28} stroke={1.5} aria-hidden />} title="Nothing has been saved yet">
        What the program saves shows up here a second or two after it is whole. An interrupted task goes on
        from the newest.
      </Notice>
    );
  return (
    <div className="job-panel">
      <table className="panel-table" aria-label="Checkpoints">
        <thead>
          <tr>
            <th scope="col">Checkpoint</th>
            <th scope="col">Task</th>
            <th scope="col">How far</th>
            <th scope="col">Size</th>
            <th scope="col">Saved</th>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {view.value.map((row) => (
            <Row key={row.id} row={row} onTag={() => setTagged(row)} />
          ))}
        </tbody>
      </table>
      <TagDialog row={tagged} onClose={() => setTagged(null)} />
    </div>
  );
}

function Row({ row, onTag }: { readonly row: CheckpointRow; onTag(this: void): void }): ReactNode {
  const { name, label, at, nodeName, dropped } = row;
  return (
    <tr className={dropped ? 'faint' : undefined}>
      <td title={row.id}>{name}</td>
      <td>{label === '' ? <span className="faint">–</span> : label}</td>
      <td>{at ?? <span className="faint">–</span>}</td>
      <td>{bytesInWords(bytesOf(row))}</td>
      <td>
        <Moment at={row.madeAt} />
      </td>
      <td>{nodeName}</td>
      <td>
        <Standing row={row} />
      </td>
      <td>{!dropped && <Actions row={row} onTag={onTag} />}</td>
    </tr>
  );
}

function Standing({ row }: { readonly row: CheckpointRow }): ReactNode {
  const { dropped, broken, isNext, tag: name } = row;
  if (dropped) return 'Deleted';
  return (
    <>
      {broken !== null && <span className="checkpoint-broken">Broken: {broken}</span>}
      {isNext && (
        <Badge size="sm" variant="light" radius="sm">
          Goes on here
        </Badge>
      )}
      {name !== null && (
        <Badge size="sm" variant="default" radius="sm" leftSection={<IconPinned size={11} aria-hidden />}>
          {name}
        </Badge>
      )}
    </>
  );
}

function Actions({ row, onTag }: { readonly row: CheckpointRow; onTag(this: void): void }): ReactNode {
  const canBeUsed = row.broken === null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`What to do with ${row.name}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          disabled={!canBeUsed}
          onClick={() => void resume(row)}
        >
          Go on from here
        </Menu.Item>
        <Menu.Item leftSection={<IconShieldCheck size={15} aria-hidden />} onClick={() => void verify(row)}>
          Verify every byte
        </Menu.Item>
        {row.tag === null ? (
          <Menu.Item leftSection={<IconPinned size={15} aria-hidden />} onClick={onTag}>
            Keep for ever…
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconPinnedOff size={15} aria-hidden />}
            onClick={() => void tag(row, null)}
          >
            Take the tag off
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => void remove(row)}>
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
