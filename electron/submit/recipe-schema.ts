/** The form of a Drover recipe. What depends on more than one field is looked at in resolve. */
import { z } from 'zod';
import { coreUses } from '../../shared/model/amounts';
import { upstreamFailures } from '../../shared/model/dependency';
import type { Backoff } from '../../shared/model/retry';
import { programs } from '../../shared/model/progress';
import { jobKinds, priorities } from '../../shared/model/states';
import type { Priority } from '../../shared/model/states';
import { parameterNameForm } from './placeholders';
import { describe, quote } from './document/words';

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
const truth = z.boolean(only('true or false'));
const list = (what: string, allowed: string) =>
  z.union([z.string(), z.number(), z.array(textOrNumber(what))], only(allowed));
const duration = textOrNumber('a time such as 30 s, 5 min or 2 h');
const moment = textOrNumber('a date and time such as 2026-12-01 18:00');

const workName = z.string(only('a name')).regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u, {
  error: ({ input }) => `${quote(String(input))} cannot be a name; ${nameRule}`,
});
export const nameRule =
  'allowed are up to 64 letters, digits and _ . - where the first is a letter, a digit or _';
export const isName = (name: string): boolean => workName.safeParse(name).success;

const variableName = z.string().regex(parameterNameForm, {
  error: ({ input }) =>
    `${quote(String(input))} cannot be a name; allowed are letters A to Z, digits and _ where the first is no digit`,
});

const environment = z.record(variableName, plain, only('a map of names to values'));
const environments = z.array(
  z.strictObject(
    {
      name: workName,
      variables: environment.optional(),
      enter: text.optional(),
      leave: text.optional(),
      timeout: duration.optional(),
    },
    only('a map such as { name: scratch, enter: ./mount.sh, leave: ./unmount.sh }'),
  ),
  only('a list of environments, such as [{ name: scratch, enter: ./mount.sh }]'),
);

const memory = textOrNumber('an amount such as 512 MiB or 8 GiB, a part such as 50%, or max');
const resources = z.strictObject(
  {
    cpu: textOrNumber('a number of cores, a part such as 50%, or max').optional(),
    memory: memory.optional(),
    gpu: textOrNumber('a number of GPUs such as 1 or 0.5, a part such as 50%, or max').optional(),
    gpuMemory: memory.optional(),
    storage: memory.optional(),
    network: textOrNumber('an amount such as 100 Mbit/s, a part such as 50%, or max').optional(),
    cores: z.enum(coreUses, only(coreUses.join(', '))).optional(),
    uses: z.record(workName, textOrNumber('a whole number'), only('a map of names to amounts')).optional(),
  },
  only('a map such as { cpu: 2, memory: 1 GiB }'),
);

const labels = list('a label', 'a label or a list of labels');
const needs = z.strictObject(
  {
    all: labels.optional(),
    any: labels.optional(),
    none: labels.optional(),
    pool: list('a pool', 'a pool or a list of pools').optional(),
  },
  only('a map such as { all: [os:linux], pool: night }'),
);

export const backoffKinds = ['fixed', 'linear', 'exponential'] as const satisfies readonly Backoff['kind'][];
const exitCodes = list('an exit status', 'an exit status or a list of them');
const codes = z.strictObject({ codes: exitCodes.optional() }, only('a map such as { codes: [137] }'));
const retry = z.union(
  [
    z.string(),
    z.number(),
    z.strictObject({
      times: textOrNumber('a whole number').optional(),
      wait: duration.optional(),
      growth: z.enum(backoffKinds, only(backoffKinds.join(', '))).optional(),
      most: duration.optional(),
      total: duration.optional(),
      jitter: textOrNumber('a number from 0 to 1').optional(),
      on: codes.optional(),
      never: codes.optional(),
      timeout: truth.optional(),
      memory: textOrNumber('a number such as 1.5').optional(),
    }),
  ],
  only('how many times, or a map such as { times: 3, wait: 30 s }'),
);

export const progressWords = [...programs, 'none'] as const;
const progress = z.union(
  [
    z.enum(progressWords),
    z.strictObject({ pattern: z.string(only('a regular expression, in single quotes')) }),
  ],
  only(`${progressWords.join(', ')}, or a map such as { pattern: '^(?<progress>[0-9]+)%' }`),
);

const fileNames = list('a name of a file', 'a name of a file or a list of them');
const files = z.union(
  [z.literal('shared'), z.strictObject({ send: fileNames.optional(), fetch: fileNames.optional() })],
  only('shared, or a map such as { send: [scene.blend, textures/**] }'),
);

export const outcomes = ['completed', 'failed', 'ended'] as const;
const afterEntry = z.strictObject({
  job: textOrNumber('the name of a job').optional(),
  step: textOrNumber('the name of a step').optional(),
  each: z
    .union(
      [
        z.literal(true),
        z.strictObject({
          groups: z.array(textOrNumber('a whole number'), only('two whole numbers')).optional(),
        }),
      ],
      only('true, or a map such as { groups: [10, 1] }'),
    )
    .optional(),
  when: z.enum(outcomes, only(outcomes.join(', '))).optional(),
  exit: exitCodes.optional(),
  value: text.optional(),
  files: fileNames.optional(),
  delay: duration.optional(),
  failure: z.enum(upstreamFailures, only(upstreamFailures.join(', '))).optional(),
});
/** The fields of an entry of `after` that is more than a name. */
export const afterFields: readonly string[] = Object.keys(afterEntry.shape);

const after = z.union(
  [
    z.string(),
    z.number(),
    afterEntry,
    z.array(z.union([z.string(), z.number(), afterEntry], only('a name, or a map such as { job: melt }'))),
  ],
  only('a name, a map such as { job: melt, when: ended }, or a list of these'),
);

const dailyWindow = z.strictObject(
  {
    opens: textOrNumber('a time of a day such as 22:00').optional(),
    closes: textOrNumber('a time of a day such as 06:00').optional(),
    zone: text.optional(),
  },
  only('a map such as { opens: "22:00", closes: "06:00" }'),
);

const frame = textOrNumber('a frame or a range such as 1-24');

/** What an inner level has from an outer one where it says nothing itself. */
const inherited = {
  resources: resources.optional(),
  environment: environment.optional(),
  needs: needs.optional(),
  retry: retry.optional(),
  timeout: duration.optional(),
  preemptible: truth.optional(),
  progress: progress.optional(),
  files: files.optional(),
  lock: list('a name', 'a name or a list of names').optional(),
};

const work = {
  run: text.optional(),
  command: z.array(plain, only('a list: the program and its arguments')).optional(),
  frames: z
    .union(
      [z.string(), z.number(), z.array(frame)],
      only('frames such as 1-24 or 1-100x2,120, or a list of them'),
    )
    .optional(),
  after: after.optional(),
  environments: environments.optional(),
  ...inherited,
};

const stepSchema = z.strictObject(work, only('a map with run or command'));

const lowerPriorities = [
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Lowercase<Priority>[];
const priority = z.enum([...priorities, ...lowerPriorities], only(priorities.join(', ')));

const jobSchema = z.strictObject(
  {
    kind: z.enum(jobKinds, only(jobKinds.join(', '))).optional(),
    priority: priority.optional(),
    deadline: moment.optional(),
    notBefore: moment.optional(),
    window: dailyWindow.optional(),
    most: textOrNumber('a whole number of tasks').optional(),
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
    tenant: textOrNumber('text').optional(),
    parameters: z.record(variableName, plain, only('a map of names to values')).optional(),
    output: text.optional(),
    folder: text.optional(),
    priority: priority.optional(),
    ...inherited,
    jobs: z.record(workName, jobSchema, only('a map of job names to jobs')),
  },
  only('a map that starts with "drover: 1"'),
);

export type RecipeFields = z.infer<typeof recipeSchema>;
export type JobFields = z.infer<typeof jobSchema>;
export type WorkFields = z.infer<typeof stepSchema>;

/** The fields that may stand at a place of a recipe, for "did you mean". */
export function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  let found: readonly Schema[] = [recipeSchema];
  for (const part of path) found = found.flatMap((schema) => inside(schema, part));
  return found
    .flatMap(withoutChoice)
    .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

type Schema = z.core.$ZodType;

function inside(schema: Schema, part: PropertyKey): readonly Schema[] {
  return withoutChoice(schema).flatMap((one): readonly Schema[] => {
    if (one instanceof z.ZodObject) return Object.hasOwn(one.shape, part) ? [one.shape[String(part)]] : [];
    if (one instanceof z.ZodRecord) return [one.valueType];
    if (one instanceof z.ZodArray) return [one.element];
    return [];
  });
}

function withoutChoice(schema: Schema): readonly Schema[] {
  if (schema instanceof z.ZodOptional) return withoutChoice(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(withoutChoice);
  return [schema];
}
