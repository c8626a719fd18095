/** The state as bytes, so that a start need not go through all that has ever happened. */
import { codes, newCounts, addTo } from './counts';
import { layDepths } from './dependencies/depth';
import { jobOf } from './dependencies/edges';
import { Durations } from './durations';
import type { FactOf } from './facts';
import type { Rank } from './ranks';
import { addBatch } from './reduce/batches';
import { addEdge, applyLocks, classOf, queueLarger } from './reduce/edges';
import { found } from './reduce/lookups';
import { atOnce } from './slices';
import { hold, nodeSeen } from './reduce/nodes';
import {
  FarmState,
  noFailures,
  type BatchRecord,
  type JobRecord,
  type LiveAttempt,
  type StepRecord,
  type TenantRecord,
} from './state';

const snapshotVersion = 1;

/** A header in JSON, its length before it, then three arrays for each step. */
/** So many entries of a list become text at once. */
const entriesAtOnce = 500;

export function encodeState(state: FarmState): Uint8Array {
  return atOnce(encodePicture(pictureOf(state)));
}

/** In small parts, with a rest after each. */
export function* encodePicture({ header, arrays }: Picture): Generator<undefined, Uint8Array> {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(header)) {
    parts.push(`${parts.length === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    if (!Array.isArray(value)) {
      parts.push(JSON.stringify(value));
      continue;
    }
    const list: readonly unknown[] = value;
    for (let from = 0; from < list.length; from += entriesAtOnce) {
      const text = JSON.stringify(list.slice(from, from + entriesAtOnce));
      parts.push(from === 0 ? '[' : ',', text.slice(1, -1));
      yield;
    }
    parts.push(list.length === 0 ? '[]' : ']');
  }
  const text = new TextEncoder().encode(`${parts.join('')}}`);
  const bytes = new Uint8Array(4 + text.length + arrays.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(arrays, 4 + text.length);
  return bytes;
}

export function decodeState(bytes: Uint8Array): FarmState {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  if (header.version !== snapshotVersion)
    throw new Error(`the snapshot has version ${header.version}, which this Drover does not know`);
  return atOnce(restore({ header, arrays: bytes.subarray(4 + length) }));
}

/** A state at rest: what may change is copied, what never does is shared. Restored any number of times. */
export interface Picture {
  readonly header: Header;
  readonly arrays: Uint8Array;
}

/** `keeps`: which batches; the edges of those that are left out are left out too. */
export function pictureOf(state: FarmState, keeps: (batch: BatchRecord) => boolean = () => true): Picture {
  const batches = [...state.batches.values()].filter(keeps);
  const steps = batches.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
  const arrays = new Uint8Array(steps.reduce((sum, { count }) => sum + 5 * count, 0));
  let at = 0;
  for (const step of steps) {
    for (const array of [step.states, step.tries, step.nodes]) {
      arrays.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
      at += array.byteLength;
    }
  }
  return { header: headerOf(state, batches), arrays };
}

type Header = ReturnType<typeof headerOf>;

function headerOf(state: FarmState, batches: readonly BatchRecord[]) {
  const kept = new Set(batches);
  const jobs = batches.flatMap((batch) => batch.jobs);
  return {
    version: snapshotVersion,
    next: [
      state.nextBatch,
      state.nextEdge,
      state.nextSchedule,
      state.nextReservation,
      state.nextChange,
    ] as const,
    ...(state.nextCheckpoint === 1 ? {} : { nextCheckpoint: state.nextCheckpoint }),
    settings: state.settings,
    batches: batches.map((record) => {
      const { id, batch, by, output, schedule, submission } = record;
      const { submittedAt, startedAt, ended, sequence } = record;
      return { id, batch, by, output, schedule, submission, submittedAt, startedAt, ended, sequence };
    }),
    jobs: jobs.map((job) => ({
      priority: job.priority,
      deadline: job.deadline,
      cancelled: job.cancelled,
      held: job.held,
      rank: rankOf(job),
      failedOn: [...job.failedOn],
      startedAt: job.startedAt,
      endedAt: job.endedAt,
      steps: job.steps.map((step) => ({
        readySince: step.readySince,
        values: [...step.values],
        waits: [...step.waits],
        trouble: [...step.trouble].map(([task, one]) => [task, { ...one }] as const),
        ...(step.saved.size === 0 ? {} : { saved: [...step.saved] }),
        ...(step.savingMs === null ? {} : { savingMs: step.savingMs }),
        larger: [...step.larger].map(
          ([task, { request, avoids }]) => [task, request.memoryMiB, avoids] as const,
        ),
        durations: step.durations.toJSON(),
      })),
    })),
    edges: [...state.edges.values()]
      .filter(({ from, to }) => kept.has(jobOf(to).batch) && (from === null || kept.has(jobOf(from).batch)))
      .map(({ id, spec, resolved, reason, endedAt, files }) => ({
        ...{ id, spec, resolved, reason, endedAt, files },
      })),
    nodes: state.nodeList.map((node) => ({
      seen: {
        node: node.id,
        name: node.name,
        nodeKind: node.kind,
        system: node.system,
        capacity: node.capacity,
        labels: node.probedLabels,
      },
      state: node.state,
      reason: node.reason,
      address: node.address,
      removed: node.removed,
      setAside: node.setAside,
      setAsideUntil: node.setAsideUntil,
      reconciled: node.reconciled,
      failedJobs: [...node.failedJobs],
    })),
    attempts: [...state.attempts.values()].map(
      ({ id, step, task, node, assignedAt, requestClass, held, placement, ofNode, stopping, saving }) => ({
        ...{ id, task, assignedAt, placement, ofNode, stopping },
        ...(saving === null ? {} : { saving }),
        // The step may ask for other locks by now.
        memoryMiB: requestClass.request.memoryMiB,
        special: requestClass.special,
        avoids: requestClass.avoids,
        job: step.job.id,
        step: step.index,
        node: node.id,
        held: [...held],
      }),
    ),
    tenants: [...state.tenants.values()].map(({ name, submissions }) => ({
      name,
      submissions: [...submissions],
    })),
    reservations: [...state.reservations.values()],
    schedules: [...state.schedules.values()].map((schedule) => ({ ...schedule })),
    undoable: [...state.undoable],
  };
}

/** In small parts, with a rest after each. */
export function* restore({ header, arrays }: Picture): Generator<undefined, FarmState> {
  const state = new FarmState();
  state.settings = header.settings;
  for (const { seen, failedJobs, ...rest } of header.nodes) {
    const node = nodeSeen(state, { kind: 'nodeSeen', at: 0, ...seen });
    Object.assign(node, rest);
    node.failedJobs = failuresOf(failedJobs);
    if (node.removed) state.nodes.delete(node.id);
    // The first snapshots know of no such time.
    if ((node.setAsideUntil ?? null) !== null) state.asideForAWhile.add(node);
    yield;
  }
  for (const batch of header.batches) {
    const fact: FactOf<'batchSubmitted'> = {
      kind: 'batchSubmitted',
      at: batch.submittedAt,
      why: null,
      ...batch,
    };
    const record = yield* addBatch(state, fact);
    record.startedAt = batch.startedAt;
    record.ended = batch.ended;
  }
  yield* restoreJobs(state, header, arrays);
  for (const { id, spec, ...rest } of header.edges) {
    const edge = addEdge(state, id, spec);
    Object.assign(edge, rest);
    applyLocks(state, edge);
    yield;
  }
  yield* layDepths([...state.jobs.values()].flatMap(({ steps }) => steps));
  let index = 0;
  for (const job of state.jobs.values()) {
    restoreQueues(state, job, header.jobs[index++]);
    yield;
  }
  for (const attempt of header.attempts) {
    restoreAttempt(state, attempt);
    yield;
  }
  restoreTenants(state, header);
  for (const reservation of header.reservations) state.reservations.set(reservation.id, reservation);
  // The first snapshots do not tell what became of the last time.
  for (const schedule of header.schedules)
    state.schedules.set(schedule.id, { ...schedule, latest: schedule.latest ?? null });
  state.undoable.push(...header.undoable);
  state.nextCheckpoint = header.nextCheckpoint ?? 1;
  [state.nextBatch, state.nextEdge, state.nextSchedule, state.nextReservation, state.nextChange] =
    header.next;
  return state;
}

function* restoreJobs(state: FarmState, header: Header, arrays: Uint8Array): Generator<undefined, void> {
  let at = 0;
  let index = 0;
  for (const job of state.jobs.values()) {
    const kept = found(header.jobs[index++], 'job', job.id);
    const { failedOn, rank, steps, priority, deadline, cancelled, held, startedAt, endedAt } = kept;
    Object.assign(job, { priority, deadline, cancelled, held, startedAt, endedAt });
    job.failedOn = failuresOf(failedOn);
    job.rank = rank ?? job.rank;
    for (const step of job.steps) {
      const { values, waits, trouble, readySince, durations, saved, savingMs } = found(
        steps[step.index],
        'step',
        job.id,
      );
      step.readySince = readySince;
      values.forEach(([name, value]) => step.values.set(name, value));
      waits.forEach(([task, until]) => step.waits.set(task, until));
      trouble.forEach(([task, one]) => step.trouble.set(task, { ...one }));
      saved?.forEach(([task, one]) => step.saved.set(task, one));
      step.savingMs = savingMs ?? null;
      step.durations.addAll(Durations.from(durations));
      if (step.waits.size > 0) state.waiting.add(step);
      for (const array of [step.states, step.tries, step.nodes]) {
        new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(
          arrays.subarray(at, at + array.byteLength),
        );
        at += array.byteLength;
      }
      recount(job, step);
    }
    yield;
  }
}

function recount(job: JobRecord, step: StepRecord): void {
  const counts = newCounts(0);
  for (const code of step.states) counts[code] = (counts[code] ?? 0) + 1;
  const pending = step.count;
  for (const kept of [step.counts, job.counts, job.batch.counts]) {
    addTo(kept, codes.PENDING, -pending);
    counts.forEach((count, code) => addTo(kept, code, count));
  }
  job.batch.tenant.queued += (counts[codes.PENDING] ?? 0) + (counts[codes.QUEUED] ?? 0) - pending;
}

function restoreQueues(state: FarmState, job: JobRecord, kept: Header['jobs'][number] | undefined): void {
  for (const step of job.steps) {
    // The first snapshots know of none that keeps off a node.
    for (const [task, memoryMiB, avoids = null] of kept?.steps[step.index]?.larger ?? [])
      step.larger.set(task, classOf(state, step, memoryMiB, avoids));
    if ((step.counts[codes.QUEUED] ?? 0) === step.count && step.larger.size === 0) step.queued.fill();
    else if ((step.counts[codes.QUEUED] ?? 0) > 0)
      step.queued.setAll((task) => step.states[task] === codes.QUEUED && !step.larger.has(task));
    queueLarger(step);
  }
}

/** The first snapshots do not tell it: then it is as the job came. */
const rankOf = ({ rank }: JobRecord): Rank | undefined => rank;

const failuresOf = <Id>(list: readonly Id[]): ReadonlySet<Id> =>
  list.length === 0 ? noFailures : new Set(list);

function restoreAttempt(state: FarmState, kept: Header['attempts'][number]): void {
  const step = found(state.jobs.get(kept.job)?.steps[kept.step], 'step', kept.job);
  const node = found(state.nodes.get(kept.node), 'node', kept.node);
  const { id, task, assignedAt, placement, ofNode, stopping, saving = null, memoryMiB, avoids } = kept;
  const { request, needs } = step.step;
  const locks = Object.fromEntries(
    kept.special.map(([name, amount]) => [name, amount - (request.special[name] ?? 0)]),
  );
  const requestClass = state.classes.of({ ...request, memoryMiB }, needs, step.job.job.kind, locks, avoids);
  const held = Int32Array.from(kept.held);
  const live: LiveAttempt = {
    id,
    step,
    task,
    node,
    assignedAt,
    requestClass,
    held,
    placement,
    ofNode,
    stopping,
    saving,
  };
  state.attempts.add(live);
  hold(state, live);
}

/** In the order in which they were first seen, with when they last submitted. */
function restoreTenants(state: FarmState, header: Header): void {
  for (const { name, submissions } of header.tenants) {
    const tenant: TenantRecord | undefined = state.tenants.get(name);
    tenant?.submissions.splice(0, Infinity, ...submissions);
  }
}
