/** The shape of report.json: the one source of its types and of the JSON Schema that is shipped. */
import { z } from 'zod';
import type { Batch } from '../../../shared/model/batch';
import { dependencyStates, jobKinds, priorities } from '../../../shared/model/states';
import { upstreamFailures } from '../../../shared/model/dependency';
import { suggestionKinds } from './suggestion-kinds';
import {
  attemptCounts,
  attemptEnd,
  attemptId,
  batchId,
  capacity,
  costs,
  count,
  jobId,
  milliseconds,
  nodeKind,
  request,
  state,
  taskCounts,
  text,
  time,
  usageSum,
} from './parts';

const batch = z.strictObject({
  id: batchId,
  name: text,
  owner: text.meta({ description: 'Who submitted it' }),
  tenant: text,
  schedule: text.nullable().meta({ description: 'Of which schedule it is a run' }),
  state,
  tasks: taskCounts,
  progress: z.number().min(0).max(1),
  submittedAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  wallMs: milliseconds
    .nullable()
    .meta({ description: 'From its start to its end; of one that runs: until the report was written' }),
  expectedEnd: time.nullable().meta({ description: 'Of one that runs; half of the time it comes by then' }),
  output: text,
  recipe: text.nullable(),
});

const job = z.strictObject({
  id: jobId,
  name: text,
  kind: z.enum(jobKinds),
  priority: z.enum(priorities),
  state,
  tasks: taskCounts,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  deadline: time.nullable(),
  after: z.array(jobId),
  steps: z.array(
    z.strictObject({
      name: text,
      count,
      tasks: taskCounts,
      request,
      timeoutMs: milliseconds.nullable(),
    }),
  ),
});

const dependencyEnd = z.strictObject({ job: jobId, jobName: text, step: text.nullable() });
const dependency = z.strictObject({
  from: dependencyEnd.nullable().meta({ description: 'Null: nothing comes before, as of a time or a lock' }),
  to: dependencyEnd,
  type: text,
  what: text.meta({ description: 'In words' }),
  onFailure: z.enum(upstreamFailures),
  state: z.enum(dependencyStates),
  reason: text.nullable(),
});

const resolved = z
  .looseObject({
    name: text,
    recipe: text.nullable(),
    output: text.nullable(),
    tenant: text,
    jobs: z.array(
      z.looseObject({
        name: text,
        kind: text,
        priority: text,
        steps: z.array(
          z.looseObject({
            name: text,
            action: z.looseObject({ kind: text }),
            space: z.looseObject({ kind: text }),
            request,
            folder: text,
            environment: z.record(text, text),
            parameters: z.record(text, text),
          }),
        ),
      }),
    ),
    dependencies: z.array(z.looseObject({})),
  })
  .meta({
    description:
      'The recipe as it was resolved. Grows with what recipes can say. Values of variables whose names say that they are secret are left out',
  });

const historyEntry = z.strictObject({
  number: count,
  at: time,
  by: text.nullable(),
  why: text.nullable(),
  what: text,
});

const attempt = z.strictObject({
  id: attemptId,
  job: jobId,
  step: text,
  task: count,
  label: text.meta({ description: 'What people call the task; empty for the only one of a step' }),
  node: text,
  assignedAt: time,
  endedAt: time.nullable(),
  end: attemptEnd.nullable().meta({ description: 'Null: it runs' }),
  usage: z
    .strictObject({
      peakMemoryMiB: z.number().nullable(),
      cpuMs: milliseconds,
      wallMs: milliseconds,
    })
    .nullable(),
});

const runTimes = z.strictObject({
  totalMs: milliseconds.meta({ description: 'Of all attempts that have ended' }),
  wastedMs: milliseconds.meta({ description: 'The part of it in attempts that did not complete' }),
  shortestMs: milliseconds.nullable().meta({ description: 'This and the rest: of attempts that completed' }),
  lowerQuarterMs: milliseconds.nullable(),
  medianMs: milliseconds.nullable(),
  upperQuarterMs: milliseconds.nullable(),
  averageMs: milliseconds.nullable(),
  longestMs: milliseconds.nullable(),
});

const waitTimes = z.strictObject({
  averageMs: milliseconds
    .nullable()
    .meta({ description: 'Of each task, from when its step could begin to its first attempt' }),
  longestMs: milliseconds.nullable(),
  betweenTriesMs: milliseconds.meta({ description: 'Of all tasks, between an attempt and the next one' }),
});

const step = z.strictObject({
  job: text,
  step: text,
  tasks: count,
  ...attemptCounts,
  retries: count.meta({ description: 'Attempts that were not the first at their task' }),
  asked: z.strictObject({ cpu: z.number(), memoryMiB: z.number(), gpu: z.number() }),
  timeoutMs: milliseconds.nullable(),
  run: runTimes,
  wait: waitTimes,
  usage: usageSum,
  cores: z
    .strictObject({ average: z.number(), mostly: z.number() })
    .nullable()
    .meta({ description: 'In use at once; nine of ten attempts used no more than `mostly` on average' }),
  slowest: z
    .strictObject({ task: count, label: text, node: text, milliseconds })
    .nullable()
    .meta({ description: 'Of the attempts that completed' }),
  ...costs,
});

const node = z.strictObject({
  id: text,
  name: text,
  kind: nodeKind,
  system: text,
  capacity,
  programs: z
    .array(z.strictObject({ name: text, version: text.nullable() }))
    .meta({ description: 'Found there when the node was last connected' }),
  ...attemptCounts,
  busyMs: milliseconds.meta({ description: 'Of all attempts there, one added to the other' }),
  usage: usageSum,
  costPerHour: z.number().nullable(),
  watts: z.number().nullable(),
  ...costs,
});

const logEnd = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lines'),
    lines: z.array(text),
    isCut: z.boolean().meta({ description: 'More stands before them' }),
  }),
  z.strictObject({ kind: z.literal('missing'), why: text }),
]);

const failure = z.strictObject({
  attempt: attemptId,
  job: text,
  step: text,
  task: count,
  label: text,
  node: text,
  at: time,
  how: text,
  isMended: z.boolean().meta({ description: 'A later attempt at the same task completed' }),
  log: logEnd.nullable().meta({ description: 'Its last lines; null: only those of some are told' }),
});

const failureGroup = z.strictObject({
  job: text,
  step: text,
  how: text,
  count,
  mended: count,
  nodes: z.array(text).meta({ description: 'Some of those where it happened' }),
});

const suggestion = z.strictObject({
  kind: z.enum(suggestionKinds),
  job: text.nullable(),
  step: text.nullable(),
  node: text.nullable(),
  what: text.meta({ description: 'What to do' }),
  why: text.meta({ description: 'What was seen, in numbers' }),
  rule: text.meta({ description: 'When this is suggested' }),
  asked: z.number().nullable(),
  suggested: z.number().nullable().meta({ description: 'Cores, MiB or milliseconds, by its kind' }),
  samples: count,
});

const output = z.strictObject({
  path: text.meta({ description: 'Within the output folder, with / between its parts' }),
  bytes: count,
  changedAt: time,
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

const outputs = z.strictObject({
  folder: text,
  files: z.array(output).meta({ description: 'Those made or changed since the batch began' }),
  found: count.meta({ description: 'More than `files` has when they are too many to be listed' }),
  bytes: count.meta({ description: 'Of all that were found' }),
  older: count.meta({ description: 'Files that were there before, and are not listed' }),
  notHashed: count,
  remarks: z.array(text).meta({ description: 'What is not told here, and why' }),
});

const summary = z.strictObject({
  ...attemptCounts,
  retries: count,
  run: z.strictObject({ totalMs: milliseconds, wastedMs: milliseconds }),
  wait: z.strictObject({
    beforeStartMs: milliseconds.nullable().meta({ description: 'From submission to the first attempt' }),
    averageMs: milliseconds.nullable(),
    betweenTriesMs: milliseconds,
  }),
  usage: usageSum,
  ...costs,
  unpricedMs: milliseconds.meta({ description: 'Time of attempts on nodes of which no costPerHour is set' }),
  unmeteredMs: milliseconds.meta({ description: 'The same of watts' }),
});

export const reportSchema = z
  .strictObject({
    format: z.literal('drover-report'),
    formatVersion: z.literal(2),
    drover: z.strictObject({ version: text, runtime: text }),
    writtenAt: time,
    isFinal: z.boolean().meta({ description: 'False: the batch had not ended' }),
    batch,
    jobs: z.array(job),
    dependencies: z.array(dependency),
    resolved,
    history: z.array(historyEntry).meta({ description: 'Who did what with it, the newest first' }),
    attempts: z.array(attempt).meta({ description: 'Those at the same task in a row, the oldest first' }),
    summary,
    steps: z.array(step),
    nodes: z.array(node).meta({ description: 'Those that worked for it' }),
    failures: z.array(failure).meta({ description: 'Of many the first, and the first of each kind' }),
    failureGroups: z.array(failureGroup),
    suggestions: z.array(suggestion),
    outputs,
  })
  .meta({
    title: 'Execution report of a batch, as Drover writes it',
    description: 'Fields are added within a format version; none goes or changes its meaning.',
  });

type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;

export type Report = Frozen<Omit<z.infer<typeof reportSchema>, 'resolved'>> & { readonly resolved: Batch };
