/** What is submitted, as it comes over a border or out of a file. */
import { z } from 'zod';
import { priorities } from '../model/states';
import type { Submission } from '../model/submission';

const text = z.string().max(4096);
const longestTitle = 200;

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: text.min(1) }),
  z.strictObject({
    kind: z.literal('text'),
    name: text,
    text: z.string().max(8 * 1024 * 1024),
    folder: text.min(1),
  }),
  z.strictObject({ kind: z.literal('preset'), name: text.min(1) }),
]);

export const submissionFields = {
  source,
  parameters: z.record(text, z.string().max(65536)),
  folder: text.min(1).optional(),
  instead: z
    .strictObject({
      name: z.string().trim().min(1).max(longestTitle).optional(),
      priority: z.enum(priorities).optional(),
      tenant: z.string().trim().min(1).max(longestTitle).optional(),
      deadline: z.int().min(0).max(8.64e15).optional(),
    })
    .optional(),
};

export const submissionSchema: z.ZodType<Submission> = z.strictObject(submissionFields);
