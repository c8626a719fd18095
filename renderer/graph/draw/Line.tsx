import { BaseEdge, EdgeLabelRenderer } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { IconArrowsSplit, IconClock, IconFile, IconGridDots } from '@tabler/icons-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Relation } from '../../../shared/model/dependency';
import { relationInWords } from '../../../shared/model/limits-in-words';
import { capitalised, numberInWords } from '../../ui/words';
import { useEdgesState, useIsLit } from '../live';
import type { GraphEdge } from '../model/graph';
import { edgeStateWords } from '../model/standing';
import { middleOf, pathThrough } from './path';
import { portSize } from './flow';
import type { FlowEdge } from './flow';

/** An edge by its state and whether it is drafted, with a sign of its type unless it is the usual one. */
export const Line = memo(function Line(props: EdgeProps<FlowEdge>): ReactNode {
  const { id, sourceX, sourceY, targetX, targetY, data } = props;
  const edges = data?.edges ?? nothing;
  const bends = data?.bends ?? [];
  const state = useEdgesState(edges);
  const isLit = useIsLit(id);
  // React Flow leads it to the outer rims of the ports; these lie upon the borders of the cards.
  const from = { x: sourceX - portSize / 2, y: sourceY };
  const to = { x: targetX + portSize / 2 - 4, y: targetY };
  const change = changeOf(edges);
  const middle = middleOf(from, bends, to);
  const sign = signOf(edges);
  const className = `graph-line graph-line-${change === 'none' ? state.toLowerCase() : change}`;
  const words = wordsOf(edges, edgeStateWords[state], change);
  return (
    <g className={className} data-selected={props.selected || undefined} data-lit={isLit || undefined}>
      <title>{words}</title>
      <BaseEdge path={pathThrough(from, bends, to)} interactionWidth={18} />
      <path
        className="graph-line-tip"
        d={`M${to.x - 4},${to.y - 4.5}L${to.x + 4},${to.y}L${to.x - 4},${to.y + 4.5}Z`}
      />
      {(sign !== null || edges.length > 1) && (
        <EdgeLabelRenderer>
          <span
            className={`graph-sign graph-sign-${change === 'none' ? state.toLowerCase() : change}`}
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
            title={words}
          >
            {sign}
            {edges.length > 1 && `× ${numberInWords(edges.length)}`}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

const nothing: readonly GraphEdge[] = [];

function changeOf(edges: readonly GraphEdge[]): GraphEdge['change'] {
  if (edges.some(({ change }) => change === 'added')) return 'added';
  return edges.every(({ change }) => change === 'removed') ? 'removed' : 'none';
}

const look = { size: 12, stroke: 2, 'aria-hidden': true } as const;

function signOf(edges: readonly GraphEdge[]): ReactNode {
  const relation = edges.find(({ change }) => change !== 'removed')?.spec.relation ?? edges[0]?.spec.relation;
  return relation === undefined ? null : signOfRelation(relation);
}

/** Null: it is the usual one. */
export function signOfRelation(relation: Relation): ReactNode {
  switch (relation.type) {
    case 'CONDITIONAL':
      return <IconArrowsSplit {...look} />;
    case 'DATA':
      return <IconFile {...look} />;
    case 'TEMPORAL':
      return <IconClock {...look} />;
    case 'SEQUENTIAL':
      return relation.mapping.kind === 'all' ? null : <IconGridDots {...look} />;
    case 'RESOURCE':
      return null;
  }
}

function wordsOf(edges: readonly GraphEdge[], state: string, change: GraphEdge['change']): string {
  const rules = [...new Set(edges.map(({ spec }) => relationInWords(spec.relation)))];
  const standing = change === 'none' ? state : change === 'added' ? 'not applied yet' : 'to be removed';
  return `${capitalised(rules.slice(0, 3).join('; '))}: ${standing}`;
}
