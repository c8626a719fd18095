const hour = 3_600_000;

/** Deadlines that people often mean, by the clock on the wall here. */
export function offeredDeadlines(now: number): readonly { readonly words: string; readonly at: number }[] {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(8, 0, 0, 0);
  return [
    { words: 'In 2 hours', at: now + 2 * hour },
    { words: 'In 8 hours', at: now + 8 * hour },
    { words: 'Tomorrow 8:00', at: tomorrow.getTime() },
  ];
}
