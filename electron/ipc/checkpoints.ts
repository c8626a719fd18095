/** What tasks can go on from: listed, verified, chosen, tagged, deleted. */
import type {
  CheckpointRow,
  CheckpointsInWindow,
  CheckpointWindow,
  CheckpointWord,
  JobCheckpointUse,
  JobIntervalPlan,
} from '../../shared/ipc/checkpoints';
import { bytesOf, type Checkpoint, type CheckpointId } from '../../shared/model/checkpoint';
import type { JobId, NodeId } from '../../shared/model/ids';
import { taskLabel } from '../../shared/model/space';
import type { WhichCheckpoints } from '../engine/ports';
import type { FarmState } from '../engine/state';
import { objection } from '../forks';
import type { Host } from '../host';
import { intervalPlans } from '../interval-plans';
import { branchesIn } from '../engine/forks';
import { changed, done, valueOf } from './done';
import { find, Refused } from './find';
import type { Handlers } from './handlers';

export const checkpointHandlers: Handlers<
  | 'checkpoint.list'
  | 'checkpoint.about'
  | 'checkpoint.preview'
  | 'checkpoint.verify'
  | 'checkpoint.note'
  | 'checkpoint.use'
  | 'checkpoint.prune'
  | 'checkpoint.resume'
  | 'checkpoint.checkResume'
  | 'checkpoint.checkFork'
  | 'checkpoint.fork'
  | 'checkpoint.plan'
  | 'checkpoint.tag'
  | 'checkpoint.drop'
> = {
  'checkpoint.list': async (host, { what, before, count }) => ({
    checkpoints: await checkpointRows(host, which(host, what), before ?? Infinity, count),
  }),
  'checkpoint.verify': async (host, { checkpoint }) => {
    const found = await findCheckpoint(host, checkpoint);
    return { checkpoint, problem: found.broken ?? (await host.saved.verify(found)) };
  },
  'checkpoint.about': async (host, { checkpoint }) => {
    const found = await findCheckpoint(host, checkpoint);
    const parents = await parentsOf(host, found);
    const [row, ...before] = await Promise.all([found, ...parents].map((one) => usedRow(host, one)));
    if (row === undefined) throw new Error('a checkpoint that was found has a row');
    const frees = found.dropped ? 0 : await host.saved.wouldFree([found]).catch(() => null);
    return { checkpoint: row, parents: before, frees };
  },
  'checkpoint.preview': async (host, { checkpoint, file: place }) => {
    const { files, dropped } = await findCheckpoint(host, checkpoint);
    const file = files[place];
    if (file === undefined || dropped)
      throw new Refused({ code: 'notFound', message: `${checkpoint} was deleted, or has no such file.` });
    return host.saved.preview(file).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refused({ code: 'conflict', message: `${file.path} cannot be shown: ${reason}.` });
    });
  },
  'checkpoint.checkResume': async (host, { checkpoint }) => ({
    risks: await host.forks.checkResume(await findCheckpoint(host, checkpoint)),
  }),
  'checkpoint.resume': async (host, { checkpoint, why, force = false }) => {
    const found = await findCheckpoint(host, checkpoint);
    const { job, step, task, madeAt, broken, dropped } = found;
    const problem = dropped ? 'it was deleted' : broken;
    if (problem !== null)
      throw new Refused({ code: 'conflict', message: `${checkpoint} cannot be used: ${problem}.` });
    const against = objection(checkpoint, await host.forks.checkResume(found), force);
    if (against !== null) throw new Refused(against);
    return changed(await host.command({ kind: 'resume', why, job, step, task, checkpoint, madeAt }));
  },
  'checkpoint.checkFork': async (host, { checkpoint, ...wish }) =>
    valueOf(await host.forks.check(await findCheckpoint(host, checkpoint), wish)),
  'checkpoint.fork': async (host, { checkpoint, ...wish }) =>
    valueOf(await host.forks.submit(await findCheckpoint(host, checkpoint), wish)),
  'checkpoint.plan': async (host, { what, costMs }) => {
    const found = find(host.state, what);
    const plans: JobIntervalPlan[] = [];
    for (const job of 'jobs' in found ? found.jobs : [found])
      for (const plan of await intervalPlans(host, job, costMs)) plans.push({ job: job.id, ...plan });
    return { plans };
  },
  'checkpoint.tag': async (host, { checkpoint, tag, why }) => {
    const { job } = await findCheckpoint(host, checkpoint);
    done(await host.command({ kind: 'tagCheckpoint', why, job, checkpoint, tag }));
    return {};
  },
  'checkpoint.note': async (host, { checkpoint, note, why }) => {
    const { job } = await findCheckpoint(host, checkpoint);
    done(await host.command({ kind: 'noteCheckpoint', why, job, checkpoint, note }));
    return {};
  },
  'checkpoint.use': async (host, { what, keep }) => {
    const found = await host.saved.use(which(host, what), keep);
    return { jobs: found.jobs.map((one) => useRow(host, one)), frees: found.frees };
  },
  'checkpoint.prune': async (host, { what, keep, why }) => {
    const found = await host.saved.use(which(host, what), keep);
    const problems: string[] = [];
    for (const { job, givenUp } of found.jobs) {
      if (givenUp.length === 0) continue;
      const checkpoints = givenUp.map(({ id }) => id);
      const result = await host.command({ kind: 'dropCheckpoints', why, job, checkpoints });
      if (result.kind === 'refused') problems.push(result.refusal.message);
    }
    return { jobs: found.jobs.map((one) => useRow(host, one)), frees: found.frees, problems };
  },
  'checkpoint.drop': async (host, { checkpoint, why }) => {
    const { job, tag } = await findCheckpoint(host, checkpoint);
    if (tag !== null)
      throw new Refused({
        code: 'conflict',
        message: `${checkpoint} has the tag ${tag}. Take the tag off before you delete it.`,
      });
    return changed(await host.command({ kind: 'dropCheckpoints', why, job, checkpoints: [checkpoint] }));
  },
};

const useRow = (
  { state }: Pick<Host, 'state'>,
  { job, checkpoints, bytes, givenUp }: Awaited<ReturnType<Host['saved']['use']>>['jobs'][number],
): JobCheckpointUse => ({
  ...{ job, checkpoints, bytes, givenUp: givenUp.length },
  jobName: state.jobs.get(job)?.job.name ?? job,
  givenUpBytes: givenUp.reduce((sum, one) => sum + bytesOf(one), 0),
});

function which(host: Host, what: string | null): WhichCheckpoints {
  if (what === null) return { of: 'all' };
  const found = find(host.state, what);
  return 'jobs' in found ? { of: 'batch', batch: found.id } : { of: 'job', job: found.id };
}

export async function findCheckpoint({ store }: Host, checkpoint: CheckpointId): Promise<Checkpoint> {
  const [found] = await store.checkpoints({ of: 'one', checkpoint }, Infinity, 1);
  if (found !== undefined) return found;
  throw new Refused({
    code: 'notFound',
    message: `There is no checkpoint ${checkpoint}. drover checkpoints lists those there are.`,
  });
}

export async function checkpointRows(
  host: Pick<Host, 'store' | 'state'>,
  of: WhichCheckpoints,
  before: number,
  count: number,
): Promise<readonly CheckpointRow[]> {
  const found = await host.store.checkpoints(of, before, count);
  const branches = branchesIn(host.state);
  return Promise.all(found.map((one) => usedRow(host, one, branches)));
}

async function usedRow(
  host: Pick<Host, 'store' | 'state'>,
  one: Checkpoint,
  branches = branchesIn(host.state),
): Promise<CheckpointRow> {
  const attempts = await host.store.wentOn(one.job, one.step, one.task);
  const usedBy = attempts.filter(({ from, line }) => from === one.id && line !== null);
  const uses = { usedBy: usedBy.map(({ attempt }) => attempt), branches: branches.get(one.id) ?? [] };
  return checkpointRow(host, { ...one, ...uses });
}

const mostParents = 100;

async function parentsOf(
  { store }: Pick<Host, 'store'>,
  { parent }: Checkpoint,
): Promise<readonly Checkpoint[]> {
  const parents: Checkpoint[] = [];
  for (let next = parent; next !== null && parents.length < mostParents;) {
    const [found] = await store.checkpoints({ of: 'one', checkpoint: next }, Infinity, 1);
    if (found === undefined) break;
    parents.push(found);
    next = found.parent;
  }
  return parents;
}

/** Some of those that a filter keeps. */
export async function checkpointsInWindow(
  host: Pick<Host, 'store' | 'state'>,
  { job, filter, from, count }: CheckpointWindow,
): Promise<CheckpointsInWindow> {
  const words = filter.words.map((word) => ({ ...word, ...meantBy(host.state, word) }));
  const found = await host.store.findCheckpoints({ ...filter, words, job, from, count });
  const branches = branchesIn(host.state);
  const checkpoints = found.checkpoints.map((one) =>
    checkpointRow(host, { ...one, branches: branches.get(one.id) ?? [] }),
  );
  return { ...found, from, checkpoints };
}

interface MeantBy {
  readonly jobs: readonly JobId[];
  readonly nodes: readonly NodeId[];
}

/** Which jobs and nodes are called something with that in it. */
function meantBy(state: FarmState, { text, of }: CheckpointWord): MeantBy {
  const word = text.toLowerCase();
  const has = (name: string): boolean => name.toLowerCase().includes(word);
  const ofJobs = of === 'any' || of === 'job' ? [...state.jobs.values()] : [];
  const ofNodes = of === 'any' || of === 'node' ? [...state.nodes.values()] : [];
  const jobs = ofJobs.filter(({ id, job, batch }) => has(id) || has(job.name) || has(batch.batch.name));
  return {
    jobs: jobs.map(({ id }) => id),
    nodes: ofNodes.filter(({ id, name }) => has(id) || has(name)).map(({ id }) => id),
  };
}

function checkpointRow(
  { state }: Pick<Host, 'state'>,
  checkpoint: Checkpoint & Pick<CheckpointRow, 'usedBy' | 'branches'>,
): CheckpointRow {
  const { job, step, task, node, id } = checkpoint;
  const record = state.jobs.get(job);
  const of = record?.steps[step];
  return {
    ...checkpoint,
    jobName: record?.job.name ?? job,
    stepName: of?.step.name ?? '',
    label: of === undefined ? '' : taskLabel(of.step.space, task),
    nodeName: state.nodes.get(node)?.name ?? node,
    isNext: of?.saved.get(task)?.checkpoint === id,
  };
}
