import type { NodesPicture } from '../../shared/ipc/nodes';
import type { QueuePicture } from '../../shared/ipc/queue';
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

export function nodesPicture(host: Host): NodesPicture {
  const rows = [...host.state.nodes.values()].map((node) =>
    nodeRow(host.state, node, host.nodes.get(node.id)?.feeling ?? null),
  );
  const online = rows.filter(({ state }) => state === 'ONLINE');
  return { nodes: rows, farm: usageOfFarm(online.map(({ resources }) => resources)) };
}
