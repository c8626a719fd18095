/** Numbers and times as the phrases show them. */

const longestPhrase = 200;

export const count = (value: number): string => value.toLocaleString('en-US');

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A text that a program made up: one line, without what cannot be shown. */
export function phraseOf(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestPhrase);
}

/** `, about 3 min left`; nothing where it is not known. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0.5) return '';
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `, about ${Math.round(seconds)} s left`;
  if (minutes < 90) return `, about ${minutes} min left`;
  return `, about ${Math.round(minutes / 60)} h left`;
}

/** `0:04`, `1:02:03` */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${hours === 0 ? minutes : `${hours}:${two(minutes)}`}:${two(whole % 60)}`;
}

/** `00:01:02.5`, `01:02.5` as seconds; a part that is missing counts as nothing. */
export function secondsOf(text: string): number {
  return text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
}

/** The part of a whole, 0 to 1; null where there is no telling. */
export function partOf(done: number, total: number): number | null {
  const part = done / total;
  return Number.isFinite(part) && part >= 0 ? Math.min(1, part) : null;
}
