import type { ExpectedEnd } from '../../../shared/model/forecast';

/** A smaller part of what is left is not told. */
const least = 0.1;
/** In milliseconds: nor is less than this, which nobody sees. */
const leastTime = 1000;

/** Whether an end that is expected now is another one for people than the one that was told. */
export function differs(told: ExpectedEnd | null, end: ExpectedEnd | null, now: number): boolean {
  if (told === null || end === null) return told !== end;
  if (told.isGuess !== end.isGuess) return true;
  return [told.p50 - end.p50, told.p90 - end.p90].some(
    (difference, index) =>
      Math.abs(difference) > Math.max(leastTime, least * ((index === 0 ? end.p50 : end.p90) - now)),
  );
}
