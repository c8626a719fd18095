import type { Action } from './actions';
import type { Complaint } from './checks/complaint';
import { makeActions } from './make-actions';
import { Random } from './random';
import { nodeNames, World, type WorldStatistics } from './world';

export interface Outcome {
  readonly complaint: Complaint | null;
  readonly statistics: WorldStatistics;
}

export function actionsOf(seed: number): readonly Action[] {
  return makeActions(new Random(seed).fork('actions'), nodeNames(seed));
}

/** The same seed and the same actions give the same run, to the bit. */
export async function runSeed(seed: number, actions = actionsOf(seed)): Promise<Outcome> {
  const world = new World(seed);
  const complaint = await world.run(actions);
  return { complaint, statistics: world.statistics };
}
