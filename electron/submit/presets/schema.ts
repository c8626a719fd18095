/** The form of preset.yaml. */
import { z } from 'zod';
import { jobKinds } from '../../../shared/model/states';
import { progressWords } from '../schema/limits';
import { describe } from '../document/words';

const only = (allowed: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined
      ? `is missing; allowed is ${allowed}`
      : `found ${describe(input)}; allowed is ${allowed}`,
});

const line = z.string(only('a line of text')).min(1).max(120);
const name = z.string(only('the name of a parameter'));
const names = z.array(z.string(only('a name or a glob')).min(1), only('a list of names and globs'));

const file = z.union(
  [
    z.strictObject({
      name: z.string(only('a name such as "*.blend"')).min(1),
      parameter: name,
      takes: z.enum(['file', 'folder'], only('file or folder')).optional(),
      reads: z.record(z.string(), z.string(), only('a map of parameters to what is read')).optional(),
    }),
    z.strictObject({ holds: z.string(only('the name of a file in it')).min(1), parameter: name }),
  ],
  only('a map such as { name: "*.blend", parameter: SceneFile } or { holds: Allrun, parameter: Case }'),
);

const values = z.array(z.string(only('a text')), only('a list of values')).min(1);
const condition = z
  .record(
    z.string(),
    z.union([values, z.strictObject({ not: values })]),
    only('a map such as { Format: [PNG] } or { Format: { not: [PNG] } }'),
  )
  .refine((map) => Object.keys(map).length === 1, 'it depends on one other parameter');

export const presetSchema = z.strictObject(
  {
    title: line,
    description: line,
    kind: z.enum(jobKinds, only(jobKinds.join(', '))),
    files: z.array(file, only('a list of files')).optional(),
    needs: z.array(z.string(only('a label')), only('a list of labels')).optional(),
    resources: z.strictObject(
      {
        cpu: z.number(only('a number of cores')).positive(),
        memory: z.string(only('an amount such as 512 MiB or 8 GiB')),
      },
      only('a map such as { cpu: 1, memory: 1 GiB }'),
    ),
    progress: z
      .union(
        [z.enum(progressWords), z.strictObject({ pattern: z.string(only('a regular expression')) })],
        only(`${progressWords.join(', ')}, or a map such as { pattern: '^(?<progress>[0-9]+)%' }`),
      )
      .optional(),
    when: z.record(z.string(), condition, only('a map of parameters to what they depend on')).optional(),
    outputs: names,
    checkpoints: z
      .strictObject({
        files: names.optional(),
        parameter: name.optional(),
        resumed: z.string(only('a regular expression')),
        stopped: z.int(only('an exit status')).min(1).max(255).optional(),
      })
      .optional(),
  },
  only('a map with a title, a description, a kind, resources and outputs'),
);

export type PresetFields = z.infer<typeof presetSchema>;
