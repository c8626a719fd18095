/** What to ask for next time, by what was seen this time. */
import type { Gathered } from '../gather/gather';
import { suggestCpu } from './cpu';
import { suggestMemory } from './memory';
import { suggestNodes } from './nodes';
import type { Suggestion } from './suggestion';
import { suggestTimeout } from './timeouts';

const rules = [suggestMemory, suggestCpu, suggestTimeout];
const most = 100;

/** First those for the steps that took most of the time. */
export function suggestions({ steps, nodes }: Pick<Gathered, 'steps' | 'nodes'>): readonly Suggestion[] {
  const ofSteps = steps
    .toSorted((a, b) => b.report.run.totalMs - a.report.run.totalMs)
    .flatMap((found) =>
      rules.flatMap((rule) => {
        const suggestion = rule(found);
        const { job, step } = found.report;
        return suggestion === null ? [] : [{ ...suggestion, job, step, node: null }];
      }),
    );
  return [...suggestNodes(nodes), ...ofSteps].slice(0, most);
}
