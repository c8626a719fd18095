import { codes } from '../counts';
import type { Fact } from '../facts';
import type { Ids } from '../ports';
import type { FarmState, NodeRecord, StepRecord } from '../state';

/**
 * Gives ready tasks to nodes with room: by priority, then first come first served; each to the
 * first node that fits. Every assignment is applied by `assign` before the next is looked for.
 */
export function schedule(state: FarmState, at: number, ids: Ids, assign: (fact: Fact) => void): void {
  const nodes = [...state.nodes.values()].filter(isUsable);
  const doesNotFit = new Set<string>();
  // A step leaves the queue with its last task, so the queue is walked as it stands at first.
  for (const step of [...state.ready.inOrder()]) {
    if (nodes.length === 0) return;
    const { cpu, memoryMiB } = step.step.request;
    const request = `${cpu} ${memoryMiB}`;
    while (!doesNotFit.has(request)) {
      const task = nextQueued(step);
      if (task === null) break;
      const node = nodes.find((candidate) => fits(candidate, step));
      if (node === undefined) {
        doesNotFit.add(request);
        break;
      }
      assign({
        kind: 'taskAssigned',
        at,
        attempt: ids.attempt(),
        job: step.job.id,
        step: step.index,
        task,
        node: node.id,
      });
      if (node.freeCpu <= 0) nodes.splice(nodes.indexOf(node), 1);
    }
  }
}

export function isUsable(node: NodeRecord): boolean {
  return node.state === 'ONLINE' && node.freeCpu > 0;
}

function fits(node: NodeRecord, step: StepRecord): boolean {
  return node.freeCpu >= step.step.request.cpu && node.freeMemoryMiB >= step.step.request.memoryMiB;
}

function nextQueued(step: StepRecord): number | null {
  while (step.cursor < step.count && step.states[step.cursor] !== codes.QUEUED) step.cursor++;
  return step.cursor < step.count ? step.cursor : null;
}
