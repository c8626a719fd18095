/** Batches of all kinds, as a resolved recipe could be. */
import { noRequest, type Request } from '../../../shared/model/amounts';
import type { Batch, Job, Step, StepReference } from '../../../shared/model/batch';
import { anyFile, usualKeep, type CheckpointRule } from '../../../shared/model/checkpoint';
import type { Condition, Dependency, Mapping, Relation } from '../../../shared/model/dependency';
import { sharedFiles } from '../../../shared/model/files';
import { recognised } from '../../../shared/model/progress';
import { noRequirements, type Requirements } from '../../../shared/model/requirements';
import type { RetryRule } from '../../../shared/model/retry';
import { taskCount } from '../../../shared/model/space';
import { character, valueName } from './behaviour';
import type { Random } from './random';

/** When the simulated time begins: a Monday morning. */
export const epoch = Date.UTC(2026, 2, 2, 8);
const minute = 60_000;

export function makeBatch(random: Random, name: string, at: number): Batch {
  const jobs = Array.from({ length: random.whole(1, 3) }, (_, index) => makeJob(random, `j${index}`, at));
  return {
    name,
    recipe: null,
    output: null,
    tenant: random.pick('red', 'green', 'blue'),
    jobs,
    dependencies: makeDependencies(random, jobs, at),
  };
}

function makeJob(random: Random, name: string, at: number): Job {
  return {
    name,
    kind: random.pick('render', 'simulation', 'command'),
    priority: random.pick('LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL'),
    deadline: random.chance(0.2) ? epoch + at + random.whole(1, 90) * minute : null,
    most: random.chance(0.15) ? random.whole(1, 3) : null,
    steps: Array.from({ length: random.whole(1, 3) }, (_, index) => makeStep(random, `s${index}`)),
  };
}

function makeStep(random: Random, name: string): Step {
  const count = random.whole(1, 6);
  return {
    name,
    action: { kind: 'command', argv: ['work'] },
    space: random.chance(0.2)
      ? { kind: 'single' }
      : { kind: 'frames', ranges: [{ first: 1, step: 1, count }] },
    request: makeRequest(random),
    needs: random.chance(0.15) ? makeNeeds(random) : noRequirements,
    retry: makeRetry(random),
    timeoutMs: random.chance(0.3) ? random.whole(1, 10) * minute : null,
    preemptible: random.chance(0.4),
    progress: recognised,
    files: sharedFiles,
    environments: [],
    graceMs: null,
    paths: null,
    folder: '/work',
    environment: character(random.pick(1, 10, 60, 300), random.pick(0, 10, 30, 80), random.pick(0, 0, 30)),
    parameters: {},
    ...(random.chance(0.4) ? { checkpoints: makeRule(random) } : {}),
  };
}

/** Most can be asked to save their work. */
const makeRule = (random: Random): CheckpointRule => ({
  ...{ files: ['state'], folder: null, together: false, type: 'FULL', whole: anyFile },
  ...{ at: null, resumed: null, keep: usualKeep },
  made: random.chance(0.8) ? { kind: 'signal', signal: 'USR1', everyMs: null } : { kind: 'itself' },
  graceMs: random.pick(5000, 30_000, 2 * minute),
});

function makeRequest(random: Random): Request {
  const gpu = random.chance(0.2) ? random.pick(0.25, 0.5, 1, 1.5, 2) : 0;
  const special: Record<string, number> = {};
  if (random.chance(0.1)) special['licence'] = random.whole(1, 2);
  if (random.chance(0.08)) special['scratch'] = random.whole(1, 2);
  return {
    ...noRequest,
    cpu: random.pick(0, 0.5, 1, 1, 2, 3, random.chance(0.1) ? 64 : 4),
    memoryMiB: random.pick(0, 0, 300, 1000, 3000),
    gpu,
    gpuMemoryMiB: gpu > 0 && random.chance(0.5) ? random.pick(1000, 5000) : 0,
    storageMiB: random.chance(0.1) ? 400 : 0,
    networkMbps: random.chance(0.1) ? 60 : 0,
    cores: random.chance(0.75) ? 'shared' : random.pick('pinned', 'exclusive'),
    special,
  };
}

function makeNeeds(random: Random): Requirements {
  return {
    allOf: random.chance(0.4) ? ['fast'] : [],
    anyOf: random.chance(0.4) ? ['linux', 'old'] : [],
    alsoAnyOf: random.chance(0.2) ? [['fast', 'old']] : [],
    noneOf: random.chance(0.3) ? ['old'] : [],
    pools: random.chance(0.3) ? ['night'] : [],
  };
}

function makeRetry(random: Random): RetryRule {
  return {
    attempts: random.whole(1, 4),
    backoff: {
      kind: random.pick('fixed', 'linear', 'exponential'),
      firstMs: random.pick(0, 1000, 30_000),
      mostMs: 5 * minute,
      jitter: random.pick(0, 0.5),
      totalMs: random.pick(0, 2 * minute, 30 * minute),
    },
    codes: random.chance(0.3) ? [{ codes: [random.whole(1, 4)], verdict: random.pick('retry', 'fail') }] : [],
    onTimeout: random.pick('retry', 'fail'),
    memoryStep: random.pick(1, 1.5, 2),
  };
}

/** Earlier jobs come before later ones; in a job the last step may well come first. */
function makeDependencies(random: Random, jobs: readonly Job[], at: number): readonly Dependency[] {
  const found: Dependency[] = [];
  for (const [index, job] of jobs.entries()) {
    const before = random.oneOf(jobs.slice(0, index));
    if (before !== undefined && random.chance(0.7))
      found.push(between(random, before, endOf(random, before), job, endOf(random, job)));
    const backwards = random.chance(0.3);
    for (let step = 1; step < job.steps.length; step++) {
      if (!random.chance(0.6)) continue;
      const names = [job.steps[step - 1]?.name ?? '', job.steps[step]?.name ?? ''];
      const [from = null, to = null] = backwards ? names.toReversed() : names;
      found.push(between(random, job, { job: job.name, step: from }, job, { job: job.name, step: to }));
    }
    if (random.chance(0.15)) found.push(byTheClock(random, endOf(random, job), at));
    if (random.chance(0.1))
      found.push({ from: null, to: endOf(random, job), relation: makeLock(random), onFailure: 'hold' });
  }
  return found;
}

const endOf = (random: Random, job: Job): StepReference => ({
  job: job.name,
  step: random.chance(0.4) ? null : (random.oneOf(job.steps)?.name ?? null),
});

function between(
  random: Random,
  fromJob: Job,
  from: StepReference,
  toJob: Job,
  to: StepReference,
): Dependency {
  const isSingle = (job: Job, { step }: StepReference): boolean => step !== null || job.steps.length === 1;
  const single = isSingle(fromJob, from) && isSingle(toJob, to);
  const counts = [countOf(fromJob, from), countOf(toJob, to)] as const;
  const relation = makeRelation(random, single ? counts : null);
  return { from, to, relation, onFailure: random.pick('hold', 'hold', 'fail', 'bypass') };
}

function countOf(job: Job, { step }: StepReference): number {
  const space = (job.steps.find(({ name }) => name === step) ?? job.steps[0])?.space;
  return space === undefined ? 1 : taskCount(space);
}

/** `counts`: the tasks of both ends, where the tasks may be mapped. */
export function makeRelation(random: Random, counts: readonly [number, number] | null): Relation {
  switch (random.whole(0, 9)) {
    case 0:
    case 1:
      return { type: 'DATA', files: ['*.exr'] };
    case 2:
    case 3:
      return { type: 'CONDITIONAL', condition: makeCondition(random) };
    case 4:
      return { type: 'TEMPORAL', rule: { kind: 'delay', milliseconds: random.whole(1, 20) * minute } };
    default:
      return { type: 'SEQUENTIAL', mapping: counts === null ? { kind: 'all' } : makeMapping(random, counts) };
  }
}

function makeMapping(random: Random, [from, to]: readonly [number, number]): Mapping {
  switch (random.whole(0, 3)) {
    case 0:
      return { kind: 'all' };
    case 1:
      return {
        kind: 'pairs',
        pairs: Array.from(
          { length: random.whole(1, 4) },
          () => [random.whole(0, from - 1), random.whole(0, to - 1)] as const,
        ),
      };
    default:
      return { kind: 'groups', from: random.whole(1, 3), to: random.whole(1, 3) };
  }
}

function makeCondition(random: Random): Condition {
  switch (random.whole(0, 4)) {
    case 0:
      return { kind: 'completed' };
    case 1:
      return { kind: 'failed' };
    case 2:
      return { kind: 'ended' };
    case 3:
      return { kind: 'exitCode', codes: random.pick([0], [0, 3], [1, 2]) };
    default:
      return { kind: 'value', name: valueName, is: random.pick('<', '>=', '=='), than: random.whole(0, 10) };
  }
}

export function byTheClock(random: Random, to: StepReference, at: number): Dependency {
  const clockTime = (milliseconds: number): string =>
    new Date(epoch + milliseconds).toISOString().slice(11, 16);
  const opens = at + random.whole(-30, 60) * minute;
  const relation: Relation = random.chance(0.5)
    ? { type: 'TEMPORAL', rule: { kind: 'notBefore', at: epoch + at + random.whole(-10, 60) * minute } }
    : {
        type: 'TEMPORAL',
        rule: {
          kind: 'window',
          window: {
            opens: clockTime(opens),
            closes: clockTime(opens + random.whole(0, 90) * minute),
            timeZone: 'UTC',
          },
        },
      };
  return { from: null, to, relation, onFailure: 'hold' };
}

export const makeLock = (random: Random): Relation => ({
  type: 'RESOURCE',
  resource: random.pick('lock', 'licence'),
  amount: 1,
});
