/** Branches: a task begins from a checkpoint of another batch, with other parameters and in a folder of its own. */
import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { CheckedFork, ForkWish } from '../shared/ipc/checkpoints';
import type { Refusal } from '../shared/ipc/errors';
import type { SubmittedBatch } from '../shared/ipc/submissions';
import type { Batch, Step } from '../shared/model/batch';
import {
  bytesOf,
  type Checkpoint,
  type CheckpointId,
  type CheckpointRule,
  type Risk,
} from '../shared/model/checkpoint';
import { isWithin } from '../shared/model/files';
import { unmetRequirement } from '../shared/model/requirements';
import { taskParameters } from '../shared/model/space';
import type { Submission } from '../shared/model/submission';
import { asItWas } from './checkpoints/as-it-was';
import { alongIn } from './checkpoints/names';
import { risksOf, textOf, type Continuation, type StepThen } from './checkpoints/compatibility';
import { chainOf, checkpointsOf, savedIn } from './checkpoints/tasks';
import type { CommandOf } from './engine/commands';
import type { CommandResult } from './engine/engine';
import type { Store } from './engine/ports';
import type { BatchRecord, FarmState, StepRecord } from './engine/state';
import type { Result, Submissions } from './submissions';
import { forkedBatch } from './submit/fork';
import { recipeRefusal } from './submit/read-recipe';

/** The farm that they are for. */
interface Farm {
  readonly state: FarmState;
  readonly store: Pick<Store, 'checkpoints'>;
  readonly submissions: Pick<Submissions, 'read'>;
  command(command: Omit<CommandOf<'submit'>, 'by'>): Promise<CommandResult>;
}

type Values = Readonly<Record<string, string>>;

interface Planned {
  /** That of the branch, and its values, as the task is to run. */
  readonly is: StepThen;
  readonly earlier: Continuation['earlier'];
  readonly batch: Batch;
  readonly submission: Submission | null;
  /** Those of the recipe, where they may be changed. */
  readonly parameters: Values;
  readonly output: string;
}

export class Forks {
  /** Folders of branches that are being made. */
  private readonly promised = new Set<string>();

  constructor(private readonly farm: Farm) {}

  async check(checkpoint: Checkpoint, wish: ForkWish): Promise<Result<CheckedFork>> {
    const planned = await this.plan(checkpoint, wish);
    if (!planned.ok) return planned;
    const { is, earlier, batch, parameters, output } = planned.value;
    const copied = await amountOf(checkpoint, is);
    const bytes = copied.bytes + bytesOf(checkpoint);
    const risks = await this.risks(checkpoint, is, { earlier, room: { bytes, free: await freeAt(output) } });
    const jobs = batch.jobs.map(({ name }) => name);
    return { ok: true, value: { parameters, output, jobs, copied, risks } };
  }

  /** Of its own task going on from it. */
  async checkResume(checkpoint: Checkpoint): Promise<readonly Risk[]> {
    const step = this.stepOf(checkpoint);
    return step === null
      ? []
      : this.risks(checkpoint, thenOf(step.step, checkpoint.task), { earlier: [], room: null });
  }

  async submit(
    checkpoint: Checkpoint,
    { force, why, ...wish }: ForkWish & { readonly force: boolean; readonly why: string | null },
  ): Promise<Result<SubmittedBatch>> {
    const original = this.stepOf(checkpoint)?.job.batch;
    const output = wish.output ?? (original === undefined ? null : this.besides(original, checkpoint.id));
    if (output !== null) this.promised.add(output);
    return this.submitTo(checkpoint, { ...wish, output }, { force, why }).finally(() => {
      if (output !== null) this.promised.delete(output);
    });
  }

  private async submitTo(
    checkpoint: Checkpoint,
    wish: ForkWish,
    { force, why }: { readonly force: boolean; readonly why: string | null },
  ): Promise<Result<SubmittedBatch>> {
    const checked = await this.check(checkpoint, wish);
    if (!checked.ok) return checked;
    const against = objection(checkpoint.id, checked.value.risks, force);
    if (against !== null) return { ok: false, refusal: against };
    const planned = await this.plan(checkpoint, { ...wish, output: checked.value.output });
    if (!planned.ok) return planned;
    const { batch, submission, output } = planned.value;
    const result = await this.farm.command({
      ...{ kind: 'submit', why, batch, outputFor: () => output },
      ...(submission === null ? {} : { submission }),
    });
    if (result.kind === 'refused') return { ok: false, refusal: result.refusal };
    const record = result.outcome.batch === null ? null : this.farm.state.batches.get(result.outcome.batch);
    if (record === null || record === undefined) throw new Error('a batch was accepted but is not there');
    const { id, jobs, counts } = record;
    const tasks = counts.reduce((sum, count) => sum + count, 0);
    return {
      ok: true,
      value: { batch: id, name: batch.name, jobs: jobs.map((job) => job.id), tasks, output },
    };
  }

  private async plan(checkpoint: Checkpoint, wish: ForkWish): Promise<Result<Planned>> {
    const { id, job, step: index, task } = checkpoint;
    const step = this.stepOf(checkpoint);
    const rule = step?.step.checkpoints;
    if (step === null || rule === undefined) return refusal('notFound', `There is no job ${job} any more.`);
    const problem = checkpoint.dropped ? 'it was deleted' : checkpoint.broken;
    if (problem !== null) return refusal('conflict', `${id} cannot be used: ${problem}.`);
    const original = step.job.batch;
    const output = wish.output ?? this.besides(original, id);
    if (!isAbsolute(output))
      return refusal('refused', `${output} is no whole path. Write one that begins at the root.`);
    if (isInside(original.output, output) || isInside(checkpoint.folder, output))
      return refusal(
        'refused',
        `${output} is in the folder of ${original.id}. A branch needs another one: give --output.`,
      );
    const read = await this.read(step, rule, checkpoint, wish.parameters, output);
    if (!read.ok) return read;
    const { batch, submission, parameters } = read.value;
    const forked = forkedBatch(batch, {
      ...{ job: step.job.job.name, step: step.step.name, task },
      parameters: taskParameters(step.step.space, task),
    });
    if (!forked.ok) return refusal('refused', `Nothing can begin from ${id} so: ${forked.message}.`);
    const { to, step: like, before } = forked.value;
    const folder = like.checkpoints === undefined ? output : savedIn(like.checkpoints, output);
    if (isInside(checkpoint.folder, folder))
      return refusal(
        'refused',
        `It would save its work in ${folder}, as ${job} does. Change the parameter that says so.`,
      );
    const known = await checkpointsOf(this.farm.store, { job, step: index, task });
    const needs = chainOf(checkpoint, known).map((one) => one.id);
    const fork = {
      ...{ checkpoint: id, madeAt: checkpoint.madeAt, at: checkpoint.at, to, needs },
      from: { job, step: index, task },
    };
    const name = `${original.batch.name} (${id})`;
    const branch: Batch = { ...forked.value.batch, name, output, fork };
    const is = thenOf(
      like,
      0,
      checkpoint.folder === folder ? {} : { [output]: original.output, [folder]: checkpoint.folder },
    );
    const earlier = before.map((one) => ({ name: one.job, text: textOf(one.step.action) }));
    return { ok: true, value: { is, earlier, batch: branch, submission, parameters, output } };
  }

  /** `/shows/owl/out-c12`, or with a number where that is there already, or is another branch's. */
  private besides({ output }: BatchRecord, id: string): string {
    const name = `${output.replace(/[\\/]+$/, '')}-${id}`;
    const taken = new Set([...this.farm.state.batches.values()].map((batch) => batch.output));
    for (let number = 1; ; number++) {
      const tried = number === 1 ? name : `${name}-${number}`;
      if (!taken.has(tried) && !this.promised.has(tried) && !existsSync(tried)) return tried;
    }
  }

  private stepOf({ job, step }: Checkpoint): StepRecord | null {
    return this.farm.state.jobs.get(job)?.steps[step] ?? null;
  }

  private async risks(
    checkpoint: Checkpoint,
    is: StepThen,
    { earlier, room }: Pick<Continuation, 'earlier' | 'room'>,
  ): Promise<readonly Risk[]> {
    const step = this.stepOf(checkpoint);
    if (step === null) return [];
    const { job, step: index, task } = checkpoint;
    const known = await checkpointsOf(this.farm.store, { job, step: index, task });
    const before = known.find(({ id }) => id === checkpoint.parent) ?? null;
    const nodes = [...this.farm.state.nodes.values()]
      .filter(
        ({ capacity, labels, pools }) =>
          capacity.cpu > 0 && unmetRequirement(step.step.needs, labels, pools) === null,
      )
      .map(({ name, probedLabels: labels }) => ({ name, labels }));
    const changedInputs = await inputsChanged(is, checkpoint.madeAt);
    return risksOf({
      checkpoint,
      before,
      was: thenOf(step.step, task),
      is,
      nodes,
      earlier,
      changedInputs,
      room,
    });
  }

  /** As it was submitted where nothing is changed: its recipe may be another one by now. */
  private async read(
    step: StepRecord,
    rule: CheckpointRule,
    checkpoint: Checkpoint,
    parameters: Values,
    output: string,
  ): Promise<Result<{ batch: Batch; submission: Submission | null; parameters: Values }>> {
    const original = step.job.batch;
    const submission = submissionOf(original);
    const isAsItWas = rule.folder === null && Object.keys(parameters).length === 0;
    if (submission === null) {
      if (!isAsItWas)
        return refusal(
          'conflict',
          `Drover does not know any more what ${original.id} was made of, so nothing can be changed.`,
        );
      return { ok: true, value: { batch: original.batch, submission, parameters: {} } };
    }
    const { folder = '/' } = submission;
    const elsewhere = Object.entries(submission.parameters).filter(
      ([, value]) => value !== '' && resolve(folder, value) === checkpoint.folder,
    );
    const changed: Submission = {
      ...submission,
      parameters: {
        ...submission.parameters,
        ...Object.fromEntries(elsewhere.map(([name]) => [name, output])),
        ...parameters,
      },
    };
    const read = await this.farm.submissions.read(changed);
    if (read.ok) {
      const offered = Object.entries(read.summary.parameters).filter(
        ([name]) => !elsewhere.some(([one]) => one === name),
      );
      const batch = isAsItWas ? original.batch : read.batch;
      return { ok: true, value: { batch, submission: changed, parameters: Object.fromEntries(offered) } };
    }
    if (isAsItWas) return { ok: true, value: { batch: original.batch, submission, parameters: {} } };
    return { ok: false, refusal: recipeRefusal(read) };
  }
}

/** Why it is not done; null: it is. `force`: also where it is risky. */
export function objection(id: CheckpointId, risks: readonly Risk[], force: boolean): Refusal | null {
  const textsOf = (level: Risk['level']): readonly string[] =>
    risks.filter((risk) => risk.level === level).map(({ text }) => text);
  const [refused, risky] = [textsOf('refused'), textsOf('risky')];
  if (refused.length > 0)
    return { code: 'refused', message: `Nothing can go on from ${id} so: ${refused.join('; ')}.` };
  if (risky.length === 0 || force) return null;
  const message = `It is risky to go on from ${id}: ${risky.join('; ')}. --force does it all the same.`;
  return { code: 'conflict', message };
}

/** `instead`: values that are another folder's, and what they are where the two are compared. */
const thenOf = (step: Step, task: number, instead: Values = {}): StepThen => ({
  step,
  values: Object.fromEntries(
    Object.entries({ ...step.parameters, ...taskParameters(step.space, task) }).map(([name, value]) => [
      name,
      instead[value] ?? value,
    ]),
  ),
});

async function amountOf(
  checkpoint: Checkpoint,
  { step, values }: StepThen,
): Promise<{ files: number; bytes: number }> {
  let [files, bytes] = [0, 0];
  if (!existsSync(checkpoint.folder)) return { files, bytes };
  const along = await alongIn(checkpoint.folder, step.checkpoints ?? {}, values);
  for await (const file of asItWas(checkpoint, new Set(along))) {
    files++;
    bytes += file.bytes;
  }
  return { files, bytes };
}

/** On the disk on which a folder is to be made. */
async function freeAt(folder: string): Promise<number> {
  for (let there = folder; ; there = dirname(there)) {
    const disk = await statfs(there).catch(() => null);
    if (disk !== null) return disk.bavail * disk.bsize;
    if (there === dirname(there)) return Infinity;
  }
}

/** Those of its values that are files, and what it is sent. */
async function inputsChanged({ step, values }: StepThen, since: number): Promise<readonly string[]> {
  const { folder, files } = step;
  const sent = files.kind === 'staged' ? files.send : [];
  const paths = new Set(
    [...sent, ...Object.values(values)].filter(Boolean).map((name) => resolve(folder, name)),
  );
  const changed: string[] = [];
  for (const path of paths) {
    const about = await stat(path).catch(() => null);
    if (about?.isFile() === true && about.mtimeMs > since) changed.push(path);
  }
  return changed;
}

function submissionOf({ submission, batch: { recipe } }: BatchRecord): Submission | null {
  if (submission !== null || recipe === null) return submission;
  return { source: { kind: 'file', path: recipe }, parameters: {} };
}

/** Also the folder itself. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && isWithin(way));
}

const refusal = (
  code: Refusal['code'],
  message: string,
): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, message },
});
