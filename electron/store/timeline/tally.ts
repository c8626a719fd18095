/** How far jobs were at a moment, from the attempts at their tasks. */
import type { JobId, NodeId } from '../../../shared/model/ids';
import { endOf } from './fold';
import type { Attempt } from '../../../shared/model/attempt';

export interface JobTally {
  readonly job: JobId;
  running: number;
  completed: number;
  failed: number;
}

export interface FarmTally {
  readonly jobs: readonly JobTally[];
  /** Those that something ran on. */
  readonly nodes: number;
}

export class MomentTally {
  private readonly jobs = new Map<JobId, JobTally>();
  private readonly nodes = new Set<NodeId>();

  constructor(private readonly at: number) {}

  add({
    job,
    node,
    assignedAt,
    endedAt,
    end,
  }: Pick<Attempt, 'job' | 'node' | 'assignedAt' | 'endedAt' | 'end'>): void {
    if (assignedAt > this.at) return;
    const tally = this.jobs.get(job) ?? { job, running: 0, completed: 0, failed: 0 };
    this.jobs.set(job, tally);
    if (endedAt === null || endedAt > this.at) {
      tally.running++;
      this.nodes.add(node);
      return;
    }
    const ended = endOf(end);
    if (ended === 'completed') tally.completed++;
    if (ended === 'failed') tally.failed++;
  }

  summary(): FarmTally {
    return { jobs: [...this.jobs.values()], nodes: this.nodes.size };
  }
}
