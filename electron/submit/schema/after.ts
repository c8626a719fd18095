/** What comes first. */
import { z } from 'zod';
import { upstreamFailures } from '../../../shared/model/dependency';
import { exitCodes, fileNames } from './limits';
import { duration, only, text, textOrNumber, word } from './values';

export const outcomes = ['completed', 'failed', 'ended'] as const;

const entry = z.strictObject({
  job: textOrNumber('the name of a job').optional().describe('The job that comes first.'),
  step: textOrNumber('the name of a step').optional().describe('The step that comes first.'),
  each: z
    .union(
      [
        z.literal(true),
        z.strictObject({
          groups: z
            .array(textOrNumber('a whole number'), only('two whole numbers'))
            .optional()
            .describe('So many earlier tasks let so many later ones go.'),
        }),
      ],
      only('true, or a map such as { groups: [10, 1] }'),
    )
    .optional()
    .describe('Task by task: each waits for the one that corresponds to it.'),
  when: word(outcomes).optional().describe('How it has to have ended.'),
  exit: exitCodes.optional().describe('It has to have ended with one of these exit statuses.'),
  value: text.optional().describe('As soon as a task reports such a value: loss < 0.1'),
  files: fileNames.optional().describe('It has to have made these.'),
  delay: duration.optional().describe('So long after its end.'),
  failure: word(upstreamFailures)
    .optional()
    .describe('When it does not do what is waited for: hold for a person, fail as well, or go on (bypass).'),
});

/** The fields of an entry of `after` that is more than a name. */
export const afterFields: readonly string[] = Object.keys(entry.shape);

export const after = z.union(
  [
    z.string(),
    z.number(),
    entry,
    z.array(z.union([z.string(), z.number(), entry], only('a name, or a map such as { job: melt }'))),
  ],
  only('a name, a map such as { job: melt, when: ended }, or a list of these'),
);
