import type { Action } from './actions';
import type { Complaint } from './checks/complaint';
import { actionsOf, runSeed } from './run-seed';
import { inWords } from './words';

const mostRuns = 400;

export interface Shrunk {
  readonly actions: readonly Action[];
  readonly complaint: Complaint;
}

/** Leaves out whatever can be left out while the same check still fails: first halves, then ever smaller parts. */
export async function shrink(seed: number, complaint: Complaint): Promise<Shrunk> {
  let actions = actionsOf(seed);
  let found = complaint;
  let runs = 0;
  for (let parts = 2; actions.length > 0 && runs < mostRuns;) {
    const size = Math.ceil(actions.length / parts);
    let smaller: readonly Action[] | null = null;
    for (let from = 0; from < actions.length && smaller === null && runs < mostRuns; from += size) {
      const rest = [...actions.slice(0, from), ...actions.slice(from + size)];
      runs++;
      const again = (await runSeed(seed, rest)).complaint;
      if (again?.check !== complaint.check) continue;
      smaller = rest;
      found = again;
    }
    if (smaller !== null) {
      actions = smaller;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(actions.length, parts * 2);
  }
  return { actions, complaint: found };
}

/** What was found broken, and the shortest way to it. */
export async function report(seed: number, complaint: Complaint): Promise<string> {
  const shrunk = await shrink(seed, complaint);
  const { check, what, at } = shrunk.complaint;
  return [
    `seed ${seed}: ${check}, after ${at / 1000} s: ${what}`,
    `It takes ${shrunk.actions.length} actions:`,
    ...shrunk.actions.map(inWords),
  ].join('\n');
}
