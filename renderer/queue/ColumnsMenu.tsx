import { ActionIcon, Menu } from '@mantine/core';
import { IconColumns3, IconRestore } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useKept } from '../ui/kept';
import { asAtFirst, inOrder } from '../ui/table/arrangement';
import { arrangement, choose } from './arrangement';
import { queueColumns } from './columns';
import { columnsInSight } from './useQueueColumns';

/** Which columns the queue shows. Those for which there is no room by themselves can be chosen. */
export function ColumnsMenu(): ReactNode {
  const { chosen, order } = useKept(arrangement);
  const [inSight, setInSight] = useState(columnsInSight);
  const columns = useMemo(() => {
    const all = queueColumns(() => undefined).filter((column) => column.isFixed !== true);
    const ids = inOrder(
      all.map(({ id }) => id),
      order,
    );
    return ids.flatMap((id) => all.find((column) => column.id === id) ?? []);
  }, [order]);
  return (
    <Menu position="bottom-end" closeOnItemClick={false} onOpen={() => setInSight(columnsInSight())}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label="Columns" title="Columns">
          <IconColumns3 size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map(({ id, title }) => (
          <Menu.CheckboxItem
            key={id}
            checked={chosen[id] ?? inSight.has(id)}
            onChange={(isShown) => choose(id, isShown)}
          >
            {title}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick
          leftSection={<IconRestore size={16} stroke={1.7} aria-hidden />}
          onClick={() => arrangement.set(asAtFirst)}
        >
          As at first
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
