/** A batch in a copy of the farm: what the farm itself would say to it, and do with it at once. */
import type { Refusal } from '../../../shared/ipc/errors';
import type { Batch } from '../../../shared/model/batch';
import type { BatchId, NodeId } from '../../../shared/model/ids';
import { tenantSettings, type FarmSettings } from '../../../shared/model/settings';
import { coreOfCopy, noOutput, reportsAfter } from '../copy';
import { pictureOfOpen } from '../forecast/picture';
import { Pass } from '../pass';
import { restore } from '../snapshot';
import type { BatchRecord, FarmState } from '../state';

export interface Trial {
  /** The copy. */
  readonly state: FarmState;
  readonly batch: BatchRecord;
  /** Why it would not be accepted now; null: it would. */
  readonly refusal: Refusal | null;
  /** How many of its tasks would start at once, by node. */
  readonly starts: ReadonlyMap<NodeId, number>;
}

/** A farm that takes more at once than all these passes assign need not be filled to be understood. */
const mostPasses = 100;

/** In small parts; changes nothing. What is refused is tried as if it were not, to find the rest. */
export function* tryBatch(
  state: FarmState,
  batch: Batch,
  by: string,
  at: number,
): Generator<undefined, Trial> {
  const copy = yield* restore(pictureOfOpen(state));
  const core = coreOfCopy(copy, 'preflight');
  const id: BatchId = `b${copy.nextBatch}`;
  let pass = new Pass(core, at);
  const submit = () => pass.command({ kind: 'submit', by, batch, outputFor: noOutput });
  const first = submit();
  if (first.kind === 'refused') {
    pass.command({ kind: 'configure', by, settings: withOpenDoor(copy.settings, batch.tenant) });
    submit();
  }
  const record = copy.batches.get(id);
  if (record === undefined) throw new Error('a batch was tried, but is not in the copy');
  const starts = new Map<NodeId, number>();
  for (let passes = 1; ; passes++) {
    pass.finish();
    yield;
    for (const fact of pass.facts) {
      if (fact.kind !== 'taskAssigned' || copy.jobs.get(fact.job)?.batch !== record) continue;
      starts.set(fact.node, (starts.get(fact.node) ?? 0) + 1);
    }
    const reports = reportsAfter(pass);
    if ((reports.length === 0 && !pass.more) || passes === mostPasses) break;
    pass = new Pass(core, at);
    for (const report of reports) pass.report(report);
  }
  return { state: copy, batch: record, refusal: first.kind === 'refused' ? first.refusal : null, starts };
}

function withOpenDoor(settings: FarmSettings, tenant: string): FarmSettings {
  const known = tenantSettings(settings, tenant);
  const most = { ...known.most, queued: null, submissions: null };
  return { ...settings, tenants: { ...settings.tenants, [tenant]: { ...known, most } } };
}
