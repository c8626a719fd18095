/** Takes what lies on the disk into what Drover knows: checked, kept, told. */
import { join } from 'node:path';
import type { Checkpoint, CheckpointFile, CheckpointRule } from '../../shared/model/checkpoint';
import type { AttemptId, NodeId } from '../../shared/model/ids';
import type { Store } from '../engine/ports';
import type { Report } from '../engine/reports';
import { candidatesIn, type Candidate } from './candidates';
import { tooMany } from './keep-rule';
import type { Keeper } from './keeper';
import type { Values } from './names';
import { howFar } from './how-far';
import { beforeAttempt, checkpointsOf, isSame, type TaskOf } from './tasks';
import { flawOf } from './whole';

export interface RegisterPorts {
  readonly store: Pick<Store, 'checkpoints'>;
  readonly keeper: Keeper;
  readonly report: (report: Report) => void;
  /** What a person should know. */
  readonly warn: (words: string) => void;
}

/** Whose files are looked at. */
export interface SavingTask extends TaskOf {
  readonly rule: CheckpointRule;
  /** Absolute, on this machine. */
  readonly folder: string;
  readonly values: Values;
  /** The attempt that has written them. */
  readonly attempt: AttemptId;
  readonly node: NodeId;
  readonly assignedAt: number;
}

export class Register {
  constructor(private readonly ports: RegisterPorts) {}

  /** Those of the candidates that are whole and new. What became of each, by its mark. */
  async take(
    saving: SavingTask,
    candidates: readonly Candidate[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, 'known' | 'flawed' | 'changed'>> {
    const outcomes = new Map<string, 'known' | 'flawed' | 'changed'>();
    for (const candidate of candidates) {
      if (signal.aborted) break;
      outcomes.set(candidate.mark, await this.takeOne(saving, candidate, signal));
    }
    return outcomes;
  }

  private async takeOne(
    saving: SavingTask,
    candidate: Candidate,
    signal: AbortSignal,
  ): Promise<'known' | 'flawed' | 'changed'> {
    const { rule, folder, job, step, task, attempt, node } = saving;
    let files: readonly CheckpointFile[];
    try {
      if ((await flawOf(folder, candidate, rule.whole)) !== null) return 'flawed';
      files = await this.keepAll(folder, candidate, signal);
      const again = await candidatesIn(folder, rule, saving.values);
      if (!again.some(({ mark }) => mark === candidate.mark)) return 'changed';
    } catch (error) {
      if (!signal.aborted) this.ports.warn(`${join(folder, candidate.name)}: ${wordsOf(error)}`);
      return 'changed';
    }
    const known = await checkpointsOf(this.ports.store, saving);
    if (
      known.some((other) => !other.dropped && other.broken === null && isSame(candidate.name, files, other))
    )
      return 'known';
    const before =
      known.find((other) => other.attempt === attempt) ?? beforeAttempt(known, saving.assignedAt);
    this.ports.report({
      kind: 'checkpointFound',
      checkpoint: {
        ...{ job, step, task, attempt, node, type: rule.type, name: candidate.name, folder, files },
        madeAt: Math.round(candidate.changedAt),
        at: howFar(candidate, rule),
        parent: before?.id ?? null,
      },
    });
    this.prune(saving, known);
    return 'known';
  }

  /** The one that was just found is not among the known. */
  private prune({ job, rule }: SavingTask, known: readonly Checkpoint[]): void {
    const { last, everyMs } = rule.keep;
    const checkpoints = tooMany(known, { last: Math.max(1, last - 1), everyMs });
    if (checkpoints.length > 0) this.ports.report({ kind: 'checkpointsDropped', job, checkpoints });
  }

  private async keepAll(
    folder: string,
    { files }: Candidate,
    signal: AbortSignal,
  ): Promise<readonly CheckpointFile[]> {
    const kept: CheckpointFile[] = [];
    for (const { path } of files)
      kept.push({ path, ...(await this.ports.keeper.keep(join(folder, path), signal)) });
    return kept;
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
