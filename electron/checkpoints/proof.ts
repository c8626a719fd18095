/** Whether a program says that it went on. */
import type { CheckpointRule } from '../../shared/model/checkpoint';

/** So much of the beginning of the output is looked through. */
export const mostOfLog = 1 << 20;
const longestLine = 300;

/** The line that proves it; null: there is none. */
export function proofIn(log: string, { resumed }: Pick<CheckpointRule, 'resumed'>): string | null {
  if (resumed === null) return null;
  const pattern = new RegExp(resumed);
  const line = log.split(/\r\n|\n|\r/).find((one) => one.length <= 10_000 && pattern.test(one));
  return line === undefined ? null : line.trim().slice(0, longestLine);
}
