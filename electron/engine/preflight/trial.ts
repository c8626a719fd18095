/** A batch in a copy of the farm: what the farm itself would say to it, and do with it at once. */
import type { Batch } from '../../../shared/model/batch';
import type { BatchId, NodeId } from '../../../shared/model/ids';
import { tenantSettings, type FarmSettings } from '../../../shared/model/settings';
import { admissionProblem } from '../admission';
import { coreOfCopy, noOutput, reportsAfter } from '../copy';
import { pictureOfOpen } from '../forecast/picture';
import { Pass, type Core } from '../pass';
import { restore } from '../snapshot';
import type { FarmState, JobRecord } from '../state';
import { partsOf } from './parts';

export interface Trial {
  /** The copy. */
  readonly state: FarmState;
  /** As they stand in the batch. */
  readonly jobs: readonly JobRecord[];
  /** Why it would not be accepted now; null: it would. */
  readonly refusal: string | null;
  /** How many of its tasks would start at once, by node. */
  readonly starts: ReadonlyMap<NodeId, number>;
}

/** A farm that takes more at once than all these passes assign need not be filled to be understood. */
const mostPasses = 400;
/** It is done beside what the farm does: in parts that hold up nobody. */
const mostAssignments = 60;

/** In small parts; changes nothing. What would be refused is tried as if it were not, to find the rest. */
export function* tryBatch(
  state: FarmState,
  batch: Batch,
  by: string,
  at: number,
): Generator<undefined, Trial> {
  const refusal = admissionProblem(state, batch, at);
  const picture = pictureOfOpen(state);
  yield;
  const copy = yield* restore(picture);
  const core = coreOfCopy(copy, 'preflight', mostAssignments);
  let pass = new Pass(core, at);
  if (refusal !== null)
    pass.command({ kind: 'configure', by, settings: withOpenDoor(copy.settings, batch.tenant) });
  const byName = new Map<string, JobRecord>();
  for (const part of partsOf(batch)) {
    const id: BatchId = `b${copy.nextBatch}`;
    pass.command({ kind: 'submit', by, batch: part, outputFor: noOutput });
    for (const record of copy.batches.get(id)?.jobs ?? []) byName.set(record.job.name, record);
    yield;
  }
  const jobs = batch.jobs.flatMap(({ name }) => byName.get(name) ?? []);
  const ids = new Set(jobs.map(({ id }) => id));
  const starts = new Map<NodeId, number>();
  yield* lineUp(core, pass, at);
  for (let passes = 1; ; passes++) {
    pass.finish();
    yield;
    for (const fact of pass.facts)
      if (fact.kind === 'taskAssigned' && ids.has(fact.job))
        starts.set(fact.node, (starts.get(fact.node) ?? 0) + 1);
    const reports = reportsAfter(pass);
    if ((reports.length === 0 && !pass.more) || passes === mostPasses) break;
    pass = new Pass(core, at);
    for (const report of reports) pass.report(report);
  }
  return { state: copy, jobs, refusal, starts };
}

/** What the first pass would have to find out at once: what waits, and which nodes have room for it. */
function* lineUp({ state, scheduler }: Core, pass: Pass, at: number): Generator<undefined, void> {
  scheduler.note(pass.changes, at);
  yield;
  const asked = new Set(
    [...state.jobs.values()].flatMap(({ steps }) => steps.map((step) => step.requestClass)),
  );
  for (const requestClass of asked) {
    scheduler.candidates.each(requestClass, false, () => true);
    yield;
  }
}

function withOpenDoor(settings: FarmSettings, tenant: string): FarmSettings {
  const known = tenantSettings(settings, tenant);
  const most = { ...known.most, queued: null, submissions: null };
  return { ...settings, tenants: { ...settings.tenants, [tenant]: { ...known, most } } };
}
