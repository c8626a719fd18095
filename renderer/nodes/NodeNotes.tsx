import { IconAlertTriangle, IconClockExclamation, IconInfoCircle, IconTool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { Moment } from '../ui/Time';
import { capitalised } from '../ui/words';
import { standingOf } from './standing';

/** Why it is in its state, until when, and what is wrong with its clock. */
export function NodeNotes({ node }: { readonly node: NodeRow }): ReactNode {
  const { reason, tone, state } = standingOf(node);
  const Icon = tone === 'trouble' ? IconAlertTriangle : state === 'MAINTENANCE' ? IconTool : IconInfoCircle;
  return (
    <>
      {reason !== null && (
        <p className={`node-note node-note-${tone}`}>
          <Icon size={16} stroke={1.8} aria-hidden />
          <span>
            {reason}
            {node.setAsideUntil !== null && (
              <>
                , until <Moment at={node.setAsideUntil} />
              </>
            )}
          </span>
        </p>
      )}
      {node.clock !== null && (
        <p className="node-note node-note-warning">
          <IconClockExclamation size={16} stroke={1.8} aria-hidden />
          <span>{capitalised(node.clock)}</span>
        </p>
      )}
    </>
  );
}
