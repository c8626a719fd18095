/** What becomes of a task when an attempt at it has ended: the rules of retrying. */
import type { AttemptEnd } from '../../shared/model/attempt';
import type { RetryRule } from '../../shared/model/retry';
import type { NextState } from './facts';
import type { FarmState, LiveAttempt } from './state';
import { retryDelay } from './time/backoff';

export interface Outcome {
  readonly next: NextState;
  readonly until: number | null;
  readonly memoryMiB: number | null;
}

export function outcomeOf(state: FarmState, live: LiveAttempt, end: AttemptEnd, at: number): Outcome {
  if (end.kind === 'exited' && end.code === 0) return completed;
  const { step, task } = live;
  if (step.job.cancelled || live.stopping === 'cancelled') return plain('CANCELLED');
  if (madeWay(live, end)) return plain('QUEUED');
  const trouble = step.trouble.get(task);
  if (end.kind === 'lost') {
    return plain((trouble?.losses ?? 0) >= state.settings.rules.losses ? 'FAILED' : 'QUEUED');
  }
  const failures = (trouble?.failures ?? 0) + 1;
  const { retry } = step.step;
  const explicit = ruleFor(retry, end, live.stopping === 'timeout');
  if (explicit === 'fail') return plain('FAILED');
  if (failures >= retry.attempts) return plain('FAILED');
  const delay = retryDelay(retry.backoff, failures, trouble?.waitedMs ?? 0, chanceOf(live.id));
  if (delay === null) return plain('FAILED');
  const memoryMiB = end.kind === 'outOfMemory' ? moreMemory(state, live, retry.memoryStep) : null;
  return { next: delay === 0 ? 'QUEUED' : 'PENDING', until: delay === 0 ? null : at + delay, memoryMiB };
}

/** It was stopped for others. A program that is asked to end may do so with whatever exit code it likes. */
export function madeWay({ stopping }: Pick<LiveAttempt, 'stopping'>, end: AttemptEnd): boolean {
  const hasEnded = end.kind === 'stopped' || end.kind === 'signalled' || end.kind === 'exited';
  return stopping === 'preempted' && hasEnded && !(end.kind === 'exited' && end.code === 0);
}

const completed: Outcome = { next: 'COMPLETED', until: null, memoryMiB: null };
const plain = (next: NextState): Outcome => ({ next, until: null, memoryMiB: null });

/** What the rule says of this end; null: nothing in particular. */
function ruleFor(retry: RetryRule, end: AttemptEnd, timedOut: boolean): 'retry' | 'fail' | null {
  if (end.kind === 'timedOut' || timedOut) return retry.onTimeout;
  if (end.kind !== 'exited') return null;
  const rule = retry.codes.find(({ codes }) => codes.includes(end.code));
  if (rule !== undefined) return rule.verdict;
  return retry.codes.some(({ verdict }) => verdict === 'retry') ? 'fail' : null;
}

/** Not more than any node could give it. */
function moreMemory(state: FarmState, { requestClass, node }: LiveAttempt, factor: number): number | null {
  const { memoryMiB } = requestClass.request;
  if (factor <= 1 || memoryMiB === 0) return null;
  const largest = [...state.nodes.values()].reduce(
    (most, { index }) => Math.max(most, state.room.limitOf(index)[1] ?? 0),
    0,
  );
  const wanted = Math.min(
    Math.ceil(memoryMiB * factor),
    Math.max(largest, state.room.limitOf(node.index)[1] ?? 0),
  );
  return wanted > memoryMiB ? wanted : null;
}

/** The jitter must be the same in every replay of a simulation, so it comes from the attempt's id. */
function chanceOf(id: string): number {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return (hash >>> 0) / 2 ** 32;
}
