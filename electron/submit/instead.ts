import type { Problem } from '../../shared/ipc/errors';
import type { Batch } from '../../shared/model/batch';
import type { Instead } from '../../shared/model/submission';
import { startOfFile } from './document/problems';
import { quote } from './document/words';
import { isName, nameRule } from './schema/values';

/** The batch with what counts in place of what its recipe says. */
export function withInstead(batch: Batch, { name, priority, tenant, deadline }: Instead): Batch {
  return {
    ...batch,
    name: name ?? batch.name,
    tenant: tenant ?? batch.tenant,
    jobs: batch.jobs.map((job) => ({
      ...job,
      priority: priority ?? job.priority,
      deadline: deadline ?? job.deadline,
    })),
  };
}

export function insteadProblems({ tenant }: Instead, file: string): readonly Problem[] {
  if (tenant === undefined || isName(tenant)) return [];
  const message = `${quote(tenant)} cannot be the name of a tenant; ${nameRule}`;
  return [{ code: 'bad-name', file, ...startOfFile, path: 'instead.tenant', message }];
}
