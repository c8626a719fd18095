import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { comparisons } from '../../../shared/model/dependency';
import type { Relation } from '../../../shared/model/dependency';
import { relationInWords } from '../../../shared/model/limits-in-words';
import { capitalised } from '../../ui/words';
import {
  exitCodes,
  fileNames,
  isComparison,
  kindOfRule,
  ruleKinds,
  ruleWords,
  usualRule,
} from '../model/rules';

/** What is waited for: a kind, and what that kind has to know. */
export function RuleFields(props: {
  /** Null: those of the edges differ. */
  readonly relation: Relation | null;
  /** It comes from no work: the clock, or a lock. */
  readonly isOfNoWork: boolean;
  /** Its ends are single steps, of which the tasks may go one by one. */
  readonly joinsSteps: boolean;
  onChange(this: void, relation: Relation): void;
}): ReactNode {
  const { relation, isOfNoWork, joinsSteps } = props;
  const kind = relation === null ? null : kindOfRule(relation);
  if (isOfNoWork)
    return (
      <div className="graph-panel-note">
        {relation === null ? '' : capitalised(relationInWords(relation))}
      </div>
    );
  return (
    <>
      <Select
        size="xs"
        label="It waits until"
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        placeholder={relation === null ? 'They differ' : capitalised(relationInWords(relation))}
        value={kind}
        data={ruleKinds.map((value) => ({
          value,
          label: ruleWords[value],
          disabled: value === 'groups' && !joinsSteps,
        }))}
        onChange={(value) => {
          const chosen = ruleKinds.find((one) => one === value);
          if (chosen !== undefined && chosen !== kind) props.onChange(usualRule(chosen));
        }}
      />
      {relation !== null && <Details key={kind} relation={relation} onChange={props.onChange} />}
    </>
  );
}

function Details(props: {
  readonly relation: Relation;
  onChange(this: void, relation: Relation): void;
}): ReactNode {
  const { relation, onChange } = props;
  if (relation.type === 'SEQUENTIAL' && relation.mapping.kind === 'groups') {
    const { from, to } = relation.mapping;
    const set = (mapping: { from: number; to: number }): void =>
      onChange({ type: 'SEQUENTIAL', mapping: { kind: 'groups', ...mapping } });
    return (
      <div className="graph-panel-fields">
        <Whole label="Earlier tasks" value={from} onChange={(value) => set({ from: value, to })} />
        <Whole label="Later tasks" value={to} onChange={(value) => set({ from, to: value })} />
      </div>
    );
  }
  if (relation.type === 'DATA')
    return (
      <Written
        label="Files, one on each line"
        lines={3}
        value={relation.files.join('\n')}
        read={fileNames}
        problem="Name at least one file."
        onChange={(files) => onChange({ type: 'DATA', files })}
      />
    );
  if (relation.type === 'TEMPORAL' && relation.rule.kind === 'delay')
    return (
      <Whole
        label="Minutes"
        value={relation.rule.milliseconds / 60_000}
        onChange={(minutes) =>
          onChange({ type: 'TEMPORAL', rule: { kind: 'delay', milliseconds: minutes * 60_000 } })
        }
      />
    );
  if (relation.type !== 'CONDITIONAL') return null;
  const { condition } = relation;
  if (condition.kind === 'exitCode')
    return (
      <Written
        label="Exit statuses"
        value={condition.codes.join(', ')}
        read={exitCodes}
        problem="Numbers from 0 to 255."
        onChange={(codes) => onChange({ type: 'CONDITIONAL', condition: { kind: 'exitCode', codes } })}
      />
    );
  if (condition.kind !== 'value') return null;
  const set = (part: Partial<typeof condition>): void =>
    onChange({ type: 'CONDITIONAL', condition: { ...condition, ...part } });
  return (
    <div className="graph-panel-fields">
      <Written
        label="Value"
        value={condition.name}
        read={(text) => (text.trim() === '' ? null : text.trim())}
        problem="Which value?"
        onChange={(name) => set({ name })}
      />
      <Select
        size="xs"
        label="is"
        allowDeselect={false}
        value={condition.is}
        data={[...comparisons]}
        onChange={(is) => {
          if (is !== null && isComparison(is)) set({ is });
        }}
      />
      <NumberInput
        size="xs"
        label="than"
        hideControls
        value={condition.than}
        onChange={(than) => {
          if (typeof than === 'number') set({ than });
        }}
      />
    </div>
  );
}

function Whole(props: {
  readonly label: string;
  readonly value: number;
  onChange(this: void, value: number): void;
}): ReactNode {
  return (
    <NumberInput
      size="xs"
      label={props.label}
      min={1}
      max={1_000_000}
      allowDecimal={false}
      value={props.value}
      onChange={(value) => {
        if (typeof value === 'number' && Number.isInteger(value) && value >= 1) props.onChange(value);
      }}
    />
  );
}

/** Taken when it is left or with Enter, and only when it can be read. */
function Written<Value>(props: {
  readonly label: string;
  readonly value: string;
  readonly problem: string;
  readonly lines?: number;
  read(this: void, text: string): Value | null;
  onChange(this: void, value: Value): void;
}): ReactNode {
  const [text, setText] = useState<string | null>(null);
  const value = text === null ? null : props.read(text);
  const take = (): void => {
    if (value === null) return;
    if (text !== props.value) props.onChange(value);
    setText(null);
  };
  const field = {
    size: 'xs',
    label: props.label,
    value: text ?? props.value,
    error: text !== null && value === null ? props.problem : null,
    onBlur: take,
  } as const;
  return props.lines === undefined ? (
    <TextInput
      {...field}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  ) : (
    <Textarea {...field} rows={props.lines} onChange={(event) => setText(event.currentTarget.value)} />
  );
}
