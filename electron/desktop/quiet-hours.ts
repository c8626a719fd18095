import type { QuietHours } from '../../shared/ipc/preferences';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether it is quiet now, by the clock on the wall; over midnight too. The same time twice is never. */
export function isQuiet(hours: QuietHours | null, now: Date): boolean {
  if (hours === null) return false;
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  const minute = now.getHours() * 60 + now.getMinutes();
  return from <= to ? from <= minute && minute < to : from <= minute || minute < to;
}

/** When the quiet that is now ends. */
export function endOfQuiet({ to }: QuietHours, now: Date): Date {
  const end = new Date(now);
  end.setHours(0, minutesOf(to), 0, 0);
  if (end <= now) end.setDate(end.getDate() + 1);
  return end;
}
