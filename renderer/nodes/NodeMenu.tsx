import { Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconClockPause,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnected,
  IconSwitch3,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { confirmTakeOver, openTerminal, remove, setAside, takeBack } from './actions';
import { openNodeDialog } from './dialog';
import { possibleWith } from './standing';

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** All that can be done with a node. */
export function NodeMenu(props: { readonly node: NodeRow; readonly tabIndex?: number }): ReactNode {
  const { node } = props;
  const possible = possibleWith(node);
  const takeOver = async (): Promise<void> => {
    if (await confirmTakeOver(node)) openNodeDialog({ kind: 'connect', node: node.id, takeOver: true });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className="icon-button node-menu"
          aria-label={`Actions for ${node.name}`}
          title="Actions"
          tabIndex={props.tabIndex}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <IconDots {...icon} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {possible.setAside && (
          <>
            <Menu.Item leftSection={<IconPlayerPause {...icon} />} onClick={() => void setAside(node, null)}>
              Set aside
            </Menu.Item>
            <Menu.Item
              leftSection={<IconClockPause {...icon} />}
              onClick={() => openNodeDialog({ kind: 'maintenance', node: node.id })}
            >
              Set aside until …
            </Menu.Item>
          </>
        )}
        {possible.takeBack && (
          <Menu.Item leftSection={<IconPlayerPlay {...icon} />} onClick={() => void takeBack(node)}>
            Take back
          </Menu.Item>
        )}
        {possible.connect && (
          <Menu.Item
            leftSection={<IconPlugConnected {...icon} />}
            onClick={() => openNodeDialog({ kind: 'connect', node: node.id, takeOver: false })}
          >
            Connect again
          </Menu.Item>
        )}
        {possible.takeOver && (
          <Menu.Item leftSection={<IconSwitch3 {...icon} />} onClick={() => void takeOver()}>
            Take over …
          </Menu.Item>
        )}
        {node.address !== null && (
          <Menu.Item leftSection={<IconTerminal2 {...icon} />} onClick={() => void openTerminal(node)}>
            Open a terminal
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconAdjustments {...icon} />}
          onClick={() => openNodeDialog({ kind: 'edit', node: node.id })}
        >
          Edit …
        </Menu.Item>
        {possible.remove && (
          <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => void remove(node)}>
            Remove …
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
