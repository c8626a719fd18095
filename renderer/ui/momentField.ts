/** Moments in a field for a date and a time, by the clock on the wall here. */

/** As the field holds it: `2026-11-21T08:00`. */
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
