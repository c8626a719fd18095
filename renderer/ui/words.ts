/** Sizes, numbers and times as people say them. */

const day = 24 * 60 * 60 * 1000;

const numbers = new Intl.NumberFormat('en');

export function numberInWords(value: number): string {
  return numbers.format(value);
}

/** `1 task`, `2,000 tasks`. */
export function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** `54 %`; only what is complete is 100 %, and only what has not begun is 0 %. */
export function percentInWords(part: number): string {
  if (part <= 0) return '0 %';
  if (part >= 1) return '100 %';
  return `${Math.min(99, Math.max(1, Math.round(part * 100)))} %`;
}

export function memoryInWords(mebibytes: number): string {
  if (mebibytes < 1024) return `${numbers.format(Math.round(mebibytes))} MiB`;
  const gibibytes = mebibytes / 1024;
  return `${gibibytes < 10 ? numbers.format(Math.round(gibibytes * 10) / 10) : numbers.format(Math.round(gibibytes))} GiB`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** `14:32` today, `Mon 14:32` in the last days, `12 Nov 14:32` before. */
export function momentInWords(moment: number, now: number): string {
  const time = clock.format(moment);
  if (startOfDay(moment) === startOfDay(now)) return time;
  const recent = Math.abs(now - moment) < 6 * day;
  return `${recent ? weekday.format(moment) : dayAndMonth.format(moment)} ${time}`;
}

/** With the date, the seconds and the zone. */
export function momentInFull(moment: number): string {
  return full.format(moment);
}

function startOfDay(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}
