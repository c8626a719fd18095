/** What time a node says it is. */
export interface NodeClock {
  /** In milliseconds. */
  readonly time: number;
  /** Some can only tell whole seconds. */
  readonly exactTo: 1 | 1000;
}

/** Seconds, with a fraction where `date` knows one. Whole seconds are taken in their middle. */
export function readNodeClock(text: string): NodeClock | null {
  const [, seconds, fraction] = /^(\d{9,11})(?:\.(\d{3,9}|%?N))?$/.exec(text) ?? [];
  if (seconds === undefined) return null;
  if (fraction === undefined || fraction.endsWith('N'))
    return { time: Number(seconds) * 1000 + 500, exactTo: 1000 };
  return { time: Number(seconds) * 1000 + Number(fraction.slice(0, 3)), exactTo: 1 };
}

/** The agent's answer `TIME SECONDS`; null: not such a line. */
export function readTimeLine(line: string): NodeClock | null {
  return line.startsWith('TIME ') ? readNodeClock(line.slice('TIME '.length)) : null;
}
