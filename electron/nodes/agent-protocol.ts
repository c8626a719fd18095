/** The lines that an agent prints. See resources/agent/agent.sh. */
export type AgentLine =
  | { readonly kind: 'hello'; readonly version: number; readonly boot: string }
  /** The node works for another Host. */
  | { readonly kind: 'claimed'; readonly host: string; readonly name: string }
  | { readonly kind: 'started'; readonly id: string; readonly place: string }
  | { readonly kind: 'seen'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string; readonly reason: string }
  | { readonly kind: 'exit'; readonly id: string; readonly place: string; readonly record: ExitRecord }
  | { readonly kind: 'state'; readonly id: string; readonly state: AttemptOnNode }
  /** A session is there. */
  | { readonly kind: 'session'; readonly session: string }
  | { readonly kind: 'pong'; readonly number: number }
  /** What the machine is doing; read by health/. */
  | { readonly kind: 'vitals'; readonly text: string };

export type AttemptOnNode =
  | { readonly kind: 'running'; readonly place: string | null }
  | { readonly kind: 'exited'; readonly place: string; readonly record: ExitRecord }
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'never' };

/** How an attempt ended, as its keeper wrote it down. */
export interface ExitRecord {
  readonly code: number;
  readonly reason: EndReason;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Null: it was over before anybody looked. */
  readonly peakMemoryMiB: number | null;
}

const endReasons = ['-', 'stopped', 'timeout', 'memory'] as const;
/** What made it end; `-`: nothing but itself. */
export type EndReason = (typeof endReasons)[number];

export const agentVersion = 2;

const id = '(a-[a-z0-9-]{1,80})';
const place = '([0-9A-Za-z_:-]{1,80})';
const seconds = '(\\d{1,15}(?:\\.\\d{1,9})?)';
// As `times` prints it, in whichever way numbers are written there: 1m2.345s, 1m2,345s.
const processorTime = '(\\d{1,9}m\\d{1,2}(?:[.,]\\d{1,6})?s)';
const record = `(\\d{1,3}) ${seconds} ${seconds} (\\d{1,15}) (-|[a-z]{1,20}) ${processorTime} ${processorTime}`;

const patterns: readonly (readonly [RegExp, (groups: readonly string[]) => AgentLine | null])[] = [
  [new RegExp(`^STARTED ${id} ${place}$`), ([id = '', place = '']) => ({ kind: 'started', id, place })],
  [
    new RegExp(`^EXIT ${id} ${place} ${record}$`),
    ([id = '', place = '', ...rest]) => {
      const record = readRecord(rest);
      return record === null ? null : { kind: 'exit', id, place, record };
    },
  ],
  [
    new RegExp(`^STATE ${id} exited ${place} ${record}$`),
    ([id = '', place = '', ...rest]) => {
      const record = readRecord(rest);
      return record === null ? null : { kind: 'state', id, state: { kind: 'exited', place, record } };
    },
  ],
  [
    new RegExp(`^STATE ${id} running ${place}$`),
    ([id = '', place = '']) => ({
      kind: 'state',
      id,
      state: { kind: 'running', place: place === '-' ? null : place },
    }),
  ],
  [
    new RegExp(`^STATE ${id} gone (.{1,200})$`),
    ([id = '', reason = '']) => ({ kind: 'state', id, state: { kind: 'gone', reason } }),
  ],
  [new RegExp(`^STATE ${id} never$`), ([id = '']) => ({ kind: 'state', id, state: { kind: 'never' } })],
  [/^SESSION (s-[0-9a-f]{24})$/, ([session = '']) => ({ kind: 'session', session })],
  [/^PONG (\d{1,15})$/, ([number = '']) => ({ kind: 'pong', number: Number(number) })],
  [/^((?:VITALS|ROOM|GPUS|IDLE|TIME)(?: .{0,4000})?)$/, ([text = '']) => ({ kind: 'vitals', text })],
  [new RegExp(`^SEEN ${id}$`), ([id = '']) => ({ kind: 'seen', id })],
  [new RegExp(`^REFUSED ${id} (.{1,500})$`), ([id = '', reason = '']) => ({ kind: 'refused', id, reason })],
  [
    /^HELLO (\d{1,6}) (\S{1,100})$/,
    ([version = '', boot = '']) => ({ kind: 'hello', version: Number(version), boot }),
  ],
  [
    /^CLAIMED ([0-9a-z-]{1,80})(?: (.{0,200}))?$/,
    ([host = '', name = '']) => ({ kind: 'claimed', host, name }),
  ],
];

/** Null: not a line of the protocol. */
export function parseAgentLine(line: string): AgentLine | null {
  for (const [pattern, build] of patterns) {
    const match = pattern.exec(line);
    if (match !== null) return build(match.slice(1).map((group) => group ?? ''));
  }
  return null;
}

function readRecord(words: readonly string[]): ExitRecord | null {
  const [code = '', from = '', to = '', peak = '', word = '', user = '', system = ''] = words;
  const reason = endReasons.find((each) => each === word);
  if (reason === undefined || Number(code) > 255) return null;
  return {
    code: Number(code),
    reason,
    wallMs: Math.max(0, Math.round((Number(to) - Number(from)) * 1000)),
    cpuMs: milliseconds(user) + milliseconds(system),
    peakMemoryMiB: peak === '0' ? null : Number(peak) / 1024,
  };
}

function milliseconds(text: string): number {
  const [minutes = '', rest = ''] = text.replace(',', '.').slice(0, -1).split('m');
  return Math.round((Number(minutes) * 60 + Number(rest)) * 1000);
}
