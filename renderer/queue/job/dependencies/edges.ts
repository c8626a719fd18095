import type { EdgeRow } from '../../../../shared/ipc/graph';
import type { JobDetail } from '../../../../shared/ipc/job';
import type { UpstreamFailure } from '../../../../shared/model/dependency';
import type { EdgeEnd } from '../../../../shared/model/edge';
import type { JobId } from '../../../../shared/model/ids';
import type { DependencyState } from '../../../../shared/model/states';

/** Those at whose end the job is, and those at whose beginning; between steps of it, both. */
export function dependenciesOf(
  job: JobId,
  edges: readonly EdgeRow[],
): { readonly before: readonly EdgeRow[]; readonly after: readonly EdgeRow[] } {
  return {
    before: edges.filter(({ to }) => to.job === job),
    after: edges.filter(({ from, to }) => from?.job === job && to.job !== job),
  };
}

/** `melt`, of another batch `b7.melt`, of a step `melt, step 2`; a step of the job itself by its name. */
export function nameOfEnd(
  { job, step }: EdgeEnd,
  of: Pick<JobDetail, 'id' | 'batch' | 'name' | 'steps'>,
): string {
  const own = job === of.id ? of.name : job;
  const name = own.startsWith(`${of.batch}.`) ? own.slice(of.batch.length + 1) : own;
  if (step === null) return name;
  const stepName = job === of.id ? of.steps[step]?.name : undefined;
  return `${name}${stepName === undefined ? `, step ${step + 1}` : `/${stepName}`}`;
}

export const stateInWords: Readonly<Record<DependencyState, string>> = {
  PENDING: 'Awaited',
  SATISFIED: 'Has come',
  FAILED: 'Did not come',
  BYPASSED: 'Not waited for',
};

export const failureInWords: Readonly<Record<UpstreamFailure, string>> = {
  hold: 'It waits for a person',
  fail: 'It fails as well',
  bypass: 'It goes on without',
};
