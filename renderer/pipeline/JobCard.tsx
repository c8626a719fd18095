import { Handle, Position } from '@xyflow/react';
import type { Node, NodeProps } from '@xyflow/react';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Severity } from '../../shared/model/finding';
import type { JobKind } from '../../shared/model/states';
import { KindIcon } from '../ui/StateMark';
import { countInWords } from '../ui/words';

export interface CardLook {
  readonly name: string;
  readonly title: string;
  readonly kind: JobKind;
  /** Null: not known, as something is still wrong. */
  readonly tasks: number | null;
  /** What still has to be given. */
  readonly needed: readonly string[];
  /** The worst that was found about it, and all of it in words. */
  readonly worst: Severity | null;
  readonly found: string;
}
export interface CardData extends CardLook, Record<string, unknown> {
  /** It is on the loop that an edge would close. */
  readonly isLit: boolean;
}
export type CardNode = Node<CardData, 'job'>;

const icons: Readonly<Record<Severity, ReactNode>> = {
  error: <IconCircleX size={15} stroke={1.9} aria-hidden />,
  warning: <IconAlertTriangle size={15} stroke={1.9} aria-hidden />,
  note: <IconInfoCircle size={15} stroke={1.9} aria-hidden />,
};

/** A job of the pipeline: what it is, how many tasks it has, and what is wrong with it. */
export const JobCard = memo(function JobCard({ data, selected }: NodeProps<CardNode>): ReactNode {
  const { name, title, needed, worst, tasks } = data;
  return (
    <div
      className="graph-card pipeline-card"
      data-selected={selected || undefined}
      data-lit={data.isLit || undefined}
      data-needs={needed.length > 0 || undefined}
    >
      <Handle type="target" position={Position.Left} aria-label={`Waits: ${name}`} />
      <Handle type="source" position={Position.Right} aria-label={`Comes before: ${name}`} />
      <div className="graph-card-line">
        <KindIcon kind={data.kind} size={15} />
        <span className="graph-card-name">{name}</span>
        {worst !== null && (
          <span
            className={`pipeline-found finding-${worst}`}
            role="img"
            aria-label={data.found}
            title={data.found}
          >
            {icons[worst]}
          </span>
        )}
      </div>
      <div className="graph-card-line graph-card-counts">
        {needed.length > 0 ? (
          <span className="pipeline-needed">
            {needed.length === 1
              ? `${needed[0] ?? ''} is needed`
              : `${countInWords(needed.length, 'value')} needed`}
          </span>
        ) : (
          <span>{title}</span>
        )}
        {tasks !== null && <span className="graph-card-percent">{countInWords(tasks, 'task')}</span>}
      </div>
    </div>
  );
});
