/** Facts for the tests of the stores. */
import type { AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { CheckpointId } from '../../shared/model/checkpoint';
import type { AttemptId } from '../../shared/model/ids';
import type { Fact, FactOf } from '../engine/facts';
import type { Store } from '../engine/ports';

export const submitted: FactOf<'batchSubmitted'> = {
  kind: 'batchSubmitted',
  at: 1,
  by: 'Ann "the boss" O\'Hara \u{1F40E}',
  why: null,
  id: 'b1',
  output: '/out\nb1',
  batch: { name: 'Test', recipe: null, output: null, tenant: 'studio', jobs: [], dependencies: [] },
  schedule: null,
};

export const ended: Fact = { kind: 'batchEnded', at: 100, id: 'b1', state: 'COMPLETED' };

export const assigned = (attempt: AttemptId, task: number, at = 10 + task): FactOf<'taskAssigned'> => ({
  kind: 'taskAssigned',
  at,
  attempt,
  job: 'b1.render',
  step: 0,
  task,
  node: 'local',
  special: null,
});

const used: AttemptUsage = { peakMemoryMiB: 812.5, cpuMs: 61_000, wallMs: 8000 };

export const finished = (
  attempt: AttemptId,
  end: AttemptEnd = { kind: 'exited', code: 0 },
  usage: AttemptUsage | null = used,
): FactOf<'attemptFinished'> => ({
  kind: 'attemptFinished',
  at: 99,
  attempt,
  end,
  usage,
  next: 'COMPLETED',
  until: null,
  memoryMiB: null,
});

export const checkpoint = (id: CheckpointId, task: number): FactOf<'checkpointFound'> => ({
  kind: 'checkpointFound',
  at: 50,
  checkpoint: {
    ...{ id, job: 'b1.render', step: 0, task, attempt: 'a-1', node: 'local', type: 'FULL' },
    ...{ name: 'state\n"1"', folder: '/out', madeAt: 49, at: 12.5, parent: null },
    files: [{ path: 'state\n"1"', bytes: 3, hash: 'ab' }],
  },
});

/** `count` attempts, numbered from `from`: assigned and ended. */
export const attemptsRun = (from: number, count: number): readonly Fact[] =>
  Array.from({ length: count }, (_, index): Fact[] => [
    assigned(`a-x-${from + index}`, from + index),
    finished(`a-x-${from + index}`),
  ]).flat();

export interface Loaded {
  readonly snapshot: readonly number[] | null;
  readonly facts: readonly Fact[];
  readonly warnings: readonly string[];
}

export async function load(store: Store): Promise<Loaded> {
  let snapshot: readonly number[] | null = null;
  const facts: Fact[] = [];
  const warnings = await store.load(
    (state) => {
      snapshot = [...state];
    },
    (fact) => facts.push(fact),
  );
  return { snapshot, facts, warnings };
}

export const factsOf = async (store: Store): Promise<readonly Fact[]> => (await load(store)).facts;
