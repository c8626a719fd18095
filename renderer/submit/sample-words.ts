import type { Sample } from '../../shared/ipc/submissions';

/** What it shows, and what it needs to be there. */
export function sampleInWords({ description, needs, missing }: Sample): string {
  if (missing.length > 0) return `${description} It needs ${missing.join(' and ')}, which no node has.`;
  return needs.length > 0
    ? `${description} It runs ${needs.join(' and ')}.`
    : `${description} It needs nothing installed.`;
}
