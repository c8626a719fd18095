/** Clocks read in another way than zones.ts reads them, so that tests do not share its mistakes. */
export function clockOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    return Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
  };
}

/** A time without an offset from UTC, as clocks show it: 2026-03-29T03:00. */
export const reading = (shown: number): string => new Date(shown).toISOString().slice(0, 16);

/** Days on which clocks were changed, one zone for each way to do it, and one that never does. */
export const changes = [
  { timeZone: 'Europe/Berlin', date: '2026-03-29', what: '02:00 becomes 03:00' },
  { timeZone: 'Europe/Berlin', date: '2026-10-25', what: '03:00 becomes 02:00' },
  { timeZone: 'America/New_York', date: '2026-03-08', what: '02:00 becomes 03:00' },
  { timeZone: 'America/New_York', date: '2026-11-01', what: '02:00 becomes 01:00' },
  { timeZone: 'Australia/Lord_Howe', date: '2026-10-04', what: '02:00 becomes 02:30' },
  { timeZone: 'Australia/Lord_Howe', date: '2026-04-05', what: '02:00 becomes 01:30' },
  { timeZone: 'America/Havana', date: '2026-03-08', what: '00:00 becomes 01:00' },
  { timeZone: 'America/Asuncion', date: '2024-03-24', what: '00:00 becomes 23:00 of the day before' },
  { timeZone: 'America/St_Johns', date: '2010-11-07', what: '00:01 becomes 23:01 of the day before' },
  { timeZone: 'Pacific/Apia', date: '2011-12-30', what: 'the whole day is left out' },
  { timeZone: 'Asia/Kolkata', date: '2026-03-29', what: 'nothing' },
];

export const zones = [...new Set(changes.map(({ timeZone }) => timeZone))];
