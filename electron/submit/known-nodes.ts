import type { KnownNode } from '../../shared/ipc/submissions';

/** The nodes that a recipe's `50%` and `max` can be taken of. */
export interface KnownNodes {
  /** Null when there is none. */
  largest(withGpu: boolean): KnownNode | null;
  /** Those that something was taken of. */
  used(): readonly KnownNode[];
}

export function knownNodes(nodes: readonly KnownNode[]): KnownNodes {
  const bySize = nodes
    .filter(({ capacity }) => capacity.cpu > 0)
    .toSorted(
      ({ capacity: a }, { capacity: b }) => b.cpu - a.cpu || b.memoryMiB - a.memoryMiB || b.gpu - a.gpu,
    );
  const used = new Set<KnownNode>();
  return {
    largest(withGpu) {
      const node = bySize.find(({ capacity }) => !withGpu || capacity.gpu > 0) ?? null;
      if (node !== null) used.add(node);
      return node;
    },
    used: () => [...used],
  };
}
