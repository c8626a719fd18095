/** What the Host accepts over its border. Kept beside the contract; the compiler holds them together. */
import { z } from 'zod';
import type { CheckpointId } from '../model/checkpoint';
import type { BatchId, JobId } from '../model/ids';
import { missedRules, overlapRules, type Timing } from '../model/schedule';
import { priorities } from '../model/states';
import { commandedChange } from './change-schema';
import { checkpointWindow, keepWish } from './checkpoint-schema';
import { newEdge } from './edge-schema';
import { amounts, farmSettings } from './settings-schema';
import type { JobsChange, RequestName, Requests, ViewName, Views } from './contract';
import type { FormWish } from './forms';
import type { ClientMessage } from './messages';
import type { TimelineWindow } from './timeline';
import { submissionFields, submissionSchema as submission } from './submission-schema';

const none = z.strictObject({});
const batchId: z.ZodType<BatchId> = z.templateLiteral(['b', z.int().min(0)]);
export const jobIdSchema: z.ZodType<JobId> = z.templateLiteral([
  z.templateLiteral(['b', z.int().min(0)]),
  '.',
  z.string().max(200),
]);

const checkpointId: z.ZodType<CheckpointId> = z.templateLiteral(['c', z.int().min(0)]);

const count = z
  .int()
  .min(0)
  .max(2 ** 40);
const text = z.string().max(4096);
const what = z.strictObject({ what: text.min(1) });
const why = z.string().max(1000).nullable();
const wish = z.strictObject({ what: text.min(1), why });
const pageOf = {
  what: text.min(1).nullable(),
  before: z.number().int().min(1).nullable(),
  count: z.number().int().min(1).max(1000),
};
const time = z.int().min(0).max(8.64e15);
const order = {
  what: text.min(1),
  priority: z.enum(priorities).nullable(),
  deadline: time.nullable(),
};
const jobsChange: z.ZodType<JobsChange> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['cancel', 'retry', 'hold', 'release']) }),
  z.strictObject({ kind: z.literal('move'), side: z.enum(['before', 'after']), beside: jobIdSchema }),
  z.strictObject({
    kind: z.literal('order'),
    priority: z.enum(priorities).nullable(),
    deadline: time.nullable(),
  }),
]);
const forkWish = { parameters: submissionFields.parameters, output: text.min(1).nullable() };
const stepPlace = { job: jobIdSchema, step: count };
const taskPlace = { ...stepPlace, task: count };
const attemptPlace = {
  ...taskPlace,
  attempt: z.templateLiteral(['a-', z.string().max(200)]).exactOptional(),
};
const taskRange = z.strictObject({ ...stepPlace, from: count, count: z.int().min(0).max(1000) });
const someTasks = z.strictObject({
  ...stepPlace,
  tasks: z
    .array(z.tuple([count, count]))
    .min(1)
    .max(10_000),
  why,
});
const farmWish = z.strictObject({
  addNodes: z.array(z.strictObject({ like: text.min(1), count: z.int().min(1).max(1000) })).max(10),
  removeNodes: z.array(text.min(1)).max(1000),
  order: z.array(z.strictObject(order)).max(1000),
  settings: farmSettings.nullable(),
});
/** More rows are on no screen. */
const timelineNodes = z.array(text.min(1)).max(400);
/** Bars that are narrower than this part of the window cannot be seen. */
const mostGrains = 10_000;
const timelineWindow: z.ZodType<TimelineWindow> = z
  .strictObject({
    from: time,
    to: time,
    grain: z.number().positive(),
    nodes: timelineNodes,
    lanes: z.int().min(1).max(64),
    focus: jobIdSchema.nullable(),
  })
  .refine(({ from, to, grain }) => to > from && (to - from) / grain <= mostGrains, {
    message: 'the window is too long for its grain',
  });
const nodeAnswers = z.strictObject({
  hostKeys: z.array(text).max(50),
  secrets: z.record(text, z.string().max(10_000)),
});
const nodeWish = z.strictObject({
  address: z.string().min(1).max(300),
  name: z.string().trim().min(1).max(100).nullable(),
  answers: nodeAnswers,
});
const formWish: z.ZodType<FormWish> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('preset'), preset: text.min(1), file: text.min(1).nullable() }),
  z.strictObject({ kind: z.literal('file'), path: text.min(1) }),
  z.strictObject({
    kind: z.literal('command'),
    text: z.string().max(65536),
    folder: text.min(1).nullable(),
  }),
  z.strictObject({ kind: z.literal('batch'), batch: batchId }),
]);
const timing: z.ZodType<Timing> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once'), at: time }),
  z.strictObject({ kind: z.literal('every'), from: time, milliseconds: time }),
  z.strictObject({ kind: z.literal('cron'), expression: z.string().max(200), timeZone: z.string().max(100) }),
]);
const rule = z.strictObject({ timing, missed: z.enum(missedRules), overlap: z.enum(overlapRules) });

export const requestSchemas: { readonly [Name in RequestName]: z.ZodType<Requests[Name]['params']> } = {
  'host.info': none,
  'recipe.check': submission,
  'recipe.preflight': submission,
  'batch.submit': z.strictObject({ ...submissionFields, now: z.boolean().exactOptional() }),
  'batch.cancel': wish,
  'batch.retry': wish,
  'task.cancel': someTasks,
  'task.skip': someTasks,
  'task.retry': someTasks.extend({ elsewhere: z.boolean().exactOptional() }),
  'batch.hold': wish,
  'batch.release': wish,
  'batch.order': z.strictObject({ ...order, why }),
  'batch.report': z.strictObject({ what: text.min(1), folder: text.min(1).nullable() }),
  'jobs.change': z.strictObject({ jobs: z.array(jobIdSchema).min(1).max(100_000), change: jobsChange, why }),
  'job.why': what,
  'change.apply': z.strictObject({ change: commandedChange(jobIdSchema), why }),
  'change.undo': z.strictObject({ change: count.exactOptional() }),
  'checkpoint.list': z.strictObject(pageOf),
  'checkpoint.verify': z.strictObject({ checkpoint: checkpointId }),
  'checkpoint.about': z.strictObject({ checkpoint: checkpointId }),
  'checkpoint.preview': z.strictObject({ checkpoint: checkpointId, file: count }),
  'checkpoint.resume': z.strictObject({ checkpoint: checkpointId, why, force: z.boolean().exactOptional() }),
  'checkpoint.tag': z.strictObject({
    checkpoint: checkpointId,
    why,
    tag: z.string().trim().min(1).max(100).nullable(),
  }),
  'checkpoint.checkFork': z.strictObject({ checkpoint: checkpointId, ...forkWish }),
  'checkpoint.fork': z.strictObject({ checkpoint: checkpointId, ...forkWish, why, force: z.boolean() }),
  'checkpoint.checkResume': z.strictObject({ checkpoint: checkpointId }),
  'checkpoint.note': z.strictObject({
    checkpoint: checkpointId,
    why,
    note: z.string().trim().min(1).max(4000).nullable(),
  }),
  'checkpoint.use': z.strictObject({ what: text.min(1).nullable(), keep: keepWish.nullable() }),
  'checkpoint.prune': z.strictObject({ what: text.min(1).nullable(), keep: keepWish, why }),
  'checkpoint.plan': z.strictObject({
    what: text.min(1),
    costMs: z.number().positive().max(8.64e10).nullable(),
  }),
  'checkpoint.export': z.strictObject({ checkpoint: checkpointId, file: text.min(1), replaces: z.boolean() }),
  'checkpoint.import': z.strictObject({
    ...{ file: text.min(1), what: text.min(1), step: text.nullable(), task: count.nullable(), why },
  }),
  'checkpoint.drop': z.strictObject({ checkpoint: checkpointId, why }),
  'edge.list': what,
  'edge.change': z.strictObject({
    add: z.array(newEdge(jobIdSchema)).max(10_000),
    remove: z.array(count).max(10_000),
    apply: z.boolean(),
    why,
  }),
  'edge.bypass': z.strictObject({ edge: count, why }),
  'node.try': nodeWish,
  'node.add': nodeWish.extend({ why }),
  'node.connect': z.strictObject({ node: text.min(1), answers: nodeAnswers, takeOver: z.boolean() }),
  'node.remove': z.strictObject({ node: text.min(1), why }),
  'node.vitals': z.strictObject({ node: text.min(1), since: z.number() }),
  'node.setAside': z.strictObject({
    ...{ node: text.min(1), why, until: z.number().nullable() },
    vacate: z.boolean().optional(),
  }),
  'node.takeBack': z.strictObject({ node: text.min(1), why }),
  'settings.show': none,
  'settings.change': z.strictObject({ settings: farmSettings, why }),
  'farm.forecast': none,
  'farm.whatIf': farmWish,
  'timeline.moment': z.strictObject({ at: time }),
  'timeline.whatIf': z.strictObject({
    wish: farmWish,
    later: z.array(z.strictObject({ job: jobIdSchema, at: time })).max(100),
    nodes: timelineNodes,
  }),
  'schedule.add': z.strictObject({
    ...submissionFields,
    name: z.string().trim().min(1).max(200).nullable(),
    rule: rule.nullable(),
    why,
  }),
  'history.list': z.strictObject(pageOf),
  'schedule.list': none,
  'schedule.remove': wish,
  'reservation.add': z.strictObject({
    node: text.min(1),
    amounts,
    holder: text.min(1),
    from: time.nullable(),
    until: time,
  }),
  'reservation.list': none,
  'reservation.remove': z.strictObject({ reservation: count }),
  'batch.find': what,
  'queue.list': none,
  'job.show': z.strictObject({ job: jobIdSchema }),
  'job.about': z.strictObject({ job: jobIdSchema }),
  'task.list': taskRange,
  'node.list': none,
  'task.attempts': z.strictObject(taskPlace),
  'log.read': z.strictObject({
    ...attemptPlace,
    from: z.int(),
    bytes: z
      .int()
      .min(0)
      .max(1024 * 1024),
  }),
  'log.search': z.strictObject({
    ...attemptPlace,
    text: z.string().min(1).max(1000),
    direction: z.enum(['forwards', 'backwards']),
    from: z.int().min(0),
    most: z.int().min(1).max(1000),
    withLines: z.boolean(),
  }),
  'sample.list': none,
  'preset.list': none,
  'preset.keep': z.strictObject({ title: z.string().trim().min(1).max(100), submission }),
  'preset.remove': z.strictObject({ name: text.min(1) }),
  'form.open': z.strictObject({ wish: formWish }),
};

export const viewSchemas: { readonly [Name in ViewName]: z.ZodType<Views[Name]['params']> } = {
  queue: none,
  job: z.strictObject({ job: jobIdSchema }),
  steps: z.strictObject({ job: jobIdSchema }),
  taskStates: z.strictObject(stepPlace),
  tasks: taskRange,
  log: z.strictObject(attemptPlace),
  nodes: none,
  timeline: timelineWindow,
  settings: none,
  activity: none,
  failures: none,
  graph: z.strictObject({ batch: batchId }),
  checkpoints: checkpointWindow(jobIdSchema),
  results: z.strictObject({ batch: batchId }),
  output: z.strictObject({ batch: batchId }),
};

const id = z.int().min(1);
export const clientMessage: z.ZodType<ClientMessage> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), id, name: text, params: z.unknown() }),
  z.strictObject({ kind: z.literal('subscribe'), id, view: text, params: z.unknown() }),
  z.strictObject({ kind: z.literal('unsubscribe'), id }),
  z.strictObject({ kind: z.literal('ready'), id }),
]);
