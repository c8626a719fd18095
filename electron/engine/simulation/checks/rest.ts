/** Where all should have come to an end: what still waits, and whether anything but a person could let it go on. */
import { amountNames } from '../../../../shared/model/amounts';
import type { BatchEntry, EdgeEntry, Ledger, StepEntry, Task } from './ledger';
import { isOfNodes, limitOf, limitOfNamed, namedAmounts, problemWithNeeds } from './room';
import { earlierTasks, isFailedFor, isReady, letsGo, wholeState } from './waits';

/** Why a task waits for a person: a failed edge that holds it, or a request that no node can meet. */
export type Reason = 'held' | 'impossible';

export function reasons(ledger: Ledger): ReadonlyMap<Task, Reason> {
  const found = new Map<Task, Reason>();
  for (let more = true; more;) {
    more = false;
    for (const step of ledger.steps) {
      step.tasks.forEach((task, index) => {
        if (task.state !== 'waiting' || found.has(task)) return;
        const reason = reasonOf(ledger, step, index, found);
        if (reason === null) return;
        found.set(task, reason);
        more = true;
      });
    }
  }
  return found;
}

function reasonOf(
  ledger: Ledger,
  step: StepEntry,
  index: number,
  found: ReadonlyMap<Task, Reason>,
): Reason | null {
  for (const edge of step.before) {
    if (letsGo(edge, index)) continue;
    if (isFailedFor(edge, index)) return 'held';
    const reason = reasonBefore(edge, index, found);
    if (reason !== null) return reason;
  }
  return isImpossible(ledger, step, index) ? 'impossible' : null;
}

function reasonBefore(edge: EdgeEntry, index: number, found: ReadonlyMap<Task, Reason>): Reason | null {
  if (edge.resolved !== null || (earlierTasks(edge, index) === null && wholeState(edge) !== 'PENDING'))
    return null;
  const before = earlierTasks(edge, index) ?? edge.from.flatMap(({ tasks }) => tasks);
  const { relation } = edge.spec;
  if (relation.type === 'CONDITIONAL' && relation.condition.kind === 'value') {
    // Any of them may tell the value yet.
    const open = before.filter(({ state }) => state === 'waiting' || state === 'running');
    if (open.length === 0 || open.some((task) => !found.has(task))) return null;
    return open.some((task) => found.get(task) === 'impossible') ? 'impossible' : 'held';
  }
  const all = before.map((task) => found.get(task));
  return all.includes('held') ? 'held' : (all.find((reason) => reason !== undefined) ?? null);
}

/** Not even an empty farm could run it. */
function isImpossible(ledger: Ledger, step: StepEntry, index: number): boolean {
  const { request } = step.step;
  const wanted = { ...request, memoryMiB: step.tasks[index]?.memoryMiB ?? request.memoryMiB };
  const named = namedAmounts(step, request);
  for (const [name, amount] of named)
    if (!isOfNodes(ledger, name) && amount > (ledger.settings.shared[name] ?? 1)) return true;
  return [...ledger.nodes.values()].every((node) => {
    if (problemWithNeeds(ledger, node, { step }) !== null) return true;
    if (amountNames.some((name) => wanted[name] > 0 && wanted[name] > limitOf(ledger, node, name)))
      return true;
    if (request.gpu > 1 && Math.ceil(request.gpu) > Math.floor(node.capacity.gpu)) return true;
    if (request.cores === 'pinned' && Math.ceil(request.cpu) > Math.floor(node.capacity.cpu)) return true;
    return [...named].some(
      ([name, amount]) => isOfNodes(ledger, name) && amount > limitOfNamed(ledger, node, name),
    );
  });
}

const tasksOf = ({ jobs }: BatchEntry): readonly Task[] =>
  jobs.flatMap(({ steps }) => steps.flatMap(({ tasks }) => tasks));

/** Everything has ended or waits for a person. */
export function isAtRest(ledger: Ledger): boolean {
  if (ledger.attempts.size > 0) return false;
  const found = reasons(ledger);
  return [...ledger.batches.values()].every((batch) =>
    tasksOf(batch).every((task) => task.state !== 'waiting' || found.has(task)),
  );
}

/** Tasks that could go on by themselves, by name. */
export function stillGoing(ledger: Ledger): readonly string[] {
  const found = reasons(ledger);
  return ledger.steps.flatMap((step) =>
    step.tasks.flatMap((task, index) =>
      task.state === 'running' || (task.state === 'waiting' && !found.has(task))
        ? [`${step.job.id}/${step.step.name} task ${index} (${task.state}${whyWaiting(step, index)})`]
        : [],
    ),
  );
}

/** ended: it must have an end. open: it must not. either: it waits for a person who could do different things. */
export function expectedEnd(
  batch: BatchEntry,
  found: ReadonlyMap<Task, Reason>,
): 'ended' | 'open' | 'either' {
  const tasks = tasksOf(batch);
  if (tasks.some(({ state }) => state === 'running')) return 'open';
  const waiting = tasks.filter(({ state }) => state === 'waiting');
  if (waiting.some((task) => !found.has(task))) return 'open';
  return waiting.some((task) => found.get(task) === 'impossible') ? 'either' : 'ended';
}

function whyWaiting(step: StepEntry, index: number): string {
  if (isReady(step, index)) return ', ready';
  const { until, state } = step.tasks[index] ?? {};
  if (state !== 'waiting') return '';
  const edges = step.before
    .filter((edge) => !letsGo(edge, index))
    .map(({ id, spec }) => `edge ${id} ${spec.relation.type}`);
  return `, for ${[...edges, ...(until === null ? [] : [`time ${until}`])].join(' and ')}`;
}
