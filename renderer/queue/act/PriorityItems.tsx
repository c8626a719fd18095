import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { priorities } from '../../../shared/model/states';
import type { Priority } from '../../../shared/model/states';
import { PriorityMark } from '../../ui/StateMark';

/** The priorities in a menu, the highest first. */
export function PriorityItems(props: { onChoose(this: void, priority: Priority): void }): ReactNode {
  return priorities.toReversed().map((priority) => (
    <Menu.Item key={priority} onClick={() => props.onChoose(priority)}>
      <PriorityMark priority={priority} />
    </Menu.Item>
  ));
}
