/** Which of the nodes with room gets a task: policies that each say how well a node suits. */
import { nodeSettings, type NodeChoice } from '../../../shared/model/settings';
import { isJob } from '../dependencies/edges';
import type { FarmState, NodeRecord, StepRecord } from '../state';
import type { RequestClass } from '../resources/classes';
import type { Candidates } from './candidates';

/** So many nodes are weighed against each other; in a larger farm, others the next time. */
const mostWeighed = 16;

type Policy = (state: FarmState, node: NodeRecord, step: StepRecord) => number;

/** Smaller suits better; the first policy that tells two nodes apart decides. */
const suits: Policy = (state, node, step) => {
  const { bestAt } = nodeSettings(state.settings, node.id);
  return bestAt.length === 0 ? 1 : bestAt.includes(step.job.job.kind) ? 0 : 2;
};
const belowSoftLimit: Policy = (state, node) =>
  usedPart(state, node) < nodeSettings(state.settings, node.id).softLimit ? 0 : 1;

const choices: Readonly<Record<NodeChoice, Policy>> = {
  packed: (state, node) => -usedPart(state, node),
  spread: (state, node) => usedPart(state, node),
  rotating: () => 0,
  cheap: (state, node) => {
    const { costPerHour, watts } = nodeSettings(state.settings, node.id);
    // A kilowatt hour counts as a quarter of whatever the cost is counted in.
    return (costPerHour ?? 0) + ((watts ?? 0) / 1000) * 0.25;
  },
};

function usedPart(state: FarmState, { index }: NodeRecord): number {
  const limit = state.room.limitOf(index)[0] ?? 0;
  return limit === 0 ? 1 : 1 - (state.room.freeOf(index)[0] ?? 0) / limit;
}

export class NodeChooser {
  private policies: readonly Policy[] | null = null;

  constructor(
    private readonly state: FarmState,
    private readonly candidates: Candidates,
  ) {}

  /** After a change of settings. */
  forget(): void {
    this.policies = null;
  }

  /** A node for a task, or null: there is none with room. `may` says what stands against one. */
  choose(
    step: StepRecord,
    task: number,
    requestClass: RequestClass,
    may: (node: NodeRecord) => boolean,
  ): NodeRecord | null {
    const near = this.nodeOfInput(step, task);
    if (near !== null && this.candidates.hasRoom(requestClass, near) && may(near)) return near;
    const policies = (this.policies ??= this.policiesNow());
    let best: NodeRecord | null = null;
    if (policies.length === 0) {
      this.candidates.each(requestClass, this.state.settings.order.choice === 'rotating', (node) => {
        if (may(node)) best = node;
        return best === null;
      });
      return best;
    }
    let weighed = 0;
    let bestMarks: readonly number[] = [];
    this.candidates.each(requestClass, this.state.nodeList.length > mostWeighed, (node) => {
      if (!may(node)) return true;
      const marks = policies.map((policy) => policy(this.state, node, step));
      if (best === null || isLess(marks, bestMarks)) {
        best = node;
        bestMarks = marks;
      }
      return ++weighed < mostWeighed;
    });
    return best;
  }

  /** Where the task that it follows has run, its data is likely still there. */
  private nodeOfInput(step: StepRecord, task: number): NodeRecord | null {
    for (const edge of step.incoming) {
      const { from, mapping } = edge;
      if (from === null || isJob(from) || mapping?.kind !== 'groups' || mapping.from !== 1) continue;
      const index = (from.nodes[Math.floor(task / mapping.to)] ?? 0) - 1;
      const node = this.state.nodeList[index];
      if (node !== undefined) return node;
    }
    return null;
  }

  private policiesNow(): readonly Policy[] {
    const { settings } = this.state;
    const each = [settings.otherNodes, ...Object.values(settings.nodes)];
    const { choice } = settings.order;
    const policies: Policy[] = [];
    if (each.some(({ bestAt }) => bestAt.length > 0)) policies.push(suits);
    if (each.some(({ softLimit }) => softLimit < 1)) policies.push(belowSoftLimit);
    // The first with room is the fullest in a farm whose nodes are looked through in order.
    if (choice === 'spread' || choice === 'cheap' || (choice === 'packed' && policies.length > 0))
      policies.push(choices[choice]);
    return policies;
  }
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
