/** What may be set for the whole farm. Kept beside the model; the compiler holds them together. */
import { z } from 'zod';
import type { Amounts, Capacity } from '../model/amounts';
import { nodeChoices, type FarmSettings, type NodeSettings, type TenantSettings } from '../model/settings';
import { jobKinds } from '../model/states';

const amount = z.number().min(0).max(1e9);
export const amounts: z.ZodType<Amounts> = z.strictObject({
  cpu: amount,
  memoryMiB: amount,
  gpu: amount,
  gpuMemoryMiB: amount,
  storageMiB: amount,
  networkMbps: amount,
});
const someAmounts: z.ZodType<Partial<Amounts>> = z.strictObject({
  cpu: amount.exactOptional(),
  memoryMiB: amount.exactOptional(),
  gpu: amount.exactOptional(),
  gpuMemoryMiB: amount.exactOptional(),
  storageMiB: amount.exactOptional(),
  networkMbps: amount.exactOptional(),
});
const name = z.string().min(1).max(200);
const named = z.record(name, amount);
const most: z.ZodType<Partial<Capacity>> = z.strictObject({
  cpu: amount.exactOptional(),
  memoryMiB: amount.exactOptional(),
  gpu: amount.exactOptional(),
  gpuMemoryMiB: amount.exactOptional(),
  storageMiB: amount.exactOptional(),
  networkMbps: amount.exactOptional(),
  special: named.exactOptional(),
});
const whole = z.int().min(0).max(1e9);
const least1 = z.int().min(1).max(1e6);
const weight = z.number().min(0).max(1000);

const tenant: z.ZodType<TenantSettings> = z.strictObject({
  weight: z.number().positive().max(1000),
  guaranteed: amounts,
  most: z.strictObject({
    running: whole.nullable(),
    queued: whole.nullable(),
    amounts: someAmounts,
    submissions: z.int().min(1).max(1000).nullable(),
  }),
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, such as 22:00');

const node: z.ZodType<NodeSettings> = z.strictObject({
  labels: z.array(name).max(200),
  pools: z.array(name).max(200),
  bestAt: z.array(z.enum(jobKinds)),
  kept: amounts,
  overcommit: amounts,
  softLimit: z.number().min(0).max(1),
  most: most.nullable(),
  costPerHour: amount.nullable(),
  watts: amount.nullable(),
  nice: z.int().min(0).max(19).exactOptional(),
  umask: z
    .string()
    .regex(/^0?[0-7]{3}$/, 'three digits of 0 to 7, such as 002')
    .exactOptional(),
  paths: z
    .array(z.strictObject({ from: z.string().min(1).max(4096), to: z.string().min(1).max(4096) }))
    .max(100)
    .exactOptional(),
  giveWay: z
    .strictObject({
      idleMinutes: z.number().min(0).max(1e6).nullable(),
      mostLoad: z.number().min(0).max(1).nullable(),
      hours: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
      running: z.enum(['finish', 'stop']),
    })
    .exactOptional(),
});

export const farmSettings: z.ZodType<FarmSettings> = z.strictObject({
  order: z.strictObject({
    priority: weight,
    ageing: weight,
    deadline: weight,
    fairShare: z.boolean(),
    reserveAfterMs: whole.nullable(),
    preempt: z.boolean(),
    choice: z.enum(nodeChoices),
  }),
  tenants: z.record(name, tenant),
  otherTenants: tenant,
  perUser: least1.nullable(),
  shared: named,
  rules: z.strictObject({
    nodeAfterJobs: least1.nullable(),
    jobAfterNodes: least1.nullable(),
    losses: whole,
  }),
  nodes: z.record(name, node),
  otherNodes: node,
});
