import type { GiveWay } from '../../shared/model/settings';

/** What is known of the person at a machine, and of what else runs there. */
export interface Sight {
  /** Seconds since somebody touched it; null: not known. */
  readonly idle: number | null;
  /** The part of its processor, 0 to 1, that others than Drover's work keep busy; null: not known. */
  readonly otherLoad: number | null;
  /** By the Host's clock. */
  readonly minuteOfDay: number;
}

/** Why the machine's own person comes first now; null: work may start there. */
export function mustGiveWay({ idleMinutes, mostLoad, hours }: GiveWay, sight: Sight): string | null {
  if (hours !== null && !isWithin(hours, sight.minuteOfDay))
    return `it works from ${hours.from} to ${hours.to} only`;
  if (idleMinutes !== null) {
    if (sight.idle === null) return 'it cannot be told whether somebody sits there';
    if (sight.idle < idleMinutes * 60) return 'somebody works there';
  }
  if (mostLoad !== null && sight.otherLoad !== null && sight.otherLoad > mostLoad)
    return 'other programs keep it busy';
  return null;
}

/** Also over midnight; the same time twice is the whole day. */
function isWithin({ from, to }: { readonly from: string; readonly to: string }, minute: number): boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
