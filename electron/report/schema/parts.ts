/** Parts that several places of the report's schema share. */
import { z } from 'zod';
import { jobStates, nodeKinds, taskStates } from '../../../shared/model/states';

export const time = z.int().meta({ description: 'Milliseconds since 1970, by the clock of the Host' });
export const milliseconds = z.number().min(0);
export const count = z.int().min(0);
export const state = z.enum(jobStates);
export const nodeKind = z.enum(nodeKinds);
export const taskCounts = z.record(z.enum(taskStates), count);
export const text = z.string();

export const batchId = z.templateLiteral(['b', z.int().min(0)]);
export const jobId = z.templateLiteral(['b', z.int().min(0), '.', z.string()]);
export const attemptId = z.templateLiteral(['a-', z.string()]);

const amounts = {
  cpu: z.number().meta({ description: 'Cores' }),
  memoryMiB: z.number(),
  gpu: z.number().meta({ description: 'Devices' }),
  gpuMemoryMiB: z.number().meta({ description: 'On each device' }),
  storageMiB: z.number(),
  networkMbps: z.number(),
  special: z.record(text, z.number()).meta({ description: 'Licences, locks and other named amounts' }),
};
export const capacity = z.strictObject(amounts);
export const request = z.strictObject({ ...amounts, cores: z.enum(['shared', 'pinned', 'exclusive']) });

export const attemptEnd = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exited'), code: z.number() }),
  z.strictObject({ kind: z.literal('signalled'), signal: z.number() }),
  z.strictObject({ kind: z.literal('stopped') }),
  z.strictObject({ kind: z.literal('timedOut') }),
  z.strictObject({ kind: z.literal('outOfMemory') }),
  z.strictObject({ kind: z.literal('lost'), proof: text }),
  z.strictObject({ kind: z.literal('notStarted'), reason: text }),
  z.strictObject({ kind: z.literal('notFetched'), reason: text }),
]);

/** Of attempts that were measured by their node. */
export const usageSum = z.strictObject({
  attempts: count.meta({ description: 'So many were measured' }),
  cpuMs: milliseconds.meta({ description: 'Processor time, of all cores together' }),
  efficiency: z
    .number()
    .nullable()
    .meta({ description: 'Of the cores that were asked for, the part that was kept busy' }),
  peakMemoryMiB: z
    .number()
    .nullable()
    .meta({ description: 'Of the attempt that held most; null: nothing was measured' }),
});

/** Null: it is not known of any node that did the work. */
export const costs = {
  cost: z.number().nullable().meta({ description: 'In the currency of costPerHour of the nodes’ settings' }),
  energyKWh: z.number().nullable().meta({ description: 'By the watts of the nodes’ settings' }),
};

export const attemptCounts = {
  attempts: count,
  completed: count,
  failed: count.meta({ description: 'Ended by themselves, and not well; without lost ones' }),
  lost: count.meta({ description: 'Proven not to run any more, without having told how they ended' }),
  stopped: count.meta({ description: 'Because a person or Drover wanted it' }),
  running: count.meta({ description: 'When the report was written' }),
};
