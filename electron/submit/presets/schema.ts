/** The form of preset.yaml. */
import { z } from 'zod';
import { checkpointTypes } from '../../../shared/model/checkpoint';
import { jobKinds } from '../../../shared/model/states';
import { progress } from '../schema/limits';
import { intervalParameter, only, text, word } from '../schema/values';

const line = text.min(1).max(120);
const names = z.array(text.min(1), only('a list of names and globs'));

const droppedFile = z.strictObject(
  {
    name: text.min(1).describe('`*.blend`'),
    parameter: text.describe('What it becomes.'),
    takes: word(['file', 'folder']).optional(),
    reads: z.record(z.string(), text, only('a map of parameters to what is read')).optional(),
  },
  only('a map such as { name: "*.blend", parameter: SceneFile }'),
);
const droppedFolder = z.strictObject(
  { holds: text.min(1), parameter: text },
  only('a map such as { holds: Allrun, parameter: Case }'),
);

const values = z.array(text, only('a list of values')).min(1);
const condition = z
  .record(
    z.string(),
    z.union([values, z.strictObject({ not: values })]),
    only('a map such as { Format: [PNG] } or { Format: { not: [PNG] } }'),
  )
  .refine((map) => Object.keys(map).length === 1, 'it depends on one other parameter');

const hexadecimal = z.string().regex(/^([0-9a-f]{2})+$/, 'bytes in hexadecimal, in quotes');

export const presetSchema = z.strictObject(
  {
    title: line,
    description: line,
    kind: word(jobKinds),
    files: z.array(droppedFile, only('a list of files')).optional(),
    folders: z.array(droppedFolder, only('a list of folders')).optional(),
    needs: z.array(text, only('a list of labels')).optional(),
    resources: z.strictObject(
      { cpu: z.number(only('a number of cores')).positive(), memory: text },
      only('a map such as { cpu: 1, memory: 1 GiB }'),
    ),
    progress: progress.optional(),
    when: z.record(z.string(), condition, only('a map of parameters to what they depend on')).optional(),
    outputs: names,
    checkpoints: z
      .strictObject(
        {
          files: names.optional(),
          parameter: text.optional(),
          resumed: text,
          type: word(checkpointTypes).optional(),
          together: z.boolean(only('true or false')).optional(),
          at: text.optional(),
          least: z.int(only('a number of bytes')).min(0).optional(),
          begins: hexadecimal.optional(),
          ends: hexadecimal.optional(),
          holds: names.optional(),
          signal: text.optional(),
          along: names.optional(),
          state: names.optional(),
          interval: intervalParameter.optional(),
          stopped: z.int(only('an exit status')).min(1).max(255).optional(),
        },
        only(`a map such as { files: ["*.cpt"], resumed: 'continuing from step (?<from>[0-9]+)' }`),
      )
      .optional(),
  },
  only('a map with a title, a description, a kind, resources and outputs'),
);

export type PresetFields = z.infer<typeof presetSchema>;
