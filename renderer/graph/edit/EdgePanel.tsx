import { Button } from '@mantine/core';
import { IconArrowRight, IconPlayerTrackNext, IconTrash, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Relation } from '../../../shared/model/dependency';
import type { EdgeEnd, NewEdge } from '../../../shared/model/edge';
import type { BatchId } from '../../../shared/model/ids';
import { requestOrTell } from '../../live/request';
import { IconButton } from '../../ui/IconButton';
import { tellDone } from '../../ui/tell';
import { capitalised, countInWords } from '../../ui/words';
import { useEdgeRow } from '../live';
import { endInWords } from '../model/graph';
import type { GraphEdge, Jobs } from '../model/graph';
import { edgeStateWords } from '../model/standing';
import { FailureField } from './FailureField';
import { RuleFields } from './RuleFields';

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
            isOfNoWork={open.some(({ spec: { from } }) => from === null)}
            joinsSteps={open.every(({ spec: { from, to } }) => isStep(jobs, from) && isStep(jobs, to))}
            relation={relations.size === 1 ? spec.relation : null}
            onChange={setRelation}
          />
          {spec.from !== null && (
            <FailureField
              value={failures.size === 1 ? spec.onFailure : null}
              onChange={(onFailure) => change((old) => ({ ...old, onFailure }))}
            />
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

const isStep = (jobs: Jobs, end: EdgeEnd | null): boolean =>
  end === null || end.step !== null || jobs.get(end.job)?.steps.length === 1;

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
