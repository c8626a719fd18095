/** How often and when a task is tried again, by what went wrong. */
export interface RetryRule {
  /** Attempts in all, at most; lost ones do not count. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Exit codes with a rule of their own. Where some are named to be retried, no others are. */
  readonly codes: readonly { readonly codes: readonly number[]; readonly verdict: 'retry' | 'fail' }[];
  readonly onTimeout: 'retry' | 'fail';
  /** Out of memory: tried again with so many times the memory. */
  readonly memoryStep: number;
}

export interface Backoff {
  readonly kind: 'fixed' | 'linear' | 'exponential';
  readonly firstMs: number;
  readonly mostMs: number;
  /** 0 to 1: the part of the delay that is left to chance. */
  readonly jitter: number;
  /** All delays of a task together, at most. */
  readonly totalMs: number;
}

export const noRetry: RetryRule = {
  attempts: 1,
  backoff: { kind: 'fixed', firstMs: 0, mostMs: 0, jitter: 0, totalMs: 0 },
  codes: [],
  onTimeout: 'fail',
  memoryStep: 1,
};
