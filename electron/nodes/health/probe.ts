/** What a node said of itself when it was reached. See resources/agent/probe.sh. */
import { readGraphicsCards, type GraphicsCard } from './graphics-cards';
import { readNodeClock, type NodeClock } from './node-clock';
import { programNames, versionOf, type ProgramName } from './programs';

export interface Probe {
  /** The kernel's name for itself: `Linux`, `Darwin`. */
  readonly system: string;
  readonly kernel: string | null;
  /** As the kernel calls it: `x86_64`, `aarch64`. */
  readonly machine: string | null;
  readonly host: string | null;
  readonly os: { readonly id: string | null; readonly version: string | null; readonly name: string | null };
  /** A new one with each start of the machine. */
  readonly boot: string | null;
  readonly user: string | null;
  readonly uid: number | null;
  readonly home: string | null;
  readonly processor: {
    readonly model: string | null;
    readonly cores: number | null;
    readonly threads: number;
  };
  readonly memoryMiB: number;
  /** Of the agent's folder. */
  readonly disk: { readonly sizeMiB: number; readonly freeMiB: number } | null;
  readonly cards: readonly GraphicsCard[];
  /** What `sh` is there: `dash`, `bash`, `busybox`. */
  readonly sh: string | null;
  readonly shells: readonly string[];
  /** Which of `setsid`, `taskset`, `nice` and `ionice` there are. */
  readonly tools: readonly string[];
  /** The folder of its cgroup (version 2), if it may make groups there. */
  readonly cgroup: string | null;
  readonly clock: NodeClock | null;
  readonly programs: readonly Program[];
}

export interface Program {
  readonly name: ProgramName;
  readonly path: string;
  /** `4.2.0`; null: there, but it did not say. */
  readonly version: string | null;
}

const longestValue = 1000;
const mostLines = 2000;

/** Null: the probe is not all there, or it says too little to work with. What stands around it is ignored. */
export function readProbe(text: string): Probe | null {
  const values = valuesOf(text);
  if (values === null) return null;
  const first = (key: string, pattern = /^.+$/): string | null => {
    const value = values.get(key)?.[0];
    return value !== undefined && pattern.test(value) ? value : null;
  };
  const count = (key: string): number | null => {
    const value = first(key, /^\d{1,12}$/);
    return value === null ? null : Number(value);
  };
  const system = first('SYSTEM', /^[\w.-]+$/);
  const threads = count('THREADS');
  const memoryMiB = count('MEMORY');
  if (system === null || threads === null || threads === 0 || memoryMiB === null || memoryMiB === 0)
    return null;
  return {
    system,
    kernel: first('KERNEL'),
    machine: first('MACHINE', /^[\w.-]+$/),
    host: first('HOST', /^[\w.-]+$/),
    os: { id: first('OSID', /^[\w.-]+$/), version: first('OSVERSION', /^[\w.+-]+$/), name: first('OSNAME') },
    boot: first('BOOT', /^[\w-]+$/),
    user: first('USER'),
    uid: count('UID'),
    home: first('HOME', /^\//),
    processor: { model: first('MODEL'), cores: count('CORES'), threads },
    memoryMiB,
    disk: readDisk(values.get('DISK') ?? []),
    cards: readGraphicsCards(values),
    sh: first('SH', /^[\w.-]+$/),
    shells: words(first('SHELLS')),
    tools: words(first('HAS')),
    cgroup: first('CGROUP', /^\//),
    clock: readNodeClock(first('TIME') ?? ''),
    programs: readPrograms(values),
  };
}

/** What was said under each key, between the first line `PROBE 1` and the `PROBE END` after it. */
function valuesOf(text: string): ReadonlyMap<string, readonly string[]> | null {
  const lines = text
    .split('\n')
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trimEnd());
  const start = lines.indexOf('PROBE 1');
  const end = lines.indexOf('PROBE END', start + 1);
  if (start < 0 || end < 0) return null;
  const values = new Map<string, string[]>();
  for (const line of lines.slice(start + 1, end).slice(0, mostLines)) {
    const [, key, value] = /^([A-Z]{2,10}) +(\S.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined || value.length > longestValue) continue;
    const others = values.get(key);
    if (others === undefined) values.set(key, [value]);
    else others.push(value);
  }
  return values;
}

const words = (list: string | null): readonly string[] =>
  list?.split(' ').filter((word) => word !== '') ?? [];

/** A line of `df -Pk`: device, KiB, used, free, percent, where. A device's name may have spaces. */
function readDisk(lines: readonly string[]): Probe['disk'] {
  for (const line of lines) {
    const [, size, free] = / (\d{1,15}) +\d{1,15} +(\d{1,15}) +(?:\d+%|-) /.exec(line) ?? [];
    if (size !== undefined && free !== undefined)
      return { sizeMiB: Math.floor(Number(size) / 1024), freeMiB: Math.floor(Number(free) / 1024) };
  }
  return null;
}

function readPrograms(values: ReadonlyMap<string, readonly string[]>): readonly Program[] {
  const paths = byProgram(values.get('PROGRAM') ?? []);
  const versions = byProgram(values.get('VERSION') ?? []);
  return programNames.flatMap((name) => {
    const path = paths.get(name);
    if (path === undefined || !path.startsWith('/')) return [];
    return [{ name, path, version: versionOf(name, versions.get(name) ?? '') }];
  });
}

/** `NAME REST` by name; the first of each counts. */
function byProgram(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [, name, rest] = /^(\w+) +(\S.*)$/.exec(line) ?? [];
    if (name !== undefined && rest !== undefined && !found.has(name)) found.set(name, rest);
  }
  return found;
}
