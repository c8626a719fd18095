/** A batch of one job to report on. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { noCapacity, noRequest } from '../../shared/model/amounts';
import type { Attempt, AttemptEnd } from '../../shared/model/attempt';
import type { Step } from '../../shared/model/batch';
import { sharedFiles } from '../../shared/model/files';
import { recognised } from '../../shared/model/progress';
import { noRequirements } from '../../shared/model/requirements';
import { noRetry } from '../../shared/model/retry';
import { noTasks } from '../../shared/model/states';
import type { ReportedNode, ReportInput } from './input';
import { reportSchema } from './schema/report';
import { writeReport } from './write-report';

export const start = Date.UTC(2026, 0, 5, 9, 30);
export const done: AttemptEnd = { kind: 'exited', code: 0 };

export function attempt(task: number, end: AttemptEnd | null = done, more: Partial<Attempt> = {}): Attempt {
  return {
    id: `a-${task}`,
    job: 'b7.beauty',
    step: 0,
    task,
    node: 'n1',
    assignedAt: start + task * 1000,
    endedAt: end === null ? null : start + task * 1000 + 1500,
    end,
    usage: null,
    ...more,
  };
}

export interface Names {
  readonly batch?: string;
  readonly job?: string;
  readonly node?: string;
  readonly owner?: string;
}

export const node: ReportedNode = {
  id: 'n1',
  name: 'workstation',
  kind: 'local',
  system: 'Debian GNU/Linux 12',
  capacity: { ...noCapacity, cpu: 8, memoryMiB: 16_384 },
  programs: [{ name: 'povray', version: '3.7' }],
  costPerHour: null,
  watts: null,
};

export function inputOf(
  folder: string,
  attempts: ReportInput['attempts'],
  { batch = 'Shot 042', job = 'beauty', node: nodeName = 'workstation', owner = 'mara' }: Names = {},
): ReportInput {
  const request = { ...noRequest, cpu: 2, memoryMiB: 1024 };
  const limits = { needs: noRequirements, retry: noRetry, timeoutMs: null, preemptible: false };
  const tasks = { ...noTasks, COMPLETED: 23, FAILED: 1 };
  const step: Step = {
    name: 'main',
    action: { kind: 'script', text: 'povray' },
    space: { kind: 'frames', ranges: [{ first: 101, step: 1, count: 2_000_000 }] },
    request,
    ...limits,
    progress: recognised,
    files: sharedFiles,
    folder: '/w',
    environment: {},
    environments: [],
    graceMs: null,
    paths: null,
    parameters: {},
  };
  const about = { owner, tenant: 'default', submittedAt: start - 5000, output: folder };
  return {
    drover: { version: '0.1.0', runtime: 'Node.js 20' },
    writtenAt: start + 61_000,
    batch: {
      ...about,
      id: 'b7',
      name: batch,
      schedule: null,
      state: 'FAILED',
      tasks,
      progress: 1,
      startedAt: start,
      endedAt: start + 60_000,
    },
    jobs: [
      {
        ...about,
        id: 'b7.beauty',
        batch: 'b7',
        batchName: batch,
        name: job,
        kind: 'render',
        priority: 'MEDIUM',
        state: 'FAILED',
        tasks,
        progress: 1,
        stopping: 0,
        startedAt: start,
        endedAt: start + 60_000,
        deadline: null,
        most: null,
        recipe: null,
        after: [],
        conditions: [],
        forecast: null,
        steps: [{ ...step, count: 24, tasks, ...limits, command: 'povray', program: null }],
      },
    ],
    dependencies: [],
    spec: {
      name: batch,
      recipe: '/w/shot.yaml',
      output: null,
      tenant: 'default',
      dependencies: [],
      jobs: [{ name: job, kind: 'render', priority: 'MEDIUM', deadline: null, most: null, steps: [step] }],
    },
    attempts,
    nodes: [{ ...node, name: nodeName }],
    history: [],
    logEnd: () => Promise.resolve({ text: '', isCut: false }),
    hash: () => Promise.resolve(null),
    place: {
      html: join(folder, 'report.html'),
      json: join(folder, 'report.json'),
      isBesideOutput: true,
      isRenewed: false,
    },
  };
}

/** Writes it, and holds the document against its schema. */
export async function written(
  input: ReportInput,
): Promise<{ json: z.infer<typeof reportSchema>; html: string }> {
  await writeReport(input);
  const json = reportSchema.parse(JSON.parse(await readFile(input.place.json, 'utf8')));
  return { json, html: await readFile(input.place.html, 'utf8') };
}
