/** What is known of the checkpoints of one task. */
import { isAbsolute } from 'node:path';
import type {
  Checkpoint,
  CheckpointFile,
  CheckpointId,
  CheckpointRule,
  Fork,
} from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import type { Store } from '../engine/ports';
import type { ReportOf } from '../engine/reports';

export interface TaskOf {
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
  /** Of a branch: where it began, and the folder in which that is to lie now. Missing: it began as others do. */
  readonly origin?: Origin;
}

export interface Origin {
  readonly fork: Fork;
  readonly folder: string;
}

/** More of one task need not be compared with what is new. */
const mostKnown = 1000;

/** The newest first; of a branch also that from which it began, with those that it is nothing without. */
export async function checkpointsOf(
  store: Pick<Store, 'checkpoints'>,
  { job, step, task, origin }: TaskOf,
): Promise<readonly Checkpoint[]> {
  const own = await store.checkpoints({ of: 'task', job, step, task }, Infinity, mostKnown);
  if (origin === undefined) return own;
  const before: Checkpoint[] = [];
  for (const id of origin.fork.needs.toReversed()) {
    const checkpoint = await checkpointOf(store, id);
    if (checkpoint !== null) before.push({ ...checkpoint, folder: origin.folder });
  }
  return [...own, ...before];
}

/** What may lie in its folder: a branch begins with all that the original had made. */
export async function metBy(
  store: Pick<Store, 'checkpoints'>,
  { origin, ...task }: TaskOf,
): Promise<readonly Checkpoint[]> {
  const own = await checkpointsOf(store, task);
  if (origin === undefined) return own;
  return [...own, ...(await store.checkpoints({ of: 'task', ...origin.fork.from }, Infinity, mostKnown))];
}

export async function checkpointOf(
  store: Pick<Store, 'checkpoints'>,
  checkpoint: CheckpointId,
): Promise<Checkpoint | null> {
  const [found] = await store.checkpoints({ of: 'one', checkpoint }, Infinity, 1);
  return found ?? null;
}

export const newestUsable = (known: readonly Checkpoint[]): Checkpoint | null =>
  known.find(({ broken, dropped }) => broken === null && !dropped) ?? null;

/** With those before it that it is nothing without; the oldest first. */
export function chainOf(checkpoint: Checkpoint, known: readonly Checkpoint[]): readonly Checkpoint[] {
  const chain = [checkpoint];
  for (let [first] = chain; first?.type === 'INCREMENTAL' || first?.type === 'DELTA'; [first] = chain) {
    const { parent } = first;
    const before = known.find(({ id, dropped }) => id === parent && !dropped);
    if (before === undefined || chain.includes(before)) break;
    chain.unshift(before);
  }
  return chain;
}

/** That it cannot be used; of all that are known of its task, the newest other one that can is next. */
export function brokenReport(
  { id, job, step, task }: Checkpoint,
  reason: string,
  known: readonly Checkpoint[],
): ReportOf<'checkpointBroken'> {
  const next = newestUsable(known.filter((one) => one.id !== id));
  const newest = next === null ? null : { checkpoint: next.id, madeAt: next.madeAt };
  return { kind: 'checkpointBroken', checkpoint: { id, job, step, task }, reason, newest };
}

/** What the attempt found when it began. */
export const beforeAttempt = (known: readonly Checkpoint[], assignedAt: number): Checkpoint | null =>
  newestUsable(known.filter(({ foundAt }) => foundAt <= assignedAt));

/** What a checkpoint is made of. */
export type Content = Pick<Checkpoint, 'name' | 'files'>;

/** The same bytes, under whatever name they lie: a program that keeps two renames the older one. */
export function isSame(name: string, files: readonly CheckpointFile[], other: Content): boolean {
  const content = (of: string, list: readonly CheckpointFile[]): string =>
    list.map(({ path, hash }) => `${path.startsWith(of) ? path.slice(of.length) : path} ${hash}`).join('\n');
  return content(name, files) === content(other.name, other.files);
}

/** Where the tasks of a step save their work. */
export const savedIn = ({ folder }: Pick<CheckpointRule, 'folder'>, output: string): string =>
  folder !== null && isAbsolute(folder) ? folder : output;
