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
