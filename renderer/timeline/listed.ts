import type { RanBar } from '../../shared/ipc/timeline';
import type { JobId } from '../../shared/model/ids';
import type { PlacedBar, PlacedRow } from './lanes';
import type { TimelineNode } from './nodeRows';
import type { Span } from './scale';

export interface Listed {
  readonly items: readonly {
    readonly key: string;
    readonly node: TimelineNode;
    readonly bar: RanBar | PlacedBar;
  }[];
  /** So many more. */
  readonly left: number;
}

const most = 300;

/** The bars in sight, node by node, the oldest first. */
export function listedOf(
  rows: readonly { readonly node: TimelineNode; readonly row: PlacedRow | null }[],
  { from, to }: Span,
  focus: JobId | null,
): Listed {
  const all = rows.flatMap(({ node, row }) =>
    [...(row?.ran ?? []), ...(row?.planned ?? [])]
      .filter((bar) => bar.from < to && (bar.to ?? Infinity) > from && (focus === null || bar.job === focus))
      .toSorted((a, b) => a.from - b.from)
      .map((bar) => ({ key: `${node.id} ${bar.lane} ${bar.from} ${'tasks' in bar}`, node, bar })),
  );
  return { items: all.slice(0, most), left: Math.max(0, all.length - most) };
}
