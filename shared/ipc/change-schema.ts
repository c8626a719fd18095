/** Changes that a command makes, as they may come over the border. */
import { z } from 'zod';
import type { CommandedChange } from '../model/farm-change';
import type { JobId } from '../model/ids';
import { priorities } from '../model/states';
import type { SettingsLimit } from '../model/verdict';

const text = z.string().max(1000);
const name = text.min(1);
const whole = z.int().min(0).max(1e9);
const amount = z.number().min(0).max(1e9);

const limit: z.ZodType<SettingsLimit> = z.strictObject({
  of: z.enum(['tenant', 'user', 'farm']),
  name,
  what: name,
  used: amount,
  most: amount,
  needed: amount,
});

export function commandedChange(job: z.ZodType<JobId>): z.ZodType<CommandedChange> {
  const ofJob = { job, jobName: text };
  const ofNode = { node: name, nodeName: text };
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('release'), ...ofJob }),
    z.strictObject({ kind: z.literal('takeBack'), ...ofNode }),
    z.strictObject({ kind: z.literal('bypass'), edge: whole, what: text }),
    z.strictObject({ kind: z.literal('raise'), limit, to: amount }),
    z.strictObject({ kind: z.literal('unreserve'), reservation: whole, ...ofNode }),
    z.strictObject({ kind: z.literal('priority'), to: z.enum(priorities), ...ofJob }),
    z.strictObject({
      kind: z.literal('label'),
      add: z.array(name).max(200),
      remove: z.array(name).max(200),
      pool: name.nullable(),
      ...ofNode,
    }),
    z.strictObject({ kind: z.literal('cancel'), batchName: text, running: whole, ...ofJob }),
  ]);
}
