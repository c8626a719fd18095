/** What makes many tasks of a step: frames and parameters that are swept. */
import { z } from 'zod';
import { sampleMethods } from '../../../shared/model/space/sample';
import { list, only, plain, text, textOrNumber, variableName, word } from './values';

const number = textOrNumber('a number');
export const scales = ['linear', 'log'] as const;

const numbers = z.strictObject({
  from: number.describe('The first value.'),
  to: number.describe('The last value, or where it would lie.'),
  count: textOrNumber('a whole number').optional().describe('So many values, evenly spaced.'),
  step: number.optional().describe('From one value to the next.'),
  scale: word(scales).optional().describe('log: from value to value by the same factor.'),
});
export const axisFields: readonly string[] = Object.keys(numbers.shape);

const axis = z.union(
  [z.string(), z.number(), z.array(plain), numbers],
  only('a list such as [1, 2.5], a range such as 0-90x15, or a map such as { from: 0, to: 1, count: 5 }'),
);
const axes = z.record(variableName, axis, only('a map of names to values, such as { Mass: [1, 2.5] }'));
const row = z.record(variableName, plain, only('a map of names to values'));
const rows = z.array(row, only('a list of maps, such as [{ Scene: a, Size: 2 }]'));
const exception = z.record(
  variableName,
  z.union(
    [z.string(), z.number(), z.boolean(), z.array(plain)],
    only('a value, a list of values, or a range'),
  ),
  only('a map of names to values, such as { Mass: 4, Angle: [75, 90] }'),
);

export const space = {
  frames: list('a frame or a range such as 1-24', 'frames such as 1-24 or 1-100x2,120, or a list of them')
    .optional()
    .describe('A task for each of these frames: 1-24, 1-100x5, 100-1x-1, "1-10,20,30-40x2".'),
  chunk: textOrNumber('how many frames a task has, such as 10')
    .optional()
    .describe('So many frames a task: {{Frames}}, {{FirstFrame}}, {{LastFrame}} and {{FrameStep}}.'),
  sweep: axes.optional().describe('A task for each combination of these values.'),
  zip: z
    .union(
      [axes, z.array(axes)],
      only('a map of names to values that go side by side, or a list of such maps'),
    )
    .optional()
    .describe('Values that go side by side: the first with the first, the second with the second.'),
  rows: rows.optional().describe('A task for each of these rows.'),
  table: text.optional().describe('A task for each row of a CSV, JSON or YAML file beside this one.'),
  except: z
    .union(
      [exception, z.array(exception)],
      only('a map such as { Mass: 4, Angle: 90 }, or a list of such maps'),
    )
    .optional()
    .describe('Combinations that are left out.'),
  sample: z
    .union(
      [
        z.string(),
        z.number(),
        z.strictObject({
          count: textOrNumber('a whole number').describe('How many samples.'),
          method: word(sampleMethods)
            .optional()
            .describe('latin: each part of each dimension has one; random otherwise.'),
          seed: textOrNumber('a whole number').optional().describe('Another seed draws other samples.'),
        }),
      ],
      only('how many, or a map such as { count: 100, method: latin, seed: 7 }'),
    )
    .optional()
    .describe('Only so many of all combinations.'),
  order: text
    .optional()
    .describe('Which tasks have their turn first: forward, reverse, middle out, or every 10th.'),
};
export const spaceFields: readonly string[] = Object.keys(space);

/** A table that is a file of its own. */
export const tableSchema = rows;
