import { Button, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlayerTrackNext, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { comparisons, upstreamFailures } from '../../../shared/model/dependency';
import type { Relation } from '../../../shared/model/dependency';
import type { NewEdge } from '../../../shared/model/edge';
import type { BatchId } from '../../../shared/model/ids';
import { relationInWords } from '../../../shared/model/limits-in-words';
import { requestOrTell } from '../../live/request';
import { IconButton } from '../../ui/IconButton';
import { tellDone } from '../../ui/tell';
import { capitalised, countInWords } from '../../ui/words';
import { useEdgeRow } from '../live';
import { endInWords } from '../model/graph';
import type { GraphEdge, Jobs } from '../model/graph';
import { edgeStateWords } from '../model/standing';
import {
  exitCodes,
  failureWords,
  fileNames,
  isComparison,
  kindOfRule,
  ruleKinds,
  ruleWords,
  usualRule,
} from '../model/rules';

interface Props {
  readonly batch: BatchId;
  readonly jobs: Jobs;
  readonly edges: readonly GraphEdge[];
  onChange(this: void, edges: readonly GraphEdge[], to: (spec: NewEdge) => NewEdge): void;
  onRemove(this: void, edges: readonly GraphEdge[]): void;
  onKeep(this: void, edges: readonly GraphEdge[]): void;
  onClose(this: void): void;
}

/** At an edge: what it waits for, and what a failure means. Changes go into the draft. */
export function EdgePanel(props: Props): ReactNode {
  const { edges, jobs, batch } = props;
  const open = edges.filter(({ change }) => change !== 'removed');
  const [first] = open.length > 0 ? open : edges;
  const relations = new Set(open.map(({ spec }) => JSON.stringify(spec.relation)));
  const failures = new Set(open.map(({ spec }) => spec.onFailure));
  if (first === undefined) return null;
  const { spec } = first;
  const isRemoved = open.length === 0;
  const change = (to: (spec: NewEdge) => NewEdge): void => props.onChange(open, to);
  const setRelation = (relation: Relation): void => change((old) => ({ ...old, relation }));
  return (
    <>
      <div className="graph-panel-head">
        <h2 className="graph-panel-title">
          {edges.length > 1 ? (
            countInWords(edges.length, 'dependency', 'dependencies')
          ) : (
            <>
              {spec.from === null ? 'Start' : endInWords(jobs, spec.from, batch)}
              <IconArrowRight size={14} stroke={1.8} aria-label="then" />
              {endInWords(jobs, spec.to, batch)}
            </>
          )}
        </h2>
        <IconButton label="Close" onClick={props.onClose}>
          <IconX size={15} aria-hidden />
        </IconButton>
      </div>
      {edges.length === 1 && <Standing batch={batch} edge={first} />}
      {isRemoved ? (
        <Button variant="default" fullWidth onClick={() => props.onKeep(edges)}>
          Keep it after all
        </Button>
      ) : (
        <>
          <RuleFields
            jobs={jobs}
            edges={open}
            relation={relations.size === 1 ? spec.relation : null}
            onChange={setRelation}
          />
          {spec.from !== null && (
            <div>
              <div className="graph-panel-label" id="graph-failure">
                When that cannot be met any more
              </div>
              <SegmentedControl
                fullWidth
                aria-labelledby="graph-failure"
                value={failures.size === 1 ? spec.onFailure : ''}
                data={upstreamFailures.map((value) => ({ value, label: failureWords[value].name }))}
                onChange={(value) => {
                  const onFailure = upstreamFailures.find((one) => one === value);
                  if (onFailure !== undefined) change((old) => ({ ...old, onFailure }));
                }}
              />
              <div className="graph-panel-note">
                {failures.size === 1 ? failureWords[spec.onFailure].means : 'They differ.'}
              </div>
            </div>
          )}
          <Button
            variant="default"
            fullWidth
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => props.onRemove(open)}
          >
            Remove
          </Button>
        </>
      )}
    </>
  );
}

/** How an edge of the farm stands, and that it may be let pass at once. */
function Standing({ batch, edge }: { readonly batch: BatchId; readonly edge: GraphEdge }): ReactNode {
  const row = useEdgeRow(batch, edge.row?.id ?? null);
  if (row === null) return <div className="graph-panel-note">Not applied yet.</div>;
  const mayPass =
    edge.change === 'none' && row.from !== null && (row.state === 'PENDING' || row.state === 'FAILED');
  const pass = async (): Promise<void> => {
    const done = await requestOrTell('let it pass', 'edge.bypass', { edge: row.id, why: null });
    if (done !== null) tellDone('It goes on without waiting');
  };
  return (
    <div className="graph-panel-line">
      <span className={`graph-standing graph-standing-${row.state.toLowerCase()}`}>
        {capitalised(edgeStateWords[row.state])}
      </span>
      {row.reason !== null && <span className="faint">{row.reason}</span>}
      {mayPass && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlayerTrackNext size={13} aria-hidden />}
          onClick={() => void pass()}
        >
          Let it pass now
        </Button>
      )}
    </div>
  );
}

function RuleFields(props: {
  readonly jobs: Jobs;
  readonly edges: readonly GraphEdge[];
  /** Null: those of the edges differ. */
  readonly relation: Relation | null;
  onChange(this: void, relation: Relation): void;
}): ReactNode {
  const { relation, jobs, edges } = props;
  const kind = relation === null ? null : kindOfRule(relation);
  const joinsSteps = edges.every(({ spec }) =>
    [spec.from, spec.to].every(
      (end) => end === null || end.step !== null || jobs.get(end.job)?.steps.length === 1,
    ),
  );
  if (edges.some(({ spec }) => spec.from === null))
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
