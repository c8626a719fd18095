import { Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconFileExport,
  IconGitBranch,
  IconPinned,
  IconPinnedOff,
  IconPlayerPlay,
  IconShieldCheck,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { exportIt, remove, resume, tag, verify } from './change';
import { fork } from './forked';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;

/** All that can be done with a checkpoint, where the pointer or its button is. */
export function CheckpointMenu(props: {
  readonly row: CheckpointRow;
  readonly place: { readonly x: number; readonly y: number };
  onTag(this: void, row: CheckpointRow): void;
  onCompare(this: void, row: CheckpointRow): void;
  onClose(this: void): void;
}): ReactNode {
  const { row, place, onTag } = props;
  return (
    <Menu
      opened
      onChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
      position="bottom-start"
      offset={2}
      returnFocus={false}
    >
      <Menu.Target>
        <span className="row-menu-place" style={{ left: place.x, top: place.y }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown aria-label={row.name}>
        <Menu.Item
          leftSection={<IconPlayerPlay {...icon} />}
          disabled={row.broken !== null || row.dropped}
          onClick={() => void resume(row)}
        >
          Go on from here
        </Menu.Item>
        <Menu.Item
          leftSection={<IconGitBranch {...icon} />}
          disabled={row.broken !== null || row.dropped}
          onClick={() => fork(row)}
        >
          Branch from here…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowsDiff {...icon} />}
          disabled={row.dropped}
          onClick={() => props.onCompare(row)}
        >
          Compare…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShieldCheck {...icon} />}
          disabled={row.dropped}
          onClick={() => void verify(row)}
        >
          Verify every byte
        </Menu.Item>
        {row.tag === null ? (
          <Menu.Item leftSection={<IconPinned {...icon} />} disabled={row.dropped} onClick={() => onTag(row)}>
            Keep for ever…
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPinnedOff {...icon} />} onClick={() => void tag(row, null)}>
            Take the tag off
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconFileExport {...icon} />}
          disabled={row.dropped}
          onClick={() => void exportIt(row)}
        >
          Export…
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash {...icon} />}
          disabled={row.dropped}
          onClick={() => void remove(row)}
        >
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
