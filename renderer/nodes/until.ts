/** Times until which a node is set aside, by the clock on the wall here. */

const hour = 3_600_000;

export interface Until {
  readonly words: string;
  readonly at: number;
}

export function offeredUntil(now: number): readonly Until[] {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(8, 0, 0, 0);
  return [
    { words: 'For 1 hour', at: now + hour },
    { words: 'For 4 hours', at: now + 4 * hour },
    { words: 'Until tomorrow 8:00', at: morning.getTime() },
  ];
}

/** As a field for a date and a time holds it: `2026-11-21T08:00`. */
export function asField(moment: number): string {
  const date = new Date(moment);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Null: it holds no time. */
export function fromField(text: string): number | null {
  const moment = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text) ? new Date(text).getTime() : NaN;
  return Number.isNaN(moment) ? null : moment;
}
