/** Checkpoints that leave the farm, and that come from elsewhere. */
import { isAbsolute } from 'node:path';
import type { CheckpointImport } from '../../shared/ipc/checkpoints';
import { bytesOf } from '../../shared/model/checkpoint';
import { taskLabel } from '../../shared/model/space';
import { whyNoImport } from '../engine/decide-checkpoints';
import type { JobRecord, StepRecord } from '../engine/state';
import { thisMachine } from '../farm-nodes';
import { savesIn } from '../farm-checkpoints';
import type { Host } from '../host';
import { findCheckpoint } from './checkpoints';
import { done } from './done';
import { find, Refused } from './find';
import type { Handlers } from './handlers';

export const archiveHandlers: Handlers<'checkpoint.export' | 'checkpoint.import'> = {
  'checkpoint.export': async (host, { checkpoint: id, file, replaces }) => {
    const checkpoint = await findCheckpoint(host, id);
    if (checkpoint.dropped) throw conflict(`${id} was deleted.`);
    expectAbsolute(file);
    const record = host.state.jobs.get(checkpoint.job);
    const step = record?.steps[checkpoint.step];
    const of = {
      job: record?.job.name ?? checkpoint.job,
      step: step?.step.name ?? '',
      task: step === undefined ? '' : taskLabel(step.step.space, checkpoint.task),
      node: host.state.nodes.get(checkpoint.node)?.name ?? checkpoint.node,
    };
    await host.saved.export(checkpoint, of, file, replaces).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw conflict(`${file} is there already. --force writes over it.`);
      throw conflict(`${id} could not be exported to ${file}: ${wordsOf(error)}.`);
    });
    return { file, bytes: bytesOf(checkpoint) };
  },
  'checkpoint.import': async (host, wish) => {
    const { file, why } = wish;
    expectAbsolute(file);
    const { job, step, index, task } = placeOf(host, wish);
    const problem = whyNoImport(job, index, task);
    const rule = step.step.checkpoints;
    if (problem !== null || rule === undefined) throw conflict(problem ?? 'It has no rule for checkpoints.');
    const { type, name, madeAt, at, files } = await host.saved.import(file).catch((error: unknown) => {
      throw conflict(`${file} was not imported: ${wordsOf(error)}.`);
    });
    const checkpoint = {
      ...({ job: job.id, step: index, task, attempt: 'a-import', node: thisMachine, type, name } as const),
      ...{ folder: savesIn(step, rule), files, madeAt, at, parent: null },
    };
    done(await host.command({ kind: 'importCheckpoint', why, job: job.id, checkpoint }));
    const known = await host.store.checkpoints({ of: 'task', job: job.id, step: index, task }, Infinity, 10);
    const imported = known.find((one) => one.attempt === checkpoint.attempt);
    if (imported === undefined) throw new Error('what was imported is in the store');
    return { checkpoint: imported.id };
  },
};

interface ImportPlace {
  readonly job: JobRecord;
  readonly step: StepRecord;
  readonly index: number;
  readonly task: number;
}

function placeOf({ state }: Host, { what, step: name, task }: CheckpointImport): ImportPlace {
  const found = find(state, what);
  const job = 'jobs' in found ? only(found.jobs) : found;
  if (job === null) throw conflict(`${what} has several jobs: name the one it is for.`);
  const index = name === null ? 0 : job.steps.findIndex(({ step }) => step.name === name);
  const step = job.steps[index];
  if (name === null && job.steps.length > 1)
    throw conflict(
      `${job.id} has several steps: name the one it is for, as ${job.id}/${step?.step.name ?? ''}.`,
    );
  if (step === undefined) throw conflict(`${job.id} has no step ${name ?? ''}.`);
  if (task === null && step.count > 1)
    throw conflict(
      `${job.id} has several tasks: name the one it is for, as ${job.id}/${step.step.name}/0 for the first.`,
    );
  return { job, step, index, task: task ?? 0 };
}

const only = <Item>(items: readonly Item[]): Item | null => (items.length === 1 ? (items[0] ?? null) : null);

function expectAbsolute(file: string): void {
  if (!isAbsolute(file)) throw conflict(`${file} is no absolute path.`);
}

const conflict = (message: string): Refused => new Refused({ code: 'conflict', message });
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
