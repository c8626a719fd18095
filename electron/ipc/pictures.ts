import type { NodesPicture, QueuePicture } from '../../shared/ipc/contract';
import { usageOfFarm } from '../engine/resources/kinds';
import type { Host } from '../host';
import { batchRow, jobRow, nodeRow } from './rows';

export function queuePicture(host: Host): QueuePicture {
  return {
    trouble: host.trouble,
    batches: [...host.state.batches.values()].map((batch) => batchRow(host, batch)),
    jobs: [...host.state.jobs.values()].map((job) => jobRow(host, job)),
  };
}

export async function nodesPicture(host: Host): Promise<NodesPicture> {
  const nodes = [...host.state.nodes.values()].map(async (node) => {
    const load = await host.nodes
      .get(node.id)
      ?.load()
      .catch(() => null);
    return nodeRow(host.state, node, load ?? null);
  });
  const rows = await Promise.all(nodes);
  const online = rows.filter(({ state }) => state === 'ONLINE');
  return { nodes: rows, farm: usageOfFarm(online.map(({ resources }) => resources)) };
}
