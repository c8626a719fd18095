import type { PlannedRow } from '../../shared/ipc/timeline';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { NodeId } from '../../shared/model/ids';

/** A row of the timeline. */
export interface TimelineNode {
  readonly id: NodeId;
  readonly name: string;
  /** Why it does nothing; null: it works. */
  readonly away: string | null;
  /** It is only tried out. */
  readonly isAdded: boolean;
}

const away: Readonly<Record<NodeRow['state'], string | null>> = {
  ONLINE: null,
  OFFLINE: 'offline',
  MAINTENANCE: 'set aside',
  ERROR: 'in trouble',
  STARTING: 'is connected',
  STOPPING: 'is left',
};

/** Those that fit what is typed; first those that are only tried out. */
export function nodeRows(
  nodes: readonly NodeRow[],
  typed: string,
  tried: { readonly added: readonly PlannedRow[]; readonly off: readonly NodeId[] },
): readonly TimelineNode[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, labels }: NodeRow): boolean =>
    words.every((word) => [name, ...labels].some((text) => text.toLowerCase().includes(word)));
  const added = tried.added.map(({ node }, index) => ({
    id: node,
    name: `New node ${index + 1}`,
    away: null,
    isAdded: true,
  }));
  const there = nodes.filter(fits).map(({ id, name, state }) => ({
    id,
    name,
    away: tried.off.includes(id) ? 'off in what is tried' : away[state],
    isAdded: false,
  }));
  return [...added, ...there];
}
