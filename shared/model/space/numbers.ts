/** Numbers between two others: evenly spaced, or anywhere. */
export type Scale = 'linear' | 'log';

/** Binary fractions end before the thirteenth digit: 0.1 + 0.2 is 0.3. */
const digits = 12;

/** At this part of the way; of a logarithmic one, steps are factors. */
export function numberBetween(from: number, to: number, scale: Scale, part: number): number {
  if (part === 0) return from;
  if (part === 1) return to;
  const exact = scale === 'linear' ? from + (to - from) * part : from * (to / from) ** part;
  return Number(exact.toPrecision(digits)) + 0;
}
