import type { Farm } from '../engine/farm-for-tests';
import type { ShownFarm } from './rows';

/** A farm of tests as it is shown: nothing is told of its progress, and nothing foretold. */
export function shownFarm(farm: Farm): ShownFarm {
  const { state, scheduler } = farm.engine;
  return {
    state,
    scheduler,
    store: { attempts: async () => [] },
    now: () => farm.time,
    progress: { of: () => null },
    reportOf: () => null,
    forecastOf: () => null,
  };
}
