import type { EdgeId } from '../../../shared/model/ids';
import type { EdgeSpec, FactOf } from '../facts';
import type { FarmState, InverseChange, UndoableChange } from '../state';

/** So many changes can be taken back. */
const mostKept = 100;

export type UndoableFact = FactOf<
  'jobsHeld' | 'jobsReleased' | 'jobsOrdered' | 'jobsMoved' | 'settingsChanged' | 'edgesChanged'
>;

/** To be called before the fact is applied; for edges after it, when the new ones have their numbers. */
export function rememberChange(
  state: FarmState,
  fact: UndoableFact,
  added: readonly EdgeId[] = [],
  removed: readonly EdgeSpec[] = [],
): void {
  if (fact.undoes !== null) {
    const at = state.undoable.findIndex(({ id }) => id === fact.undoes);
    if (at >= 0) state.undoable.splice(at, 1);
    return;
  }
  const { at, by, why } = fact;
  const change: UndoableChange = {
    id: state.nextChange++,
    at,
    by,
    why,
    what: undoableInWords(fact),
    inverse: inverseOf(state, fact, added, removed),
  };
  state.undoable.push(change);
  if (state.undoable.length > mostKept) state.undoable.shift();
}

function inverseOf(
  state: FarmState,
  fact: UndoableFact,
  added: readonly EdgeId[],
  removed: readonly EdgeSpec[],
): InverseChange {
  const { by } = fact;
  switch (fact.kind) {
    case 'jobsHeld':
      return { kind: 'release', by, jobs: fact.jobs };
    case 'jobsReleased':
      return { kind: 'hold', by, jobs: fact.jobs };
    case 'jobsOrdered':
      return {
        kind: 'order',
        by,
        jobs: fact.jobs.flatMap(({ job }) => {
          const record = state.jobs.get(job);
          return record === undefined ? [] : [{ job, priority: record.priority, deadline: record.deadline }];
        }),
      };
    case 'jobsMoved':
      return {
        kind: 'moveBack',
        by,
        jobs: fact.jobs,
        ranks: fact.ranks.flatMap(({ job }) => {
          const record = state.jobs.get(job);
          return record === undefined ? [] : [{ job, rank: record.rank }];
        }),
      };
    case 'settingsChanged':
      return { kind: 'configure', by, settings: state.settings };
    case 'edgesChanged':
      return { kind: 'link', by, add: removed, remove: added };
  }
}

/** What was done, or taken back. */
export function undoableInWords(fact: UndoableFact): string {
  const jobs = (list: readonly (string | { readonly job: string })[]): string =>
    list.length > 3
      ? `${list.length} jobs`
      : list.map((one) => (typeof one === 'string' ? one : one.job)).join(', ');
  switch (fact.kind) {
    case 'jobsHeld':
      return `held ${jobs(fact.jobs)}`;
    case 'jobsReleased':
      return `released ${jobs(fact.jobs)}`;
    case 'jobsOrdered':
      return `changed priority or deadline of ${jobs(fact.jobs)}`;
    case 'jobsMoved':
      return fact.to === null
        ? `moved ${jobs(fact.jobs)} back`
        : `moved ${jobs(fact.jobs)} ${fact.to.side} ${fact.to.beside}`;
    case 'settingsChanged':
      return 'changed the settings of the farm';
    case 'edgesChanged':
      return `added ${fact.added.length} and removed ${fact.removed.length} dependencies`;
  }
}
