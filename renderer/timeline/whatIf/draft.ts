/** What a person tries out: what is asked of the Host, and what it would be as real commands. */
import type { TimelineWish } from '../../../shared/ipc/timeline';
import type { JobId, NodeId } from '../../../shared/model/ids';
import type { Priority } from '../../../shared/model/states';

export interface Draft {
  readonly job: JobId | null;
  /** Null: as it is; so is what is left empty below. */
  readonly priority: Priority | null;
  readonly deadline: number | null;
  /** The job starts nothing before. */
  readonly later: number | null;
  /** These take no more work. */
  readonly off: readonly NodeId[];
  /** More nodes like this one. */
  readonly like: NodeId | null;
  readonly count: number;
}

export const emptyDraft: Draft = {
  job: null,
  priority: null,
  deadline: null,
  later: null,
  off: [],
  like: null,
  count: 1,
};

const changesJob = ({ job, priority, deadline, later }: Draft): boolean =>
  job !== null && (priority !== null || deadline !== null || later !== null);

export const isEmpty = (draft: Draft): boolean =>
  !changesJob(draft) && draft.off.length === 0 && draft.like === null;

export function wishOf(draft: Draft, nodes: readonly NodeId[]): TimelineWish {
  const { job, priority, deadline, later, off, like, count } = draft;
  const isOrdered = job !== null && (priority !== null || deadline !== null);
  return {
    wish: {
      addNodes: like === null ? [] : [{ like, count }],
      removeNodes: off,
      order: isOrdered ? [{ what: job, priority, deadline }] : [],
      settings: null,
    },
    later: job !== null && later !== null ? [{ job, at: later }] : [],
    nodes,
  };
}

export type Step =
  | {
      readonly kind: 'order';
      readonly job: JobId;
      readonly priority: Priority | null;
      readonly deadline: number | null;
    }
  | { readonly kind: 'later'; readonly job: JobId; readonly at: number }
  | { readonly kind: 'off'; readonly node: NodeId };

/** What of it can be done; that there are more nodes cannot: they have to be added. */
export function stepsOf({ job, priority, deadline, later, off }: Draft): readonly Step[] {
  const steps: Step[] = [];
  if (job !== null && (priority !== null || deadline !== null))
    steps.push({ kind: 'order', job, priority, deadline });
  if (job !== null && later !== null) steps.push({ kind: 'later', job, at: later });
  for (const node of off) steps.push({ kind: 'off', node });
  return steps;
}
