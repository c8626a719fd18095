/** What tasks can go on from: listed, verified, chosen, tagged, deleted. */
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import type { Checkpoint, CheckpointId } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import { taskLabel } from '../../shared/model/space';
import type { WhichCheckpoints } from '../engine/ports';
import type { Host } from '../host';
import { branchesIn } from '../engine/forks';
import { changed, done, valueOf } from './done';
import { find, Refused } from './find';
import type { Handlers } from './handlers';

export const checkpointHandlers: Handlers<
  | 'checkpoint.list'
  | 'checkpoint.verify'
  | 'checkpoint.resume'
  | 'checkpoint.checkFork'
  | 'checkpoint.fork'
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
  'checkpoint.resume': async (host, { checkpoint, why }) => {
    const { job, step, task, madeAt, broken, dropped } = await findCheckpoint(host, checkpoint);
    const problem = dropped ? 'it was deleted' : broken;
    if (problem !== null)
      throw new Refused({ code: 'conflict', message: `${checkpoint} cannot be used: ${problem}.` });
    return changed(await host.command({ kind: 'resume', why, job, step, task, checkpoint, madeAt }));
  },
  'checkpoint.checkFork': async (host, { checkpoint, ...wish }) =>
    valueOf(await host.forks.check(await findCheckpoint(host, checkpoint), wish)),
  'checkpoint.fork': async (host, { checkpoint, why, ...wish }) =>
    valueOf(await host.forks.submit(await findCheckpoint(host, checkpoint), wish, why)),
  'checkpoint.tag': async (host, { checkpoint, tag, why }) => {
    const { job } = await findCheckpoint(host, checkpoint);
    done(await host.command({ kind: 'tagCheckpoint', why, job, checkpoint, tag }));
    return {};
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

function which(host: Host, what: string | null): WhichCheckpoints {
  if (what === null) return { of: 'all' };
  const found = find(host.state, what);
  return 'jobs' in found ? { of: 'batch', batch: found.id } : { of: 'job', job: found.id };
}

async function findCheckpoint({ store }: Host, checkpoint: CheckpointId): Promise<Checkpoint> {
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
  return found.map((checkpoint) => rowOf(host, checkpoint, branches.get(checkpoint.id) ?? []));
}

function rowOf(
  { state }: Pick<Host, 'state'>,
  checkpoint: Checkpoint,
  branches: readonly JobId[],
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
    branches,
  };
}
