/** What another rule than that of the steps would give up, and what all of it takes. */
import type { Checkpoint, CheckpointId, KeepRule } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import { bytesOf, checkpointNumber } from '../../shared/model/checkpoint';
import { tooMany } from './keep-rule';

export interface JobUse {
  readonly job: JobId;
  /** Those that are not deleted. */
  readonly checkpoints: number;
  readonly bytes: number;
  readonly givenUp: readonly Checkpoint[];
}

/**
 * `all`: of one job. `isNeeded`: what a task would go on from. Null as a rule: nothing is given up.
 * What is kept and is not enough by itself keeps what it builds on.
 */
export function whatJobHas(
  job: JobId,
  all: readonly Checkpoint[],
  rule: KeepRule | null,
  isNeeded: (checkpoint: Checkpoint) => boolean,
): JobUse {
  const present = all.filter(({ dropped }) => !dropped);
  const bytes = present.reduce((sum, one) => sum + bytesOf(one), 0);
  const tasks = new Map<string, Checkpoint[]>();
  for (const one of present.toSorted((a, b) => checkpointNumber(b.id) - checkpointNumber(a.id))) {
    const task = `${one.step} ${one.task}`;
    const known = tasks.get(task);
    if (known === undefined) tasks.set(task, [one]);
    else known.push(one);
  }
  const unwanted = new Set<CheckpointId>();
  if (rule !== null)
    for (const known of tasks.values()) for (const id of tooMany(known, rule)) unwanted.add(id);
  const byId = new Map(present.map((one) => [one.id, one]));
  for (const one of present) if (isNeeded(one)) unwanted.delete(one.id);
  for (const one of present) if (!unwanted.has(one.id)) keepBefore(one, byId, unwanted);
  return { job, checkpoints: present.length, bytes, givenUp: present.filter(({ id }) => unwanted.has(id)) };
}

function keepBefore(
  kept: Checkpoint,
  byId: ReadonlyMap<CheckpointId, Checkpoint>,
  unwanted: Set<CheckpointId>,
): void {
  for (let one: Checkpoint | undefined = kept; one !== undefined && one.type !== 'FULL';) {
    const before: Checkpoint | undefined = one.parent === null ? undefined : byId.get(one.parent);
    if (before === undefined || !unwanted.delete(before.id)) return;
    one = before;
  }
}
