import type { NodeReport } from '../gather/nodes';
import { count, thousands } from '../words';
import type { Suggestion } from './suggestion';

const leastThere = 5;
const leastElsewhere = 20;
const bad = 0.5;
const good = 0.1;

export const nodeRule = `At least ${leastThere} attempts failed or were lost on a node, at least ${bad * 100} % of those there, and at most ${good * 100} % of at least ${leastElsewhere} attempts on all others.`;

/** Work that fails on one node, and nowhere else, says something of the node. */
export function suggestNodes(nodes: readonly NodeReport[]): readonly Suggestion[] {
  const all = nodes.reduce((sum, node) => ({ ended: sum.ended + ended(node), bad: sum.bad + went(node) }), {
    ended: 0,
    bad: 0,
  });
  return nodes.flatMap((node): Suggestion[] => {
    const there = { ended: ended(node), bad: went(node) };
    const elsewhere = { ended: all.ended - there.ended, bad: all.bad - there.bad };
    const isBad = there.bad >= leastThere && there.bad >= there.ended * bad;
    if (!isBad || elsewhere.ended < leastElsewhere || elsewhere.bad > elsewhere.ended * good) return [];
    return [
      {
        kind: 'node',
        job: null,
        step: null,
        node: node.name,
        what: `Look at ${node.name}, or set it aside.`,
        why: `${thousands(there.bad)} of ${count(there.ended, 'attempt')} there failed or were lost; ${thousands(elsewhere.bad)} of ${count(elsewhere.ended, 'attempt')} elsewhere.`,
        rule: nodeRule,
        asked: null,
        suggested: null,
        samples: there.ended,
      },
    ];
  });
}

const ended = ({ completed, failed, lost }: NodeReport): number => completed + failed + lost;
const went = ({ failed, lost }: NodeReport): number => failed + lost;
