/** What may be asked of checkpoints, as it may come over the border. */
import { z } from 'zod';
import type { JobId } from '../model/ids';
import {
  checkpointComparisons,
  checkpointNames,
  checkpointNumbers,
  checkpointStandings,
  type CheckpointFilter,
  type CheckpointWindow,
  type KeepWish,
} from './checkpoints';

const mostTerms = 50;
/** Of one window: more are never in sight. */
const mostRows = 1000;

const filter: z.ZodType<CheckpointFilter> = z.strictObject({
  words: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(200),
        isNot: z.boolean(),
        of: z.enum(checkpointNames),
      }),
    )
    .max(mostTerms),
  standings: z.array(z.enum(checkpointStandings)).max(checkpointStandings.length),
  limits: z
    .array(
      z.strictObject({
        of: z.enum(checkpointNumbers),
        is: z.enum(checkpointComparisons),
        value: z.number(),
      }),
    )
    .max(mostTerms),
});

export const keepWish: z.ZodType<KeepWish> = z.strictObject({
  last: z.int().min(1).max(100_000),
  everyMs: z.int().min(1).max(8.64e15).nullable(),
});

export const checkpointWindow = (jobId: z.ZodType<JobId>): z.ZodType<CheckpointWindow> =>
  z.strictObject({
    job: jobId.nullable(),
    filter,
    from: z.int().min(0).max(1e9),
    count: z.int().min(1).max(mostRows),
  });
