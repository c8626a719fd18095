import type { JobId, NodeId } from './ids';
import type { Request } from './batch';
import type { NodeState } from './states';

/** Why work does not run now: the scheduler's own findings as data. */
export type Verdict =
  | {
      readonly kind: 'waitsFor';
      readonly job: JobId;
      readonly jobName: string;
      readonly step: string | null;
      readonly open: number;
    }
  | {
      readonly kind: 'upstreamFailed';
      readonly job: JobId;
      readonly jobName: string;
      readonly failed: number;
    }
  | {
      readonly kind: 'tooLarge';
      readonly request: Request;
      readonly largest: Request;
      readonly nodes: number;
    }
  | {
      readonly kind: 'noRoom';
      readonly request: Request;
      readonly freeCpu: number;
      readonly freeMemoryMiB: number;
      readonly nodes: number;
    }
  | {
      readonly kind: 'nodeNotReady';
      readonly node: NodeId;
      readonly name: string;
      readonly state: NodeState;
      readonly reason: string | null;
    }
  | { readonly kind: 'noNodes' };

const cores = (n: number): string => `${n} ${n === 1 ? 'core' : 'cores'}`;
const memory = (mebibytes: number): string =>
  mebibytes < 1024 ? `${mebibytes} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
const need = (request: Request): string =>
  request.memoryMiB > 0 ? `${cores(request.cpu)} and ${memory(request.memoryMiB)}` : cores(request.cpu);

export function verdictInWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'waitsFor': {
      const what = verdict.step === null ? verdict.jobName : `${verdict.jobName}/${verdict.step}`;
      return `waits for ${what}: ${verdict.open} ${verdict.open === 1 ? 'task' : 'tasks'} to go`;
    }
    case 'upstreamFailed':
      return `held: ${verdict.failed} ${verdict.failed === 1 ? 'task' : 'tasks'} of ${verdict.jobName} did not complete; retry ${verdict.jobName} to go on`;
    case 'tooLarge':
      return `needs ${need(verdict.request)} for a task; the largest node has ${need(verdict.largest)}`;
    case 'noRoom':
      return `needs ${need(verdict.request)} for a task; most that is free on a node now is ${cores(verdict.freeCpu)} and ${memory(verdict.freeMemoryMiB)}`;
    case 'nodeNotReady':
      return `node ${verdict.name} is ${verdict.state}${verdict.reason === null ? '' : `: ${verdict.reason}`}`;
    case 'noNodes':
      return 'there is no node to run on';
  }
}
