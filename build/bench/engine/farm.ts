/** A farm and a batch to measure with: the same in every run. */
import { noAmounts, noRequest, type Request } from '../../../shared/model/amounts';
import type { Batch, Job, Step } from '../../../shared/model/batch';
import { sameIndex, type Dependency } from '../../../shared/model/dependency';
import { sharedFiles } from '../../../shared/model/files';
import { recognised } from '../../../shared/model/progress';
import { noRequirements } from '../../../shared/model/requirements';
import { noRetry } from '../../../shared/model/retry';
import type { Report } from '../../../electron/engine/reports';

export interface BatchSize {
  readonly tasks: number;
  readonly classes: number;
}

export const jobs = 128;
export const stepsPerJob = 8;

/**
 * Jobs of steps in a row; each task waits for the same index of up to three steps before its own, which
 * makes two edges a task. Steps ask for one of so many different things, in turn.
 */
export function layeredBatch({ tasks, classes }: BatchSize): Batch {
  const share = (upTo: number): number => Math.floor((upTo * tasks) / (jobs * stepsPerJob));
  const list: Job[] = [];
  const dependencies: Dependency[] = [];
  for (let job = 0; job < jobs; job++) {
    const name = `job${job}`;
    const count = share(job + 1) - share(job);
    const steps = Array.from({ length: stepsPerJob }, (_, index) =>
      stepOf(`step${index}`, count, requestOf(classOf(job, index) % classes)),
    );
    list.push({ name, kind: 'render', priority: 'MEDIUM', deadline: null, most: null, steps });
    for (const [from, to] of edgesOfJob) {
      const end = (step: number) => ({ job: name, step: `step${step}` });
      dependencies.push({
        from: end(from),
        to: end(to),
        relation: { type: 'SEQUENTIAL', mapping: sameIndex },
        onFailure: 'hold',
      });
    }
  }
  return { name: 'Benchmark', recipe: null, output: null, tenant: 'default', jobs: list, dependencies };
}

/** Another for each step of each job, and neighbours ask for different amounts. */
const classOf = (job: number, step: number): number => step * jobs + ((job + 5 * step) % jobs);

/** Sixteen among eight steps: to the one before, to the one before that, and for three a step further back. */
const edgesOfJob: readonly (readonly [from: number, to: number])[] = [
  ...Array.from({ length: 7 }, (_, step) => [step, step + 1] as const),
  ...Array.from({ length: 6 }, (_, step) => [step, step + 2] as const),
  ...Array.from({ length: 3 }, (_, step) => [step, step + 3] as const),
];

export function stepOf(name: string, count: number, request: Request): Step {
  return {
    name,
    action: { kind: 'command', argv: ['render', '{{Frame}}'] },
    space: { kind: 'frames', ranges: [{ first: 1, step: 1, count }] },
    request,
    needs: noRequirements,
    retry: noRetry,
    timeoutMs: null,
    preemptible: false,
    progress: recognised,
    files: sharedFiles,
    folder: '/projects/benchmark',
    environment: {},
    environments: [],
    graceMs: null,
    paths: null,
    parameters: {},
  };
}

/** 1 to 16 cores, and memory in as many sizes as it takes. */
function requestOf(index: number): Request {
  const cores = [1, 2, 3, 4, 6, 8, 12, 16];
  return {
    ...noRequest,
    cpu: cores[index % cores.length] ?? 1,
    memoryMiB: 512 + 128 * Math.floor(index / cores.length),
  };
}

/** Nodes of 8, 16 and 32 cores: about 25,000 tasks of the batch at once on 10,000 of them. */
export function nodeUp(index: number): Report {
  const cpu = [8, 16, 16, 32][index % 4] ?? 16;
  return {
    kind: 'nodeUp',
    node: `node${index}`,
    name: `node${index}`,
    nodeKind: 'ssh',
    system: 'Linux',
    capacity: { ...noAmounts, cpu, memoryMiB: cpu * 2048, special: {} },
    labels: [],
  };
}
