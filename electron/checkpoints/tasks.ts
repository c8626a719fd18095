/** What is known of the checkpoints of one task. */
import type { Checkpoint, CheckpointFile } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import type { Store } from '../engine/ports';
import type { ReportOf } from '../engine/reports';

export interface TaskOf {
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
}

/** More of one task need not be compared with what is new. */
const mostKnown = 1000;

/** The newest first. */
export const checkpointsOf = (
  store: Pick<Store, 'checkpoints'>,
  task: TaskOf,
): Promise<readonly Checkpoint[]> => store.checkpoints({ of: 'task', ...task }, Infinity, mostKnown);

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

/** The same bytes, under whatever name they lie: a program that keeps two renames the older one. */
export function isSame(name: string, files: readonly CheckpointFile[], other: Checkpoint): boolean {
  const content = (of: string, list: readonly CheckpointFile[]): string =>
    list.map(({ path, hash }) => `${path.startsWith(of) ? path.slice(of.length) : path} ${hash}`).join('\n');
  return content(name, files) === content(other.name, other.files);
}
