/** The cheapest single change that would let waiting work start: found by trying, not by reckoning. */
import { isCommanded, type Cheapest, type FarmChange } from '../../../shared/model/farm-change';
import type { JobId, NodeId } from '../../../shared/model/ids';
import { unmetRequirement } from '../../../shared/model/requirements';
import { coreOfCopy, reportsAfter } from '../copy';
import { countOf } from '../counts';
import { pictureOfOpen } from '../forecast/picture';
import { Pass, type Core } from '../pass';
import { jobLimit } from '../schedule/limits';
import { restore, type Picture } from '../snapshot';
import type { FarmState, StepRecord } from '../state';
import { candidates, waitingClass } from './cheapest-candidates';
import { commandFor } from './cheapest-command';
import { explainStep } from './explain';

const mostTries = 30;
/** Each try copies the farm: of a larger one, that would take seconds. */
export const mostJobsToTry = 2_000;
export const mostTasksToTry = 1_000_000;
/** What follows from a change, such as work that is stopped for it, takes a few passes. */
const mostPasses = 20;
const by = 'try';

type Effect = 'starts' | 'canStart' | 'none';

/** In small parts; changes nothing. Null: no single change helps, or nothing of the step waits. */
export function* cheapestChange(
  state: FarmState,
  job: JobId,
  step: number,
  at: number,
): Generator<undefined, Cheapest | null> {
  const picture = pictureOfOpen(state);
  if (picture.header.jobs.length > mostJobsToTry || picture.arrays.length > 5 * mostTasksToTry)
    return { kind: 'notTried' };
  const now = new Trial(yield* restore(picture), job, step, at);
  if (now.step === null || countOf(now.step.counts, 'PENDING') + countOf(now.step.counts, 'QUEUED') === 0)
    return null;
  if (now.step.job.cancelled || jobLimit(now.step) !== null) return null;

  const requestClass = waitingClass(now.step);
  const found = candidates({
    state: now.state,
    step: now.step,
    requestClass,
    isTooLarge: now.isTooLarge,
    at,
  });
  if ((yield* tried(picture, null, job, step, at)) === 'starts') return { kind: 'startsAnyway' };
  for (const change of found.slice(0, mostTries)) {
    const effect = yield* tried(picture, change, job, step, at);
    if (effect !== 'none') return { kind: 'change', change, startsNow: effect === 'starts' };
  }
  return null;
}

function* tried(
  picture: Picture,
  change: FarmChange | null,
  job: JobId,
  step: number,
  at: number,
): Generator<undefined, Effect> {
  const trial = new Trial(yield* restore(picture), job, step, at);
  const wasTooLarge = trial.isTooLarge;
  const starts = yield* trial.run(change);
  if (starts) return 'starts';
  if (wasTooLarge && !trial.isTooLarge) return 'canStart';
  // Others may have to go first, but without this node nothing of it ever does.
  const isNode = change?.kind === 'takeBack' || change?.kind === 'nodeBack';
  return isNode && trial.isOnlyNode(change.node) ? 'canStart' : 'none';
}

/** A copy of the farm in which a change is made. */
class Trial {
  readonly step: StepRecord | null;
  private readonly core: Core;

  constructor(
    readonly state: FarmState,
    private readonly job: JobId,
    private readonly index: number,
    private readonly at: number,
  ) {
    this.step = state.jobs.get(job)?.steps[index] ?? null;
    this.core = coreOfCopy(state, by);
  }

  /** Only room is missing, and no other node that takes work now could ever give it. */
  isOnlyNode(node: NodeId): boolean {
    if (this.step === null) return false;
    const verdicts = explainStep(this.core.scheduler, this.step, this.at);
    if (!verdicts.every(({ kind }) => kind === 'nodes' || kind === 'othersFirst')) return false;
    const { needs, vector } = waitingClass(this.step);
    return [...this.state.nodes.values()].every(
      (other) =>
        other.id === node ||
        other.state !== 'ONLINE' ||
        unmetRequirement(needs, other.labels, other.pools) !== null ||
        !this.state.room.couldEverFit(other.index, vector),
    );
  }

  get isTooLarge(): boolean {
    if (this.step === null) return false;
    return explainStep(this.core.scheduler, this.step, this.at).some(({ kind }) => kind === 'tooLarge');
  }

  /** Whether a task of the step starts. */
  *run(change: FarmChange | null): Generator<undefined, boolean> {
    let pass = new Pass(this.core, this.at);
    if (change !== null) this.make(change, pass);
    for (let passes = 1; ; passes++) {
      pass.finish();
      yield;
      const starts = pass.facts.some(
        (fact) => fact.kind === 'taskAssigned' && fact.job === this.job && fact.step === this.index,
      );
      if (starts) return true;
      const reports = reportsAfter(pass);
      if ((reports.length === 0 && !pass.more) || passes === mostPasses) return false;
      pass = new Pass(this.core, this.at);
      for (const report of reports) pass.report(report);
    }
  }

  private make(change: FarmChange, pass: Pass): void {
    if (isCommanded(change)) pass.command(commandFor(this.state, change, by));
    else if (change.kind === 'smaller') this.shrink(change);
    else if (change.kind === 'nodeBack') this.bringUp(change.node, change.node, pass);
    else if (change.kind === 'addNode') this.bringUp(change.node, `${by} ${change.node}`, pass);
  }

  private shrink({ amount, to }: Extract<FarmChange, { kind: 'smaller' }>): void {
    if (this.step === null) return;
    const { step, job, requestClass } = this.step;
    const locks = Object.fromEntries(
      requestClass.special.filter(([name]) => !(name in step.request.special)),
    );
    const request = { ...step.request, [amount]: to };
    this.step.requestClass = this.state.classes.of(request, step.needs, job.job.kind, locks);
  }

  /** The node itself, or one like it. */
  private bringUp(like: NodeId, node: NodeId, pass: Pass): void {
    const model = this.state.nodes.get(like);
    if (model === undefined) return;
    const { settings } = this.state;
    const own = settings.nodes[like];
    if (own !== undefined && node !== like)
      pass.command({
        kind: 'configure',
        by,
        settings: { ...settings, nodes: { ...settings.nodes, [node]: own } },
      });
    const { kind: nodeKind, system, capacity, probedLabels: labels } = model;
    pass.report({ kind: 'nodeUp', node, name: node, nodeKind, system, capacity, labels });
  }
}
