import type { NodeId } from '../../shared/model/ids';
import { noCapacity, type Capacity } from '../../shared/model/amounts';
import { compare } from '../../shared/model/dependency';
import { codes } from './counts';
import { edgesAfter } from './dependencies/readiness';
import type { Fact, FactOf } from './facts';
import { neededByForks } from './forks';
import { notRunning } from './history';
import { madeWay, outcomeOf } from './outcome';
import type { Report, ReportOf } from './reports';
import { isAskedFor, lostWork } from './saving';
import type { FarmState, LiveAttempt, NodeRecord } from './state';

/** What a report means, as facts. A report about what is already known means nothing. */
export function react(
  state: FarmState,
  report: Exclude<Report, { kind: 'attemptEnded' }>,
  at: number,
): readonly Fact[] {
  switch (report.kind) {
    case 'nodeUp':
      return nodeUp(state, report, at);
    case 'nodeDown':
      return nodeDown(state, report, at);
    case 'reconciled': {
      const node = state.nodes.get(report.node);
      return node === undefined || node.reconciled || node.state === 'OFFLINE'
        ? []
        : [{ kind: 'nodeReconciled', at, node: report.node }];
    }
    case 'valueReported':
      return valueReported(state, report, at);
    case 'checkpointFound': {
      const { checkpoint } = report;
      const step = state.jobs.get(checkpoint.job)?.steps[checkpoint.step];
      if (step === undefined || step.states[checkpoint.task] === codes.COMPLETED) return [];
      const found: Fact = {
        kind: 'checkpointFound',
        at,
        checkpoint: { id: `c${state.nextCheckpoint}`, ...checkpoint },
      };
      const live = state.attempts.get(checkpoint.attempt);
      if (live === undefined || !isAskedFor(live, checkpoint.madeAt)) return [found];
      const reason = live.stopping ?? 'preempted';
      return [found, { kind: 'attemptStopping', at, attempt: live.id, reason }];
    }
    case 'checkpointBroken': {
      const { checkpoint, reason, newest } = report;
      const { id, job, step, task } = checkpoint;
      if (state.jobs.get(job)?.steps[step] === undefined) return [];
      return [{ kind: 'checkpointBroken', at, checkpoint: id, job, step, task, reason, newest }];
    }
    case 'checkpointsDropped': {
      if (!state.jobs.has(report.job)) return [];
      const needed = neededByForks(state);
      const checkpoints = report.checkpoints.filter((id) => !needed.has(id));
      return checkpoints.length === 0 ? [] : [{ ...report, at, checkpoints }];
    }
    case 'attemptWentOn': {
      const { attempt, from, line } = report;
      const { id, job, step, task } = attempt;
      if (!state.jobs.has(job)) return [];
      return [{ kind: 'attemptWentOn', at, attempt: id, job, step, task, from, line }];
    }
    case 'filesLookedFor': {
      const edge = state.edges.get(report.edge);
      if (edge === undefined || edge.resolved === 'SATISFIED' || edge.resolved === 'BYPASSED') return [];
      const { files, problem: reason } = report;
      if (edge.resolved === 'FAILED' && reason !== null) return [];
      return [
        {
          kind: 'edgeResolved',
          at,
          edge: edge.id,
          state: reason === null ? 'SATISFIED' : 'FAILED',
          files,
          reason,
        },
      ];
    }
  }
}

/** What the end of an attempt that runs means for its task. */
export function finishedFact(
  state: FarmState,
  live: LiveAttempt,
  { end, usage = null }: ReportOf<'attemptEnded'>,
  at: number,
): FactOf<'attemptFinished'> {
  const { next, until, memoryMiB } = outcomeOf(state, live, end, at);
  const fact: FactOf<'attemptFinished'> = {
    ...{ kind: 'attemptFinished', at, attempt: live.id, end, usage, next, until, memoryMiB },
  };
  const lost = lostWork(live, fact);
  return lost === null ? fact : { ...fact, lost };
}

/** And what it means for its node and its job. */
export function healthAfter(
  state: FarmState,
  live: LiveAttempt,
  { next, end }: FactOf<'attemptFinished'>,
  at: number,
): readonly Fact[] {
  if (next === 'COMPLETED' || next === 'CANCELLED' || end.kind === 'lost' || end.kind === 'stopped')
    return nothing;
  return madeWay(live, end) ? nothing : health(state, live, at);
}

const nothing: readonly Fact[] = [];

const hasOthers = (state: FarmState, node: NodeRecord): boolean =>
  state.nodeList.some((other) => other !== node && other.state === 'ONLINE');

/** A node that fails different jobs is set aside, unless it is the last; a job that fails on different nodes is held. */
function health(state: FarmState, { node, step }: LiveAttempt, at: number): readonly Fact[] {
  const { nodeAfterJobs, jobAfterNodes } = state.settings.rules;
  const { job } = step;
  const facts: Fact[] = [];
  const jobs = node.failedJobs.size + (node.failedJobs.has(job.id) ? 0 : 1);
  const failsMany = nodeAfterJobs !== null && jobs >= nodeAfterJobs;
  if (failsMany && node.state === 'ONLINE' && hasOthers(state, node)) {
    const reason = `set aside: tasks of ${jobs} different jobs failed on it in a row`;
    facts.push({ kind: 'nodeStateChanged', at, node: node.id, state: 'MAINTENANCE', reason });
  }
  const nodes = job.failedOn.size + (job.failedOn.has(node.id) ? 0 : 1);
  if (jobAfterNodes !== null && nodes >= jobAfterNodes && job.held === null) {
    const why = `its tasks failed on ${nodes} different nodes in a row`;
    facts.push({ kind: 'jobsHeld', at, by: 'Drover', why, undoes: null, jobs: [job.id] });
  }
  return facts;
}

function nodeUp(state: FarmState, report: ReportOf<'nodeUp'>, at: number): readonly Fact[] {
  const { node, name, nodeKind, system, capacity, labels } = report;
  const known = state.nodes.get(node);
  if (known === undefined && wasRemoved(state, node)) return [];
  const seen: FactOf<'nodeSeen'> = { kind: 'nodeSeen', at, node, name, nodeKind, system, capacity, labels };
  const facts: Fact[] = known !== undefined && isAsSeen(known, seen) ? [] : [seen];
  // A node that was set aside stays so until a person takes it back.
  const isOver = (known?.setAsideUntil ?? Infinity) <= at;
  const aside = isOver ? null : (known?.setAside ?? null);
  const to = aside === null ? 'ONLINE' : 'MAINTENANCE';
  const isBack = known !== undefined && wasLost(known);
  if (known?.state !== to)
    facts.push({
      ...{ kind: 'nodeStateChanged', at, node, state: to, reason: aside },
      ...(isBack ? { isBack } : {}),
    });
  return facts;
}

/** A Drover that only looks reaches no node: nothing has become of it. */
const wasLost = ({ state, reason }: NodeRecord): boolean =>
  (state === 'OFFLINE' || state === 'ERROR') && reason !== notRunning;

function nodeDown(state: FarmState, report: ReportOf<'nodeDown'>, at: number): readonly Fact[] {
  const { node, name, nodeKind, reason } = report;
  const known = state.nodes.get(node);
  if (known === undefined && wasRemoved(state, node)) return [];
  if (known?.state === report.state && known.reason === report.reason) return [];
  const seen: Fact = {
    kind: 'nodeSeen',
    at,
    node,
    name,
    nodeKind,
    system: '',
    capacity: noCapacity,
    labels: [],
  };
  const changed: Fact = { kind: 'nodeStateChanged', at, node, state: report.state, reason };
  return known === undefined ? [seen, changed] : [changed];
}

/** A link that is being closed may still have something to say. */
const wasRemoved = (state: FarmState, node: NodeId): boolean =>
  state.nodes.size < state.nodeList.length &&
  state.nodeList.some(({ id, removed }) => removed && id === node);

function isAsSeen(known: NodeRecord, seen: FactOf<'nodeSeen'>): boolean {
  return (
    known.name === seen.name &&
    known.kind === seen.nodeKind &&
    known.system === seen.system &&
    known.probedLabels.join() === seen.labels.join() &&
    textOf(known.capacity) === textOf(seen.capacity)
  );
}

const textOf = (capacity: Capacity): string => JSON.stringify(capacity);

function valueReported(state: FarmState, report: ReportOf<'valueReported'>, at: number): readonly Fact[] {
  const live = state.attempts.get(report.attempt);
  if (live === undefined || !Number.isFinite(report.value)) return [];
  const { step } = live;
  const { name, value } = report;
  const facts: Fact[] = [{ kind: 'valueReported', at, job: step.job.id, step: step.index, name, value }];
  for (const edge of edgesAfter(step)) {
    const { relation } = edge.spec;
    if (relation.type !== 'CONDITIONAL' || relation.condition.kind !== 'value' || edge.resolved !== null)
      continue;
    const { condition } = relation;
    if (condition.name !== name || !compare(value, condition.is, condition.than)) continue;
    const reason = `${name} was ${value}`;
    facts.push({ kind: 'edgeResolved', at, edge: edge.id, state: 'SATISFIED', files: [], reason });
  }
  return facts;
}
