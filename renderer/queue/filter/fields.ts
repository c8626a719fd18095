/** What the queue can be filtered by, and how the values of each field are read. */
import { jobKinds, jobStates, priorities } from '../../../shared/model/states';

export type Comparison = ':' | '<' | '<=' | '>' | '>=';

export type FieldName =
  | 'state'
  | 'owner'
  | 'tenant'
  | 'kind'
  | 'priority'
  | 'name'
  | 'batch'
  | 'node'
  | 'deadline'
  | 'age'
  | 'progress'
  | 'tasks'
  | 'completed'
  | 'running'
  | 'failed'
  | 'cancelled'
  | 'waiting';

/** choice: one of some words. level: the same, in an order. length: of time. */
export type FieldKind = 'choice' | 'level' | 'text' | 'length' | 'number';

export interface Field {
  readonly name: FieldName;
  readonly kind: FieldKind;
  readonly words: string;
  /** Written in the same way as a name, and means the same. */
  readonly short?: string;
  /** Of choices and levels, the words themselves; of lengths, those that are no length. */
  readonly values: readonly string[];
  /** What else may be written for some of the values. */
  readonly also?: Readonly<Record<string, readonly string[]>>;
  /** What a person may want to begin with. */
  readonly example: string;
}

const lower = (values: readonly string[]): readonly string[] => values.map((value) => value.toLowerCase());
const count = (name: FieldName, words: string, example = `${name}>0`): Field => ({
  name,
  kind: 'number',
  words,
  values: [],
  example,
});

export const fields: readonly Field[] = [
  {
    name: 'state',
    kind: 'choice',
    words: 'What it is doing',
    values: lower(jobStates),
    also: {
      waiting: ['pending', 'queued'],
      held: ['paused'],
      open: ['pending', 'queued', 'running', 'paused'],
      ended: ['completed', 'failed', 'cancelled'],
    },
    example: 'state:running',
  },
  { name: 'owner', kind: 'text', words: 'Who submitted it', values: ['me'], example: 'owner:me' },
  {
    name: 'priority',
    kind: 'level',
    words: 'How much it matters',
    short: 'prio',
    values: lower(priorities),
    example: 'prio>=high',
  },
  {
    name: 'deadline',
    kind: 'length',
    words: 'How long until it should be done',
    values: ['none', 'any', 'late'],
    example: 'deadline<2h',
  },
  count('failed', 'How many of its tasks failed'),
  { name: 'name', kind: 'text', words: 'What it is called', values: [], example: 'name:beauty' },
  {
    name: 'batch',
    kind: 'text',
    words: 'The name or id of its batch',
    values: [],
    example: 'batch:b7',
  },
  { name: 'kind', kind: 'choice', words: 'Render, simulation …', values: jobKinds, example: 'kind:render' },
  { name: 'node', kind: 'text', words: 'Where it runs now', values: [], example: 'node:render1' },
  { name: 'tenant', kind: 'text', words: 'For whom it is', values: [], example: 'tenant:north' },
  { name: 'age', kind: 'length', words: 'How long ago it was submitted', values: [], example: 'age<1d' },
  count('progress', 'How much of it is done, in percent', 'progress>90'),
  count('tasks', 'How many tasks it has', 'tasks>1000'),
  count('running', 'How many of its tasks run'),
  count('waiting', 'How many of its tasks wait'),
  count('completed', 'How many of its tasks are done'),
  count('cancelled', 'How many of its tasks were cancelled'),
];

const byName = new Map(
  fields.flatMap((field) => [
    [field.name, field] as const,
    ...(field.short === undefined ? [] : [[field.short, field] as const]),
  ]),
);

/** What may stand before a colon. */
export const fieldNames: readonly string[] = [...byName.keys()];

export function fieldNamed(name: string): Field | null {
  const known: ReadonlyMap<string, Field> = byName;
  return known.get(name.toLowerCase()) ?? null;
}

const units: Readonly<Record<string, number>> = {
  s: 1000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const length = /^(?:\d{1,9}(?:\.\d{1,9})?(?:min|[smhdw]))+$/;

/** `90min`, `1h30m`, `2d`, in milliseconds. Null: it is no length of time. */
export function lengthOf(text: string): number | null {
  if (text.length > 100 || !length.test(text)) return null;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(min|[smhdw])/g);
  return [...parts].reduce((sum, [, value, unit]) => sum + Number(value) * (units[unit ?? ''] ?? 0), 0);
}

/** `1000`, `2.5k`, `1m`, `90%`. Null: it is no number. */
export function numberOf(text: string): number | null {
  const [, digits, unit] = /^(\d{1,15}(?:\.\d{1,6})?)([km%]?)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits) * (unit === 'k' ? 1000 : unit === 'm' ? 1_000_000 : 1);
  // Such that it can be written and read again.
  return number < 1e15 ? Number(number.toFixed(6)) : null;
}
