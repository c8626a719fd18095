import type { FrameRange } from '../../../shared/model/space';

/**
 * A number that two ranges share, or null. Looked up by arithmetic (the Chinese remainder theorem),
 * never by counting through them: ranges are long, and there may be many.
 */
export function sharedNumber(a: FrameRange, b: FrameRange): number | null {
  const [low1, high1] = bounds(a);
  const [low2, high2] = bounds(b);
  const low = Math.max(low1, low2);
  const high = Math.min(high1, high2);
  if (low > high) return null;
  if (a.count === 1) return (low1 - low2) % b.step === 0 ? low1 : null;
  if (b.count === 1) return (low2 - low1) % a.step === 0 ? low2 : null;
  const step1 = Math.abs(a.step);
  const step2 = Math.abs(b.step);
  const common = greatestCommonDivisor(step1, step2);
  if ((low2 - low1) % common !== 0) return null;
  // low1 + i * step1 is in b when i * (step1 / common) = (low2 - low1) / common modulo step2 / common.
  const modulus = BigInt(step2 / common);
  const i = modulo(BigInt((low2 - low1) / common) * inverse(BigInt(step1 / common), modulus), modulus);
  const first = BigInt(low1) + i * BigInt(step1);
  const period = BigInt(step1) * modulus;
  const shared =
    first >= BigInt(low) ? first : first + ((BigInt(low) - first + period - 1n) / period) * period;
  return shared <= BigInt(high) ? Number(shared) : null;
}

export function bounds(range: FrameRange): readonly [low: number, high: number] {
  const last = range.first + (range.count - 1) * range.step;
  return range.step > 0 ? [range.first, last] : [last, range.first];
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function modulo(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

/** Of two numbers without a common divisor. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [last, current] = [modulo(value, modulus), modulus];
  let [lastFactor, factor] = [1n, 0n];
  while (current !== 0n) {
    const quotient = last / current;
    [last, current] = [current, last - quotient * current];
    [lastFactor, factor] = [factor, lastFactor - quotient * factor];
  }
  return modulo(lastFactor, modulus);
}
