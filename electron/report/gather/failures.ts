/** What went wrong: of each kind some, above all of what no later attempt made good. */
import { endInWords, type Attempt } from '../../../shared/model/attempt';
import type { AttemptPlace } from '../places';
import type { Report } from '../schema/report';
import type { Seen } from './seen';

export type FailureGroup = Report['failureGroups'][number];

export interface Failure {
  readonly attempt: Attempt;
  readonly place: AttemptPlace;
  readonly how: string;
  /** A later attempt at the same task completed. */
  readonly isMended: boolean;
  /** How many of its group came before, mended or not as it is. */
  readonly inGroup: number;
}

/** So many are kept of all, and so many of each kind, however many came before. */
const kept = { open: { all: 200, ofEach: 5 }, mended: { all: 50, ofEach: 2 } } as const;
const mostGroups = 100;
const mostNodes = 5;

interface OpenGroup {
  readonly job: string;
  readonly step: string;
  readonly how: string;
  readonly counts: { open: number; mended: number };
  readonly nodes: Set<string>;
}

type OpenFailure = Omit<Failure, 'isMended' | 'inGroup'> & { readonly group: OpenGroup };

export class Failures {
  private readonly lists: { readonly open: Failure[]; readonly mended: Failure[] } = { open: [], mended: [] };
  private readonly groups = new Map<string, OpenGroup>();
  /** Of the task whose attempts pass by: what became of it is known when the next one comes. */
  private ofTask: OpenFailure[] = [];
  private isCompleted = false;

  add({ attempt, place, outcome, before }: Seen): void {
    if (before === null) this.settle();
    if (outcome === 'completed') this.isCompleted = true;
    if ((outcome !== 'failed' && outcome !== 'lost') || attempt.end === null) return;
    const how = endInWords(attempt.end);
    this.ofTask.push({ attempt, place, how, group: this.groupOf(place, how) });
  }

  result(): { readonly failures: readonly Failure[]; readonly groups: readonly FailureGroup[] } {
    this.settle();
    const groups = [...this.groups.values()].map(({ job, step, how, counts, nodes }): FailureGroup => {
      const { open, mended } = counts;
      return { job, step, how, count: open + mended, mended, nodes: [...nodes] };
    });
    return {
      failures: [...this.lists.open, ...this.lists.mended],
      groups: groups.toSorted((a, b) => b.count - a.count),
    };
  }

  private settle(): void {
    const fate = this.isCompleted ? 'mended' : 'open';
    const list = this.lists[fate];
    for (const { group, ...failure } of this.ofTask) {
      const inGroup = group.counts[fate]++;
      if (group.nodes.size < mostNodes) group.nodes.add(failure.place.nodeName);
      if (inGroup < kept[fate].ofEach || list.length < kept[fate].all)
        list.push({ ...failure, isMended: this.isCompleted, inGroup });
    }
    this.ofTask = [];
    this.isCompleted = false;
  }

  /** Reasons may be different each time: from a number on they are no groups of their own. */
  private groupOf({ jobName: job, stepName: step }: AttemptPlace, how: string): OpenGroup {
    const key = JSON.stringify([job, step, how]);
    const isNew = !this.groups.has(key) && this.groups.size < mostGroups;
    return this.groups.get(key) ?? (isNew ? this.open(key, job, step, how) : this.others());
  }

  private others(): OpenGroup {
    return this.groups.get(others) ?? this.open(others, '', '', 'ended in yet other ways');
  }

  private open(key: string, job: string, step: string, how: string): OpenGroup {
    const group: OpenGroup = { job, step, how, counts: { open: 0, mended: 0 }, nodes: new Set() };
    this.groups.set(key, group);
    return group;
  }
}

const others = '';
