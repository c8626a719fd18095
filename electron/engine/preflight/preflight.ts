/**
 * A batch is tried on a copy of the farm before it is submitted: what could never run and why, what would
 * hold it, what would be late. Told from the scheduler's own tests, and in small parts.
 */
import type { Batch } from '../../../shared/model/batch';
import { aboutBatch, type Found } from '../../../shared/model/finding';
import type { NodeId } from '../../../shared/model/ids';
import { verdictInWords } from '../../../shared/model/verdict';
import { Expectations, isKnown } from '../forecast/expectations';
import type { FarmState, StepRecord } from '../state';
import { deadlineFound } from './deadlines';
import { Fits } from './fits';
import { Fixes } from './fixes';
import { LeastEnds, lengthsOf, type Lengths } from './least-end';
import { heldBy, locksFound, neverAllowed } from './limits';
import { nodesFound } from './nodes';
import { timesFound } from './times';
import { tryBatch, type Trial } from './trial';

export interface Preflight {
  readonly found: readonly Found[];
  /** The nodes that could do each step, by its job and its place in that; those alike are the same list. */
  readonly able: ReadonlyMap<string, readonly (readonly NodeId[])[]>;
  /** How many of its tasks would start at once, by node. */
  readonly starts: ReadonlyMap<NodeId, number>;
}

/** Changes nothing. The state is read at the start: what changes meanwhile is not in it. */
export function* preflight(
  state: FarmState,
  batch: Batch,
  by: string,
  at: number,
): Generator<undefined, Preflight> {
  const trial = yield* tryBatch(state, batch, by, at);
  const expectations = yield* Expectations.from(state);
  const fits = new Fits(trial.state);
  const fixes = new Fixes(trial.state, by, at);
  const guessedOf = (step: StepRecord): Lengths => lengthsOf(step, expectations.of(step));
  const knownOf = (step: StepRecord): Lengths =>
    isKnown(expectations.of(step).basis) ? guessedOf(step) : { one: 0, all: 0 };
  const known = new LeastEnds(trial.state, fits, knownOf, at);
  const guessed = new LeastEnds(trial.state, fits, guessedOf, at);
  const found: Found[] = [...refused(trial), ...nowhere(trial)];
  const able = new Map<string, readonly (readonly NodeId[])[]>();
  const ids = new Map<readonly unknown[], readonly NodeId[]>();
  for (const job of trial.jobs) {
    const lists: (readonly NodeId[])[] = [];
    for (const step of job.steps) {
      const fit = yield* fits.of(step.requestClass);
      const list = ids.get(fit.able) ?? fit.able.map(({ id }) => id);
      ids.set(fit.able, list);
      lists.push(list);
      const all = [
        yield* nodesFound(step, fit, fixes),
        (yield* neverAllowed(trial.state, step, fixes)) ?? heldBy(trial.state, step),
        ...locksFound(trial.state, step),
        ...timesFound(step, expectations.of(step)),
      ];
      found.push(...all.filter((one) => one !== null));
    }
    able.set(job.job.name, lists);
    if (job.job.deadline !== null) {
      const late = deadlineFound(job, yield* known.of(job), yield* guessed.of(job), at);
      if (late !== null) found.push(late);
    }
    yield;
  }
  return { found, able, starts: trial.starts };
}

function refused({ refusal }: Trial): readonly Found[] {
  if (refusal === null) return [];
  const message = refusal.replace(/\.$/, '');
  return [{ severity: 'error', code: 'quota', about: aboutBatch('tenant'), message, fix: null }];
}

function nowhere({ state }: Trial): readonly Found[] {
  if (state.nodes.size > 0) return [];
  const message = verdictInWords({ kind: 'noNodes' });
  return [
    {
      severity: 'warning',
      code: 'no-nodes',
      about: aboutBatch(),
      message,
      fix: 'add one: drover nodes add ADDRESS',
    },
  ];
}
