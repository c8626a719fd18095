import type { Request } from '../../../shared/model/batch';
import type { Verdict } from '../../../shared/model/verdict';
import { countOf, totalOf } from '../counts';
import { edgesBefore, edgeState } from '../dependencies/readiness';
import type { Edge, FarmState, JobRecord, NodeRecord } from '../state';

/** Why the waiting tasks of a job do not run now; empty when none waits. */
export function explain(state: FarmState, job: JobRecord): readonly Verdict[] {
  const verdicts = new Map<string, Verdict>();
  for (const step of job.steps) {
    const found: readonly Verdict[] =
      countOf(step.counts, 'PENDING') > 0
        ? edgesBefore(step).flatMap(waitingFor)
        : countOf(step.counts, 'QUEUED') > 0
          ? explainRequest(state, step.step.request)
          : [];
    for (const verdict of found) verdicts.set(JSON.stringify(verdict), verdict);
  }
  return [...verdicts.values()];
}

function waitingFor(edge: Edge): readonly Verdict[] {
  const state = edgeState(edge);
  if (state === 'SATISFIED' || state === 'BYPASSED') return [];
  const { counts } = edge.from;
  const job = 'steps' in edge.from ? edge.from : edge.from.job;
  const named = { job: job.id, jobName: job.job.name };
  if (state === 'FAILED') {
    const failed = countOf(counts, 'FAILED') + countOf(counts, 'CANCELLED');
    return [{ kind: 'upstreamFailed', ...named, failed }];
  }
  const step = 'steps' in edge.from ? null : edge.from.step.name;
  return [{ kind: 'waitsFor', ...named, step, open: totalOf(counts) - countOf(counts, 'COMPLETED') }];
}

/** Why a task with this request does not start now, as far as the nodes go. */
export function explainRequest(state: FarmState, request: Request): readonly Verdict[] {
  const all = [...state.nodes.values()];
  if (all.length === 0) return [{ kind: 'noNodes' }];
  const online = all.filter((node) => node.state === 'ONLINE');
  if (online.length === 0) {
    return all.map((node) => ({
      kind: 'nodeNotReady',
      node: node.id,
      name: node.name,
      state: node.state,
      reason: node.reason,
    }));
  }
  const large = online.filter(
    (node) => node.capacity.cpu >= request.cpu && node.capacity.memoryMiB >= request.memoryMiB,
  );
  if (large.length === 0) {
    return [{ kind: 'tooLarge', request, largest: largest(online), nodes: online.length }];
  }
  const most = (amount: (node: NodeRecord) => number): number => Math.max(0, ...large.map(amount));
  return [
    {
      kind: 'noRoom',
      request,
      freeCpu: most((node) => node.freeCpu),
      freeMemoryMiB: most((node) => node.freeMemoryMiB),
      nodes: large.length,
    },
  ];
}

function largest(nodes: readonly NodeRecord[]): Request {
  const byCores = nodes.toSorted(
    (a, b) => b.capacity.cpu - a.capacity.cpu || b.capacity.memoryMiB - a.capacity.memoryMiB,
  );
  return byCores[0]?.capacity ?? { cpu: 0, memoryMiB: 0 };
}
