/** Deadlines that people mean most, by the clock on the wall here. */

export interface OfferedDeadline {
  readonly words: string;
  readonly at: number;
}

export function offeredDeadlines(now: number): readonly OfferedDeadline[] {
  const atHour = (days: number, hour: number): number => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return date.setHours(hour, 0, 0, 0);
  };
  const evening = atHour(0, 18);
  return [
    { words: 'In 1 hour', at: now + 3_600_000 },
    ...(evening > now + 3_600_000 ? [{ words: 'Today 18:00', at: evening }] : []),
    { words: 'Tomorrow 8:00', at: atHour(1, 8) },
  ];
}
