/** New dependencies, as they may come over the border. */
import { z } from 'zod';
import {
  comparisons,
  upstreamFailures,
  type Condition,
  type Mapping,
  type Relation,
  type TimeRule,
} from '../model/dependency';
import type { EdgeEnd, NewEdge } from '../model/edge';
import type { JobId } from '../model/ids';

const whole = z.int().min(0).max(1e9);
const time = z.int().min(0).max(8.64e15);
const text = z.string().min(1).max(1000);

const mapping: z.ZodType<Mapping> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('groups'), from: whole.min(1), to: whole.min(1) }),
  z.strictObject({ kind: z.literal('pairs'), pairs: z.array(z.tuple([whole, whole])).max(1_000_000) }),
]);
const condition: z.ZodType<Condition> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['completed', 'failed', 'ended']) }),
  z.strictObject({ kind: z.literal('exitCode'), codes: z.array(z.int().min(0).max(255)).min(1) }),
  z.strictObject({ kind: z.literal('value'), name: text, is: z.enum(comparisons), than: z.number() }),
]);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC');
const rule: z.ZodType<TimeRule> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('notBefore'), at: time }),
  z.strictObject({ kind: z.literal('delay'), milliseconds: time }),
  z.strictObject({
    kind: z.literal('window'),
    window: z.strictObject({ opens: clock, closes: clock, timeZone }),
  }),
]);
const relation: z.ZodType<Relation> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('SEQUENTIAL'), mapping }),
  z.strictObject({ type: z.literal('DATA'), files: z.array(text).min(1).max(100) }),
  z.strictObject({ type: z.literal('CONDITIONAL'), condition }),
  z.strictObject({ type: z.literal('TEMPORAL'), rule }),
  z.strictObject({ type: z.literal('RESOURCE'), resource: text, amount: z.number().positive().max(1e9) }),
]);

export function newEdge(job: z.ZodType<JobId>): z.ZodType<NewEdge> {
  const end: z.ZodType<EdgeEnd> = z.strictObject({ job, step: whole.nullable() });
  return z.strictObject({ from: end.nullable(), to: end, relation, onFailure: z.enum(upstreamFailures) });
}
