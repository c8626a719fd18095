/** How often the tasks of a job should save themselves, by what is known of them and of the nodes. */
import { bytesOf, type Checkpoint, type CheckpointRule } from '../shared/model/checkpoint';
import type { Attempt } from '../shared/model/attempt';
import {
  curveAround,
  dalys,
  lostPerHour,
  meanOf,
  withLimit,
  youngs,
  type IntervalPlan,
} from '../shared/model/interval';
import type { Store } from './engine/ports';
import type { FarmState, JobRecord, StepRecord } from './engine/state';

interface Farm {
  readonly state: FarmState;
  readonly store: Pick<Store, 'attempts' | 'checkpoints'>;
  now(): number;
}

/** More of the past tells little more. */
const mostCheckpoints = 500;
const [mostTasks, mostOtherTasks, mostOtherJobs] = [2000, 50, 50];
/** What a disk writes, where nobody has seen how long it took. */
const guessedBytesPerMs = 100_000;

/** Of each step that saves something. `costMs`: as somebody knows it; null: as it was measured. */
export async function intervalPlans(
  farm: Farm,
  job: JobRecord,
  costMs: number | null,
): Promise<readonly IntervalPlan[]> {
  const known = await farm.store.checkpoints({ of: 'job', job: job.id }, Infinity, mostCheckpoints);
  const elsewhere = await lostElsewhere(farm, job);
  const plans: IntervalPlan[] = [];
  for (const step of job.steps) {
    const { checkpoints: rule, name, timeoutMs: limitMs } = step.step;
    if (rule === undefined) continue;
    const own = known.filter((one) => one.step === step.index);
    const cost = costOf(own, costMs);
    if (cost === null) continue;
    const attempts = await farm.store.attempts(job.id, step.index, 0, Math.min(step.count, mostTasks));
    const here = tally(farm, attempts, isInterruption);
    const [count, ranMs] = [here.count + elsewhere.count, here.ranMs + elsewhere.ranMs];
    const meanMs = meanOf(count, ranMs);
    const interruptions = { costMs: cost.milliseconds, meanMs: withLimit(meanMs, limitMs) };
    const dalyMs = dalys(interruptions);
    const presentMs = median(between(own));
    plans.push({
      ...{ step: name, cost, interruptions: { count, ranMs, meanMs }, limitMs, dalyMs },
      youngMs: youngs(interruptions),
      lostMs: lostPerHour(dalyMs, interruptions),
      present:
        presentMs === null ? null : { intervalMs: presentMs, lostMs: lostPerHour(presentMs, interruptions) },
      parameter: parameterOf(rule, dalyMs),
      curve: curveAround(dalyMs, interruptions),
    });
  }
  return plans;
}

/** Null: nothing is known of it. */
function costOf(known: readonly Checkpoint[], told: number | null): IntervalPlan['cost'] | null {
  if (told !== null) return { milliseconds: told, from: 'told', of: 0 };
  const measured = known.flatMap(({ writingMs }) => (writingMs === undefined ? [] : [writingMs]));
  const milliseconds = median(measured);
  if (milliseconds !== null) return { milliseconds, from: 'measured', of: measured.length };
  const bytes = median(known.map(bytesOf));
  return bytes === null
    ? null
    : { milliseconds: Math.max(1, bytes / guessedBytesPerMs), from: 'size', of: known.length };
}

/** After which the task goes on from what it has saved, other than by a person's wish or at its limit. */
const isInterruption = ({ end }: Attempt): boolean =>
  end?.kind === 'lost' ||
  end?.kind === 'signalled' ||
  end?.kind === 'outOfMemory' ||
  (end?.kind === 'exited' && end.code !== 0);

interface Tally {
  readonly count: number;
  readonly ranMs: number;
}

function tally(farm: Farm, attempts: readonly Attempt[], counts: (attempt: Attempt) => boolean): Tally {
  const ranMs = attempts.reduce(
    (sum, { assignedAt, endedAt }) => sum + Math.max(0, (endedAt ?? farm.now()) - assignedAt),
    0,
  );
  return { count: attempts.filter(counts).length, ranMs };
}

/** Of other work only that it was lost: that tells of the nodes. */
async function lostElsewhere(farm: Farm, job: JobRecord): Promise<Tally> {
  const others = [...farm.state.jobs.values()].filter((one) => one !== job && one.startedAt !== null);
  const latest = others.slice(-mostOtherJobs).flatMap(({ steps }): readonly StepRecord[] => steps);
  let [count, ranMs] = [0, 0];
  for (const step of latest) {
    const tasks = Math.min(step.count, mostOtherTasks);
    const attempts = await farm.store.attempts(step.job.id, step.index, 0, tasks);
    const found = tally(farm, attempts, ({ end }) => end?.kind === 'lost');
    [count, ranMs] = [count + found.count, ranMs + found.ranMs];
  }
  return { count, ranMs };
}

/** From one checkpoint of an attempt to its next. */
function between(known: readonly Checkpoint[]): readonly number[] {
  const last = new Map<string, number>();
  const spans: number[] = [];
  for (const { attempt, madeAt } of known.toSorted((a, b) => a.madeAt - b.madeAt)) {
    const before = last.get(attempt);
    if (before !== undefined && madeAt > before) spans.push(madeAt - before);
    last.set(attempt, madeAt);
  }
  return spans;
}

/** In the unit of the parameter, with two digits that count. */
function parameterOf({ interval }: CheckpointRule, intervalMs: number): IntervalPlan['parameter'] {
  if (interval === undefined) return null;
  const value = Number((intervalMs / interval.unitMs).toPrecision(2));
  return { name: interval.parameter, value: `${value}` };
}

/** Null: there are none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
