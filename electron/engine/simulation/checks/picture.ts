/** All of a state as text, also what a snapshot leaves out because it follows from the rest. */
import { taskStates } from '../../../../shared/model/states';
import { codes } from '../../counts';
import type { FarmState, StepRecord } from '../../state';

export function pictureOf(state: FarmState): string {
  const lines: string[] = [];
  const add = (what: string, ...values: readonly unknown[]): void => {
    lines.push(`${what} ${JSON.stringify(values)}`);
  };
  for (const job of state.jobs.values()) {
    for (const step of job.steps) add(`step ${job.id}/${step.index}`, ...stepPicture(step));
    add(`job ${job.id}`, [...job.counts], [...job.batch.counts], job.cancelled, job.held);
    add(
      `edges ${job.id}`,
      job.incoming.map(({ id }) => id),
      job.outgoing.map(({ id }) => id),
    );
  }
  for (const edge of state.edges.values())
    add(`edge ${edge.id}`, edge.open === null ? null : [...edge.open], edge.resolved, edge.endedAt);
  for (const node of state.nodeList) {
    add(
      `node ${node.id}`,
      [...state.room.freeOf(node.index)],
      [...state.room.limitOf(node.index)],
      notZero(node.special),
    );
    add(
      `devices ${node.id}`,
      node.devices,
      [...node.pinnedCores].toSorted((a, b) => a - b),
      [...node.labels].toSorted(),
      [...node.pools].toSorted(),
    );
    add(
      `attempts ${node.id}`,
      state.attempts.on(node).map(({ id }) => id),
      node.running,
      node.exclusive,
    );
  }
  for (const live of state.attempts.values())
    add(live.id, live.requestClass.request, live.requestClass.special, [...live.held], live.saving);
  for (const tenant of state.tenants.values())
    add(`tenant ${tenant.name}`, [...tenant.held], tenant.running, tenant.queued, tenant.submissions);
  add('users', notZero(state.users));
  add('shared', notZero(state.sharedHeld));
  add('waiting', [...state.waiting].map(({ job, index }) => `${job.id}/${index}`).toSorted());
  return lines.join('\n');
}

function stepPicture(step: StepRecord): readonly unknown[] {
  const queued = [...step.states.keys()].filter((task) => step.queued.has(task));
  const larger = [...step.queuedLarger].flatMap(([{ request, special }, tasks]) =>
    [...tasks].map((task) => [task, request.memoryMiB, special]),
  );
  return [
    ...[[...step.states], [...step.counts], queued, larger.toSorted((a, b) => Number(a[0]) - Number(b[0]))],
    ...[
      step.requestClass.special,
      [...step.larger].map(([task, { request, special }]) => [task, request, special]),
    ],
    ...[
      [...step.waits],
      [...step.saved],
      step.savingMs,
      step.incoming.map(({ id }) => id),
      step.outgoing.map(({ id }) => id),
    ],
  ];
}

const notZero = (amounts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...amounts].filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Where two pictures differ first. */
export function difference(one: string, other: string): string | null {
  if (one === other) return null;
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `${lines[at] ?? 'nothing'}\n  and\n${others[at] ?? 'nothing'}`;
}

/** What a state counts, counted again; null: it is right. */
export function miscount(state: FarmState): string | null {
  const places = new Set([...state.jobs.values()].map(({ rank }) => rank.place));
  if (places.size < state.jobs.size) return `${state.jobs.size} jobs have ${places.size} places`;
  for (const batch of state.batches.values()) {
    const ofBatch = taskStates.map(() => 0);
    for (const job of batch.jobs) {
      const ofJob = taskStates.map(() => 0);
      for (const step of job.steps) {
        const ofStep = taskStates.map((_, code) => step.states.filter((each) => each === code).length);
        if (ofStep.join() !== step.counts.join())
          return `step ${job.id}/${step.index} counts ${step.counts.join()}, not ${ofStep.join()}`;
        const queued =
          step.queued.size + [...step.queuedLarger.values()].reduce((sum, { size }) => sum + size, 0);
        if (queued !== ofStep[codes.QUEUED])
          return `step ${job.id}/${step.index} has ${queued} in its queues, not ${ofStep[codes.QUEUED]}`;
        ofStep.forEach((count, code) => (ofJob[code] = (ofJob[code] ?? 0) + count));
      }
      if (ofJob.join() !== job.counts.join())
        return `job ${job.id} counts ${job.counts.join()}, not ${ofJob.join()}`;
      ofJob.forEach((count, code) => (ofBatch[code] = (ofBatch[code] ?? 0) + count));
    }
    if (ofBatch.join() !== batch.counts.join())
      return `batch ${batch.id} counts ${batch.counts.join()}, not ${ofBatch.join()}`;
  }
  return null;
}
