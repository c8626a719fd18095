import { nameInCommon } from './alike';
import type { DrawnNode } from './drawn';
import { endInWords } from './graph';
import type { Jobs } from './graph';

export function nameOfNode(jobs: Jobs, node: DrawnNode): string {
  if (node.kind !== 'stack')
    return endInWords(jobs, { job: node.job, step: node.kind === 'step' ? node.step : null });
  const common = nameInCommon(node.jobs.map((id) => jobs.get(id)?.name ?? id));
  return common === '…' ? `${node.jobs.length} jobs` : common;
}

/** Ids of nodes with all the words in their names, or in the name of a job in them. */
export function found(jobs: Jobs, nodes: readonly DrawnNode[], text: string): readonly string[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const matches = (name: string): boolean => words.every((word) => name.toLowerCase().includes(word));
  return nodes
    .filter((node) =>
      node.kind === 'stack'
        ? node.jobs.some((id) => matches(jobs.get(id)?.name ?? ''))
        : matches(nameOfNode(jobs, node)),
    )
    .map(({ id }) => id);
}
