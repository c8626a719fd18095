/** The sections with what is set for the whole farm. */
import { Button, Select, Switch } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { nodeChoices } from '../../../shared/model/settings';
import type { NodeChoice } from '../../../shared/model/settings';
import { IconButton } from '../../ui/IconButton';
import { CellField, Group, NumberSetting, Setting } from '../parts';
import { nextKey } from './draft';
import type { OrderDraft, RuleField, SharedDraft } from './draft';
import { TenantTable } from './TenantTable';
import type { FarmDraftInHand } from './useFarmDraft';

interface Props {
  readonly hand: FarmDraftInHand;
}

export function TenantSection({ hand }: Props): ReactNode {
  return (
    <Group>
      <p className="setting-lead">
        A tenant with twice the weight gets twice the share while both have work. What is guaranteed is given
        back to it as soon as it needs it, however much others want.
      </p>
      <TenantTable
        hand={hand}
        columns={[
          { field: 'weight', title: 'Weight', empty: '' },
          { field: 'ownCpu', title: 'Own cores', empty: '' },
          { field: 'ownMemory', title: 'Own GiB', empty: '' },
          { field: 'ownGpu', title: 'Own GPUs', empty: '' },
        ]}
      />
    </Group>
  );
}

export function LimitSection({ hand }: Props): ReactNode {
  return (
    <>
      <Group title="Of each tenant">
        <p className="setting-lead">
          At most so much at once. Work above that waits, and says so. An empty field is no limit.
        </p>
        <TenantTable
          hand={hand}
          columns={[
            { field: 'running', title: 'Tasks running', empty: 'no limit' },
            { field: 'queued', title: 'Tasks queued', empty: 'no limit' },
            { field: 'cpu', title: 'Cores', empty: 'no limit' },
            { field: 'memory', title: 'GiB', empty: 'no limit' },
            { field: 'gpu', title: 'GPUs', empty: 'no limit' },
            { field: 'submissions', title: 'Batches a minute', empty: 'no limit' },
          ]}
        />
      </Group>
      <Group title="Of each person">
        <NumberSetting
          title="Tasks at once"
          text="So many tasks of one person run at the same time."
          empty="no limit"
          value={hand.draft.perUser}
          mistake={hand.mistakes.get('perUser')}
          onChange={(perUser) => hand.change({ perUser })}
        />
      </Group>
      <Licences hand={hand} />
    </>
  );
}

function Licences({ hand }: Props): ReactNode {
  const { shared } = hand.draft;
  const replace = (row: SharedDraft): void =>
    hand.change({ shared: shared.map((one) => (one.key === row.key ? row : one)) });
  return (
    <Group title="Licences">
      <p className="setting-lead">
        How many the farm has of what steps name under uses. A name that is not here is a lock: there is one.
      </p>
      {shared.map((row) => (
        <div key={row.key} className="setting-pair">
          <CellField
            label="Name of the licence"
            placeholder="Name"
            isNumber={false}
            value={row.name}
            mistake={hand.mistakes.get(`shared.${row.key}.name`)}
            onChange={(name) => replace({ ...row, name })}
          />
          <CellField
            label={`How many, ${row.name === '' ? 'new licence' : row.name}`}
            value={row.amount}
            mistake={hand.mistakes.get(`shared.${row.key}.amount`)}
            onChange={(amount) => replace({ ...row, amount })}
          />
          <IconButton
            label={`Remove ${row.name === '' ? 'the new licence' : row.name}`}
            onClick={() => hand.change({ shared: shared.filter(({ key }) => key !== row.key) })}
          >
            <IconTrash size={15} stroke={1.7} aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        className="setting-add"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => hand.change({ shared: [...shared, { key: nextKey(shared), name: '', amount: '1' }] })}
      >
        Add a licence
      </Button>
    </Group>
  );
}

const choiceWords: Readonly<Record<NodeChoice, string>> = {
  packed: 'Fill one node after the other',
  spread: 'Spread evenly',
  rotating: 'One after the other in turn',
  cheap: 'The cheapest first',
};

export function OrderSection({ hand }: Props): ReactNode {
  const { order } = hand.draft;
  const set = (more: Partial<OrderDraft>): void => hand.change({ order: { ...order, ...more } });
  const number = (
    field: 'priority' | 'ageing' | 'deadline' | 'reserveMinutes',
    title: string,
    text: string,
    more: { readonly unit?: string; readonly empty?: string } = {},
  ): ReactNode => (
    <NumberSetting
      title={title}
      text={text}
      {...more}
      value={order[field]}
      mistake={hand.mistakes.get(`order.${field}`)}
      onChange={(value) => set({ [field]: value })}
    />
  );
  return (
    <>
      <Group title="What comes first">
        {number('priority', 'Weight of the priority', 'How much a higher priority counts. 0 leaves it out.')}
        {number(
          'ageing',
          'Weight of waiting',
          'For each hour that it waits, work rises by this part of the distance between two priorities, so that nothing waits forever.',
        )}
        {number(
          'deadline',
          'Weight of the deadline',
          'How much a job rises as its deadline comes near. 0 leaves it out.',
        )}
        <SwitchSetting
          title="Fair share between tenants"
          text="Who has used less than their share comes first."
          isOn={order.fairShare}
          onChange={(fairShare) => set({ fairShare })}
        />
      </Group>
      <Group title="Making room">
        {number(
          'reserveMinutes',
          'Keep a node for wide work after',
          'A task that needs much at once and has waited so long gets a node kept free, which others fill only as long as they are done in time.',
          { unit: 'minutes', empty: 'never' },
        )}
        <SwitchSetting
          title="Stop others for urgent work"
          text="Critical work, and what is guaranteed to a tenant, may stop tasks that say they can be stopped. Those run again later."
          isOn={order.preempt}
          onChange={(preempt) => set({ preempt })}
        />
      </Group>
      <Group title="Where it runs">
        <Setting
          title="Choice of nodes"
          text="Among the nodes that could take a task. The cheapest need a cost per hour in their settings."
          renderControl={({ title }) => (
            <Select
              size="xs"
              w={230}
              aria-labelledby={title}
              allowDeselect={false}
              data={nodeChoices.map((value) => ({ value, label: choiceWords[value] }))}
              value={order.choice}
              onChange={(value) => {
                const choice = nodeChoices.find((one) => one === value);
                if (choice !== undefined) set({ choice });
              }}
            />
          )}
        />
      </Group>
    </>
  );
}

export function SwitchSetting(props: {
  readonly title: string;
  readonly text: string;
  readonly isOn: boolean;
  onChange(this: void, isOn: boolean): void;
}): ReactNode {
  return (
    <Setting
      title={props.title}
      text={props.text}
      renderControl={({ title, text }) => (
        <Switch
          size="sm"
          aria-labelledby={title}
          aria-describedby={text}
          checked={props.isOn}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
      )}
    />
  );
}

export function FailureSection({ hand }: Props): ReactNode {
  const { rules } = hand.draft;
  const number = (field: RuleField, title: string, text: string, unit: string): ReactNode => (
    <NumberSetting
      title={title}
      text={text}
      unit={unit}
      {...(field === 'losses' ? {} : { empty: 'never' })}
      value={rules[field]}
      mistake={hand.mistakes.get(`rules.${field}`)}
      onChange={(value) => hand.change({ rules: { ...rules, [field]: value } })}
    />
  );
  return (
    <Group>
      {number(
        'nodeAfterJobs',
        'Set a node aside after',
        'Tasks of so many jobs failed there in a row: the node is at fault. The last node that works is never set aside.',
        'jobs',
      )}
      {number(
        'jobAfterNodes',
        'Hold a job after',
        'Its tasks failed in a row on so many nodes, or so many times on the only one: the job is at fault.',
        'nodes',
      )}
      {number(
        'losses',
        'Give a task up after',
        'Its attempts were lost more often than that, as when the machine goes down with it each time.',
        'losses',
      )}
    </Group>
  );
}
