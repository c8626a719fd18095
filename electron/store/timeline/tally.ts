/** How far jobs were at a moment, from the attempts at their tasks. */
import type { JobId, NodeId } from '../../../shared/model/ids';
import type { Ended } from './fold';

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

interface Tallied {
  readonly assignedAt: number;
  readonly endedAt: number | null;
  readonly ended: Ended;
}

export class MomentTally {
  private readonly jobs = new Map<JobId, JobTally>();
  private readonly nodes = new Set<NodeId>();

  constructor(private readonly at: number) {}

  add(job: JobId, node: NodeId, ran: Tallied): void {
    if (ran.assignedAt > this.at) return;
    let tally = this.jobs.get(job);
    if (tally === undefined) this.jobs.set(job, (tally = { job, running: 0, completed: 0, failed: 0 }));
    if (ran.endedAt === null || ran.endedAt > this.at) {
      tally.running++;
      this.nodes.add(node);
    } else if (ran.ended === 'completed') tally.completed++;
    else if (ran.ended === 'failed') tally.failed++;
  }

  summary(): FarmTally {
    return { jobs: [...this.jobs.values()], nodes: this.nodes.size };
  }
}
