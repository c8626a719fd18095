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

/** `1.2 MB/s`, of bytes in a second. */
export function rateInWords(bytes: number): string {
  const units = ['B/s', 'kB/s', 'MB/s', 'GB/s'] as const;
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${numbers.format(value < 10 && power > 0 ? Math.round(value * 10) / 10 : Math.round(value))} ${units[power] ?? ''}`;
}

export const degreesInWords = (celsius: number): string => `${Math.round(celsius)} °C`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const second = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
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

/** `14:32:07`. */
export function secondInWords(moment: number): string {
  return second.format(moment);
}

/** With the date, the seconds and the zone. */
export function momentInFull(moment: number): string {
  return full.format(moment);
}

function startOfDay(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}
