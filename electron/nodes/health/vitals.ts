/** The lines of resources/agent/vitals.sh: raw counters of a node, and what comes beside them. */

/** What is not known is null. Counters begin at zero when the machine starts, and may wrap. */
export interface Vitals {
  /** A new one with each start of the machine. */
  readonly boot: string | null;
  /** Seconds since then. */
  readonly up: number | null;
  /** Processor time at work, and all of it, in the same unit. */
  readonly busy: number | null;
  readonly ticks: number | null;
  /** Where there are no ticks: the share at work now, 0 to 1. */
  readonly use: number | null;
  readonly memoryMiB: number | null;
  readonly memoryUsedMiB: number | null;
  /** Processes that run or want to, on average over the last minute. */
  readonly load: number | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly bytesRead: number | null;
  readonly bytesWritten: number | null;
  /** In degrees Celsius. */
  readonly temperature: number | null;
}

export interface CardVitals {
  readonly index: number;
  /** 0 to 1. */
  readonly use: number | null;
  readonly memoryUsedMiB: number | null;
  readonly memoryMiB: number | null;
  readonly temperature: number | null;
}

// Fifteen digits are exact in a number.
const whole = /^\d{1,15}$/;
const decimal = /^\d{1,12}(\.\d{1,9})?$/;
const signed = /^-?\d{1,9}$/;

/** Null: not a line of vitals. Keys that are not known, and values that make no sense, are passed over. */
export function readVitals(line: string): Vitals | null {
  if (!/^VITALS( [a-z]+=\S+)* *$/.test(line)) return null;
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of line.matchAll(/ ([a-z]+)=(\S+)/g)) {
    if (!values.has(key)) values.set(key, value);
  }
  const read = (key: string, pattern: RegExp): number | null => {
    const value = values.get(key);
    return value !== undefined && pattern.test(value) ? Number(value) : null;
  };
  const boot = values.get('boot');
  const memory = read('memory', whole);
  const available = read('available', whole);
  const used = memory !== null && available !== null ? memory - available : read('used', whole);
  const heat = read('heat', signed);
  const use = read('use', whole);
  return {
    boot: boot !== undefined && /^[\w-]{1,100}$/.test(boot) ? boot : null,
    up: read('up', decimal),
    busy: read('busy', whole),
    ticks: read('ticks', whole),
    use: use === null ? null : Math.min(1, use / 1000),
    memoryMiB: memory === null ? null : memory / 1024,
    memoryUsedMiB: used === null || used < 0 ? null : used / 1024,
    load: read('load', decimal),
    bytesIn: read('in', whole),
    bytesOut: read('out', whole),
    bytesRead: sectors(read('read', whole)),
    bytesWritten: sectors(read('written', whole)),
    temperature: heat === null ? null : sensible(heat / 1000),
  };
}

const sectors = (count: number | null): number | null => (count === null ? null : count * 512);

/** Sensors that are not connected say such things as -128 or 255 degrees. */
const sensible = (degrees: number): number | null => (degrees > -50 && degrees < 150 ? degrees : null);

/** Null: not a line about cards. */
export function readCardVitals(line: string): readonly CardVitals[] | null {
  if (!/^GPUS( (\d{1,4}(,(\d{1,9}|-)){4};)*)?$/.test(line)) return null;
  return [...line.matchAll(/(\d+),([\d-]+),([\d-]+),([\d-]+),([\d-]+);/g)].map(
    ([, index = '', use = '', used = '', memory = '', degrees = '']) => {
      const known = (text: string): number | null => (text === '-' ? null : Number(text));
      const percent = known(use);
      const temperature = known(degrees);
      return {
        index: Number(index),
        use: percent === null ? null : Math.min(1, percent / 100),
        memoryUsedMiB: known(used),
        memoryMiB: known(memory),
        temperature: temperature === null ? null : sensible(temperature),
      };
    },
  );
}

/** Seconds since a person last touched the machine; null: not known, or not such a line. */
export function readIdle(line: string): number | null {
  const [, seconds] = /^IDLE (\d{1,12})$/.exec(line) ?? [];
  return seconds === undefined ? null : Number(seconds);
}

/** MiB free on the disk where Drover keeps its files; null: not such a line. */
export function readRoom(line: string): number | null {
  const [, kibibytes] = /^ROOM (\d{1,15})$/.exec(line) ?? [];
  return kibibytes === undefined ? null : Math.floor(Number(kibibytes) / 1024);
}
