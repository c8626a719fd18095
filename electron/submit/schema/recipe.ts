/** The form of a Drover recipe. What depends on more than one field is looked at in resolve. */
import { z } from 'zod';
import { missedRules, overlapRules } from '../../../shared/model/schedule';
import { jobKinds, priorities } from '../../../shared/model/states';
import type { Priority } from '../../../shared/model/states';
import { after } from './after';
import { environments, inherited } from './limits';
import { space } from './space';
import {
  duration,
  list,
  moment,
  only,
  plain,
  text,
  textOrNumber,
  variableName,
  word,
  workName,
} from './values';

export const recipeVersion = 1;

const variables = z.record(variableName, plain, only('a map of names to values'));

const dailyWindow = z.strictObject(
  {
    opens: textOrNumber('a time of a day such as 22:00').optional(),
    closes: textOrNumber('a time of a day such as 06:00').optional(),
    zone: text.optional().describe('Such as Europe/Berlin; that of the submitting machine without it.'),
  },
  only('a map such as { opens: "22:00", closes: "06:00" }'),
);

const work = {
  run: text.optional().describe('A script for sh; {{Name}} stands for the value of a parameter.'),
  command: z
    .array(plain, only('a list: the program and its arguments'))
    .optional()
    .describe('A program and its arguments, in place of a script.'),
  ...space,
  after: after.optional().describe('What comes first: a name, or maps that say more.'),
  environments: environments.optional().describe('What its tasks share on a node.'),
  ...inherited,
};

const stepSchema = z.strictObject(work, only('a map with run or command'));

const lowerPriorities = [
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Lowercase<Priority>[];

/** What all jobs have from the recipe where they say nothing themselves. */
const ofJobs = {
  kind: word(jobKinds).optional().describe('command where nothing is said.'),
  priority: z
    .enum([...priorities, ...lowerPriorities], only(priorities.join(', ')))
    .optional()
    .describe('MEDIUM where nothing is said; critical work may stop what is preemptible.'),
  deadline: moment.optional().describe('More urgent as it comes near: 2026-12-01 18:00'),
  notBefore: moment.optional().describe('Does not start earlier.'),
  window: dailyWindow.optional().describe('Starts tasks only at these times of the day.'),
  folder: text.optional().describe('Where commands run; the folder of the recipe without it.'),
};

const jobSchema = z.strictObject(
  {
    ...ofJobs,
    most: textOrNumber('a whole number of tasks')
      .optional()
      .describe('So many of its tasks at once, at most.'),
    ...work,
    template: text
      .optional()
      .describe('A template of Open Job Description beside this file, in place of run.'),
    preset: text.optional().describe('A preset of Drover, in place of run: blender'),
    parameters: variables.optional().describe('Values for the parameters of the template or preset.'),
    steps: z
      .record(workName, stepSchema, only('a map of step names to steps'))
      .optional()
      .describe('Parts with commands of their own, in place of run.'),
  },
  only('a map with run, command or steps'),
);

const schedule = z.strictObject(
  {
    once: moment.optional().describe('Once, at this time.'),
    every: duration.optional().describe('Again and again: 1 d'),
    from: moment.optional().describe('Of every: the first time.'),
    cron: text.optional().describe('A cron expression of five parts: 0 22 * * MON-FRI'),
    zone: text.optional().describe('Of cron: Europe/Berlin; that of the submitting machine without it.'),
    missed: word(missedRules).optional().describe('Times at which Drover did not run.'),
    overlap: word(overlapRules).optional().describe('While the run before goes on.'),
  },
  only('a map such as { cron: "0 22 * * MON-FRI", zone: Europe/Berlin }'),
);

export const notices = ['done', 'failed', 'never'] as const;
const notice = word(notices);

export const recipeSchema = z.strictObject(
  {
    $schema: text.optional().describe('Where editors find the form of recipes.'),
    drover: z.literal(recipeVersion).describe('The version of the form of recipes.'),
    include: list('the name of a recipe file', 'the name of a recipe file beside this one, or a list of such')
      .optional()
      .describe('Recipe files of which all that this one does not say itself is taken.'),
    batch: textOrNumber('text').optional().describe('The name for people; that of the file without it.'),
    tenant: textOrNumber('text').optional().describe('Whose share and quota it counts for.'),
    parameters: variables
      .optional()
      .describe('Values that may be set when it is submitted, with their defaults.'),
    variables: variables
      .optional()
      .describe('Values that are put together from parameters and other variables.'),
    schedule: schedule.optional().describe('When it is submitted by the clock.'),
    notify: z
      .union([notice, z.array(notice)], only(`${notices.join(', ')}, or a list of these`))
      .optional()
      .describe('Which ends the desktop tells of: done, failed, both, or never.'),
    output: text.optional().describe('Where results go: {{Output}}.'),
    ...ofJobs,
    environments: environments.optional().describe('What tasks of a step share on a node.'),
    ...inherited,
    jobs: z
      .record(workName, jobSchema, only('a map of job names to jobs'))
      .optional()
      .describe('What there is to do, by names.'),
  },
  only('a map that starts with "drover: 1"'),
);

export type RecipeFields = z.infer<typeof recipeSchema>;
export type JobFields = z.infer<typeof jobSchema>;
export type WorkFields = z.infer<typeof stepSchema>;
