import { Button, Select } from '@mantine/core';
import { IconExternalLink, IconX } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { BatchId } from '../../../shared/model/ids';
import { relationInWords } from '../../../shared/model/limits-in-words';
import { jobHash } from '../../app/route';
import { IconButton } from '../../ui/IconButton';
import { Counts, ProgressBar } from '../../ui/Progress';
import { StateMark } from '../../ui/StateMark';
import { countInWords } from '../../ui/words';
import { useStanding } from '../live';
import type { Drawn, DrawnEdge, DrawnNode } from '../model/drawn';
import { nameOfNode } from '../model/names';
import type { Jobs } from '../model/graph';

interface Props {
  readonly batch: BatchId;
  readonly jobs: Jobs;
  readonly drawn: Drawn;
  readonly node: DrawnNode;
  onEdge(this: void, id: string): void;
  onConditions(this: void, node: string): void;
  /** It is to wait for another node. */
  onLink(this: void, from: string, to: string): void;
  onClose(this: void): void;
}

/** What is chosen: how far it is, what it waits for, and what waits for it; edges can be made here without a mouse. */
export const NodePanel = memo(function NodePanel(props: Props): ReactNode {
  const { node, jobs, drawn, batch } = props;
  const name = nameOfNode(jobs, node);
  const ids = useMemo(() => (node.kind === 'stack' ? node.jobs : [node.job]), [node]);
  const standing = useStanding(ids);
  const before = useMemo(() => drawn.edges.filter(({ to }) => to === node.id), [drawn.edges, node.id]);
  const after = drawn.edges.filter(({ from }) => from === node.id);
  const conditions = drawn.conditions.get(node.id) ?? [];
  const names = useMemo(
    () => new Map(drawn.nodes.map((one) => [one.id, nameOfNode(jobs, one)])),
    [drawn.nodes, jobs],
  );
  const others = useMemo(() => {
    const joined = new Set([node.id, ...before.map(({ from }) => from)]);
    return [...names].flatMap(([value, label]) => (joined.has(value) ? [] : [{ value, label }]));
  }, [names, node.id, before]);
  return (
    <>
      <div className="graph-panel-head">
        <h2 className="graph-panel-title">{name}</h2>
        <IconButton label="Close" onClick={props.onClose}>
          <IconX size={15} aria-hidden />
        </IconButton>
      </div>
      <div className="graph-panel-line">
        <StateMark state={standing.state} />
        {node.kind === 'stack' && <span className="faint">{countInWords(node.jobs.length, 'job')}</span>}
      </div>
      <ProgressBar counts={standing.tasks} progress={standing.progress} label={`Progress of ${name}`} />
      <Counts counts={standing.tasks} />
      {node.kind !== 'stack' && (
        <Button
          component="a"
          href={jobHash(node.job)}
          variant="default"
          fullWidth
          leftSection={<IconExternalLink size={15} aria-hidden />}
        >
          Open the job
        </Button>
      )}
      <Joined
        title="Waits for"
        edges={before}
        name={({ from }) => names.get(from) ?? from}
        onEdge={props.onEdge}
      />
      {conditions.length > 0 && (
        <ul className="graph-joined">
          {conditions.map(({ key, spec }) => (
            <li key={key}>
              <button type="button" onClick={() => props.onConditions(node.id)}>
                {relationInWords(spec.relation)}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Select
        key={`${batch} ${node.id} ${before.length}`}
        size="xs"
        aria-label="Let it wait for"
        placeholder="Let it wait for …"
        searchable
        limit={40}
        nothingFoundMessage="There is no such job here"
        data={others}
        value={null}
        onChange={(from) => {
          if (from !== null) props.onLink(from, node.id);
        }}
      />
      <Joined
        title="Comes before"
        edges={after}
        name={({ to }) => names.get(to) ?? to}
        onEdge={props.onEdge}
      />
    </>
  );
});

const mostShown = 30;

function Joined(props: {
  readonly title: string;
  readonly edges: readonly DrawnEdge[];
  name(this: void, edge: DrawnEdge): string;
  onEdge(this: void, id: string): void;
}): ReactNode {
  const { edges } = props;
  return (
    <div>
      <div className="graph-panel-label">{props.title}</div>
      {edges.length === 0 && <div className="graph-panel-note">Nothing</div>}
      <ul className="graph-joined">
        {edges.slice(0, mostShown).map((edge) => (
          <li key={edge.id}>
            <button type="button" onClick={() => props.onEdge(edge.id)}>
              <span className="graph-joined-name">{props.name(edge)}</span>
              <span className="faint">{rulesOf(edge)}</span>
            </button>
          </li>
        ))}
      </ul>
      {edges.length > mostShown && (
        <div className="graph-panel-note">and {countInWords(edges.length - mostShown, 'other')}</div>
      )}
    </div>
  );
}

function rulesOf({ edges }: DrawnEdge): string {
  const rules = [...new Set(edges.map(({ spec }) => relationInWords(spec.relation)))];
  return rules.length === 1 ? (rules[0] ?? '') : countInWords(edges.length, 'dependency', 'dependencies');
}
