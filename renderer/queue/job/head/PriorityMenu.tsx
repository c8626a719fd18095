import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { priorities } from '../../../../shared/model/states';
import { PriorityMark } from '../../../ui/StateMark';
import { Moment } from '../../../ui/Time';
import { setPriority } from './change';
import { DeadlineDialog } from './DeadlineDialog';
import type { Run } from './run';
import './head.css';

/** The priorities, of which the present one is marked. */
export function PriorityItems({ run }: { readonly run: Run }): ReactNode {
  return (
    <Menu.RadioGroup
      value={run.priority ?? ''}
      onChange={(chosen) => {
        const priority = priorities.find((one) => one === chosen);
        if (priority !== undefined && priority !== run.priority) void setPriority(run, priority);
      }}
    >
      {priorities.toReversed().map((priority) => (
        <Menu.RadioItem key={priority} value={priority} closeMenuOnClick>
          <PriorityMark priority={priority} />
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** The priority of a job, and the way to change it. */
export function PriorityMenu({ run }: { readonly run: Run }): ReactNode {
  if (run.priority === null) return null;
  if (!run.canOrder) return <PriorityMark priority={run.priority} />;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="fact-button" title="Change the priority">
          <PriorityMark priority={run.priority} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <PriorityItems run={run} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The deadline of a job, and the way to change it. */
export function DeadlineButton({ run }: { readonly run: Run }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const words = run.deadline === null ? <span className="faint">none</span> : <Moment at={run.deadline} />;
  if (!run.canOrder) return words;
  return (
    <>
      <button type="button" className="fact-button" title="Change the deadline" onClick={() => setOpen(true)}>
        {words}
      </button>
      {isOpen && <DeadlineDialog run={run} onClose={() => setOpen(false)} />}
    </>
  );
}
