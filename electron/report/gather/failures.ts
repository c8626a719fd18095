/** What went wrong: of each kind some, with what they have in common. */
import { endInWords, type Attempt } from '../../../shared/model/attempt';
import type { AttemptPlace } from '../places';
import type { Report } from '../schema/report';
import type { Seen } from './seen';

export type FailureGroup = Report['failureGroups'][number];

export interface Failure {
  readonly attempt: Attempt;
  readonly place: AttemptPlace;
  readonly how: string;
  /** Its place among those of its group. */
  readonly inGroup: number;
  isMended: boolean;
}

export const mostFailures = 200;
/** So many are kept of each kind, however many came before. */
const ofEachGroup = 5;
const mostGroups = 100;
const mostNodes = 5;

interface OpenGroup {
  readonly job: string;
  readonly step: string;
  readonly how: string;
  count: number;
  mended: number;
  readonly nodes: Set<string>;
}

export class Failures {
  readonly kept: Failure[] = [];
  private readonly groups = new Map<string, OpenGroup>();
  /** Of the task whose attempts pass by. */
  private ofTask: { readonly group: OpenGroup; readonly failure: Failure | null }[] = [];

  add({ attempt, place, outcome, before }: Seen): void {
    if (before === null) this.ofTask = [];
    if (outcome === 'completed') this.mend();
    if ((outcome !== 'failed' && outcome !== 'lost') || attempt.end === null) return;
    const how = endInWords(attempt.end);
    const group = this.groupOf(place, how);
    const inGroup = group.count++;
    if (group.nodes.size < mostNodes) group.nodes.add(place.nodeName);
    const isKept = inGroup < ofEachGroup || this.kept.length < mostFailures;
    const failure = isKept ? { attempt, place, how, inGroup, isMended: false } : null;
    if (failure !== null) this.kept.push(failure);
    this.ofTask.push({ group, failure });
  }

  result(): readonly FailureGroup[] {
    return [...this.groups.values()]
      .map((group) => ({ ...group, nodes: [...group.nodes] }))
      .toSorted((a, b) => b.count - a.count);
  }

  private mend(): void {
    for (const { group, failure } of this.ofTask) {
      group.mended++;
      if (failure !== null) failure.isMended = true;
    }
    this.ofTask = [];
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
    const group: OpenGroup = { job, step, how, count: 0, mended: 0, nodes: new Set() };
    this.groups.set(key, group);
    return group;
  }
}

const others = '';
