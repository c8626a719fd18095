import { BaseEdge, EdgeLabelRenderer } from '@xyflow/react';
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Relation, UpstreamFailure } from '../../shared/model/dependency';
import { relationInWords } from '../../shared/model/limits-in-words';
import { middleOf, pathThrough } from '../graph/draw/path';
import { portSize } from '../graph/draw/flow';
import { signOfRelation } from '../graph/draw/Line';
import { failureWords } from '../graph/model/rules';
import { capitalised } from '../ui/words';

export interface LineData extends Record<string, unknown> {
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
  readonly isLit: boolean;
}
export type LineEdge = Edge<LineData, 'line'>;

/** What waits for what, with a sign of its rule unless it is the usual one. */
export const EdgeLine = memo(function EdgeLine(props: EdgeProps<LineEdge>): ReactNode {
  const { sourceX, sourceY, targetX, targetY, data } = props;
  if (data === undefined) return null;
  const from = { x: sourceX - portSize / 2, y: sourceY };
  const to = { x: targetX + portSize / 2 - 4, y: targetY };
  const middle = middleOf(from, [], to);
  const sign = signOfRelation(data.relation);
  const words = `${capitalised(relationInWords(data.relation))}. Otherwise: ${failureWords[data.onFailure].means}`;
  return (
    <g className="graph-line" data-selected={props.selected || undefined} data-lit={data.isLit || undefined}>
      <title>{words}</title>
      <BaseEdge path={pathThrough(from, [], to)} interactionWidth={18} />
      <path
        className="graph-line-tip"
        d={`M${to.x - 4},${to.y - 4.5}L${to.x + 4},${to.y}L${to.x - 4},${to.y + 4.5}Z`}
      />
      {(sign !== null || data.onFailure !== 'hold') && (
        <EdgeLabelRenderer>
          <span
            className="graph-sign"
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
            title={words}
          >
            {sign}
            {data.onFailure !== 'hold' && failureWords[data.onFailure].name}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});
