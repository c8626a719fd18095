import type { Backoff } from '../../../shared/model/retry';

/**
 * How long to wait before the next attempt, in whole milliseconds; null when the time for waiting is used
 * up. The last delay is cut to what is left of that time.
 *
 * @param failures so far; 1 is the first
 * @param chance 0 to 1, drawn anew each time
 */
export function retryDelay(
  backoff: Backoff,
  failures: number,
  alreadyWaitedMs: number,
  chance: number,
): number | null {
  const full = Math.min(growth(backoff, failures), backoff.mostMs);
  if (full <= 0) return 0; // no waiting at all, so none is used up
  const delay = Math.round(full * (1 - backoff.jitter * chance));
  const left = Math.floor(backoff.totalMs - alreadyWaitedMs);
  return left > 0 ? Math.min(delay, left) : null;
}

function growth({ kind, firstMs }: Backoff, failures: number): number {
  if (firstMs === 0) return 0; // zero times infinity is no number
  switch (kind) {
    case 'fixed':
      return firstMs;
    case 'linear':
      return firstMs * failures;
    case 'exponential':
      return firstMs * 2 ** (failures - 1); // at worst infinite, and then the ceiling holds
  }
}
