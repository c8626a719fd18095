/** The form of a Drover recipe. What depends on more than one field is looked at in resolve. */
import { z } from 'zod';
import { jobKinds, priorities } from '../../shared/model/states';
import type { Priority } from '../../shared/model/states';
import { parameterNameForm } from './placeholders';
import { describe, quote } from './words';

export const recipeVersion = 1;

interface Found {
  readonly input?: unknown;
}
const only = (allowed: string) => ({
  error: ({ input }: Found) =>
    input === undefined
      ? `is missing; allowed is ${allowed}`
      : `found ${describe(input)}; allowed is ${allowed}`,
});

const text = z.string(only('text; in quotes where YAML would read something else'));
const plain = z.union([z.string(), z.number(), z.boolean()], only('text, a number, true or false'));
const textOrNumber = (allowed: string) => z.union([z.string(), z.number()], only(allowed));

const workName = z.string().regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u, {
  error: ({ input }) =>
    `${quote(String(input))} cannot be a name; allowed are up to 64 letters, digits and _ . - where the first is a letter, a digit or _`,
});
const variableName = z.string().regex(parameterNameForm, {
  error: ({ input }) =>
    `${quote(String(input))} cannot be a name; allowed are letters A to Z, digits and _ where the first is no digit`,
});

const environment = z.record(variableName, plain, only('a map of names to values'));
const resources = z.strictObject(
  {
    cpu: textOrNumber('a whole number of cores').optional(),
    memory: textOrNumber('an amount such as 512 MiB or 8 GiB').optional(),
  },
  only('a map with cpu and memory'),
);
const frame = textOrNumber('a frame or a range such as 1-24');

const work = {
  run: text.optional(),
  command: z.array(plain, only('a list: the program and its arguments')).optional(),
  frames: z
    .union(
      [z.string(), z.number(), z.array(frame)],
      only('frames such as 1-24 or 1-100x2,120, or a list of them'),
    )
    .optional(),
  after: z
    .union([z.string(), z.number(), z.array(textOrNumber('a name'))], only('a name or a list of names'))
    .optional(),
  resources: resources.optional(),
  environment: environment.optional(),
};

export const stepSchema = z.strictObject(work, only('a map with run or command'));

const lowerPriorities = [
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Lowercase<Priority>[];

export const jobSchema = z.strictObject(
  {
    kind: z.enum(jobKinds, only(jobKinds.join(', '))).optional(),
    priority: z.enum([...priorities, ...lowerPriorities], only(priorities.join(', '))).optional(),
    folder: text.optional(),
    ...work,
    steps: z.record(workName, stepSchema, only('a map of step names to steps')).optional(),
  },
  only('a map with run, command or steps'),
);

export const recipeSchema = z.strictObject(
  {
    drover: z.literal(recipeVersion),
    batch: textOrNumber('text').optional(),
    parameters: z.record(variableName, plain, only('a map of names to values')).optional(),
    output: text.optional(),
    folder: text.optional(),
    environment: environment.optional(),
    jobs: z.record(workName, jobSchema, only('a map of job names to jobs')),
  },
  only('a map that starts with "drover: 1"'),
);

export type RecipeFields = z.infer<typeof recipeSchema>;
export type JobFields = z.infer<typeof jobSchema>;
export type WorkFields = z.infer<typeof stepSchema>;
export type ResourceFields = z.infer<typeof resources>;

/** The fields that may stand at a place of a recipe, for "did you mean". */
export function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  // [] jobs.NAME jobs.NAME.steps.NAME, and resources one below the last two.
  const schemas = { 0: recipeSchema, 2: jobSchema, 4: stepSchema, 3: resources, 5: resources };
  const schema = Object.entries(schemas).find(([length]) => Number(length) === path.length)?.[1];
  return schema === undefined ? [] : Object.keys(schema.shape);
}
