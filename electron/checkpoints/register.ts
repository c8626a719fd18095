/** Takes what lies on the disk into what Drover knows: checked, kept, told. */
import { join } from 'node:path';
import type {
  Checkpoint,
  CheckpointFile,
  CheckpointRule,
  ReportedValues,
  FoundCheckpoint,
} from '../../shared/model/checkpoint';
import type { AttemptId, NodeId } from '../../shared/model/ids';
import type { Store } from '../engine/ports';
import type { Report } from '../engine/reports';
import { candidatesIn, type Candidate } from './candidates';
import { mostAtOnce, tooMany } from './keep-rule';
import type { Keeper } from './keeper';
import type { Values } from './names';
import { howFar } from './how-far';
import { beforeAttempt, checkpointsOf, isSame, metBy, type Content, type TaskOf } from './tasks';
import { flawIn } from './check';

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
  /** That of its step, as well. */
  readonly stepFolder: string;
  readonly values: Values;
  /** The attempt that has written them. */
  readonly attempt: AttemptId;
  readonly node: NodeId;
  readonly assignedAt: number;
  /** What it has reported last; missing: nothing. */
  readonly reported?: ReportedValues;
  /** It was asked to save its work, and is stopped when it has. */
  readonly isAwaited?: boolean;
  /** With their versions, as far as its node tells them. */
  readonly programs: readonly string[];
  /** The program itself writes there; otherwise files are brought there. */
  readonly isWrittenHere: boolean;
}

/** Attempts whose last is remembered. */
const mostTold = 1000;

export class Register {
  /** The last of each attempt: before it is in the store, another look may come upon it. */
  private readonly told = new Map<AttemptId, Content>();

  constructor(private readonly ports: RegisterPorts) {}

  /** Those of the candidates, the oldest first, that are whole and new. What became of each, by its mark. */
  async take(
    saving: SavingTask,
    candidates: readonly Candidate[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, 'known' | 'flawed' | 'changed'>> {
    const { folder, rule, values } = saving;
    const outcomes = new Map<string, 'known' | 'flawed' | 'changed'>();
    const kept = new Map<Candidate, readonly CheckpointFile[]>();
    if (candidates.length === 0) return outcomes;
    const most = mostAtOnce(rule);
    const met = new Set((await metBy(this.ports.store, saving)).filter(isIntact).map(looksOf));
    let newest = 0;
    // The newest first: a program may write many in a second, of which the others would be given up at once.
    for (const candidate of candidates.toReversed()) {
      if (signal.aborted) return outcomes;
      const isMet =
        newest >= most || met.has(looksOf({ ...candidate, madeAt: Math.round(candidate.changedAt) }));
      const files = isMet ? 'known' : await this.keepWhole(saving, candidate, signal);
      if (isMet || typeof files !== 'string') newest++;
      if (typeof files === 'string') outcomes.set(candidate.mark, files);
      else kept.set(candidate, files);
    }
    if (kept.size === 0) return outcomes;
    const still = new Set((await candidatesIn(folder, rule, values)).map(({ mark }) => mark));
    for (const [candidate, files] of [...kept].toReversed()) {
      const isStill = still.has(candidate.mark);
      outcomes.set(candidate.mark, isStill ? 'known' : 'changed');
      if (isStill) await this.tell(saving, candidate, files);
    }
    return outcomes;
  }

  /** A word: why it is not kept. */
  private async keepWhole(
    task: SavingTask,
    candidate: Candidate,
    signal: AbortSignal,
  ): Promise<readonly CheckpointFile[] | 'flawed' | 'changed'> {
    const { folder } = task;
    try {
      if ((await flawIn(folder, candidate, task, signal)) !== null) return 'flawed';
      return await this.keepAll(folder, candidate, signal);
    } catch (error) {
      if (!signal.aborted) this.ports.warn(`${join(folder, candidate.name)}: ${wordsOf(error)}`);
      return 'changed';
    }
  }

  /** Unless the same is known already. */
  private async tell(
    saving: SavingTask,
    candidate: Candidate,
    files: readonly CheckpointFile[],
  ): Promise<void> {
    const { rule, folder, job, step, task, attempt, node, programs, reported = {} } = saving;
    const known = await checkpointsOf(this.ports.store, saving);
    const same = known.filter((other) => isSame(candidate.name, files, other));
    const last = this.told.get(attempt);
    const isUnderWay = same.length === 0 && last !== undefined && isSame(candidate.name, files, last);
    const madeAt = Math.round(candidate.changedAt);
    // What was given up may lie there under another name; with another time it was written once more.
    const isKnown = (other: Checkpoint): boolean => !other.dropped || other.madeAt === madeAt;
    if (isUnderWay || same.filter(isIntact).some(isKnown)) return;
    this.remember(attempt, { name: candidate.name, files });
    const before =
      known.find((other) => other.attempt === attempt) ?? beforeAttempt(known, saving.assignedAt);
    this.ports.report({
      kind: 'checkpointFound',
      checkpoint: {
        ...{ job, step, task, attempt, node, type: rule.type, name: candidate.name, folder, files },
        madeAt,
        at: howFar(candidate, rule),
        parent: before?.id ?? null,
        ...(Object.keys(reported).length === 0 ? {} : { values: reported }),
        ...(programs.length === 0 ? {} : { programs }),
        ...writingOf(saving, candidate, before),
      },
    });
    this.prune(saving, known);
  }

  private remember(attempt: AttemptId, content: Content): void {
    this.told.delete(attempt);
    this.told.set(attempt, content);
    const [oldest] = this.told.keys();
    if (this.told.size > mostTold && oldest !== undefined) this.told.delete(oldest);
  }

  /** The one that was just found is not among the known. */
  private prune({ job, rule, reported }: SavingTask, known: readonly Checkpoint[]): void {
    const own = known.filter((one) => one.job === job);
    const last = Math.max(1, rule.keep.last - 1);
    const checkpoints = tooMany(own, { ...rule.keep, last }, reported);
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

const isIntact = ({ broken }: Checkpoint): boolean => broken === null;

/** Without a look into it: what it is called, when it was made, and how large its files are. */
const looksOf = ({ name, madeAt, files }: Pick<Checkpoint, 'name' | 'madeAt'> & Sized): string =>
  [name, madeAt, ...files.map(({ path, bytes }) => `${path} ${bytes}`)].join('\n');

interface Sized {
  readonly files: readonly Pick<CheckpointFile, 'path' | 'bytes'>[];
}

/** A file that was there before, or was put back, does not tell when it was begun. */
function writingOf(
  { attempt, isWrittenHere }: SavingTask,
  { files }: Candidate,
  before: Checkpoint | null,
): Pick<FoundCheckpoint, 'writingMs'> {
  const begunAt = Math.min(...files.map((file) => file.begunAt));
  const writingMs = Math.max(...files.map((file) => file.writtenAt)) - begunAt;
  const isNew = before === null || (before.attempt === attempt && begunAt >= before.madeAt);
  return isWrittenHere && isNew && writingMs > 0 ? { writingMs } : {};
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
