import type { PlannedBar, PlannedRow } from '../../../shared/ipc/timeline';
import type { JobId, NodeId } from '../../../shared/model/ids';
import type { LiveAttempt } from '../state';

interface OpenBar extends PlannedBar {
  to: number;
  tasks: number;
}

/** What is expected after so many is not told any more. */
const mostBars = 50_000;
/** More tasks of a step than this hardly run on a node at once. */
const mostAtOnce = 64;

/** Which work is expected on which node: tasks of a step that follow each other are one bar. */
export class Plan {
  private readonly nodes = new Map<NodeId, OpenBar[]>();
  /** By step, on each node: whose bars may go on. */
  private readonly steps = new Map<NodeId, Map<string, OpenBar[]>>();
  private bars = 0;
  private until = Infinity;

  constructor(readonly at: number) {}

  /** In the order in which they end. */
  readonly add = ({ node, step, assignedAt }: LiveAttempt, end: number): void => {
    if (end <= this.at || assignedAt >= this.until) return;
    const { id } = step.job;
    const mine = this.barsOf(node.id, `${id}/${step.index}`);
    const before = this.endedAt(mine, assignedAt);
    if (before !== null) {
      before.to = end;
      before.tasks++;
      return;
    }
    if (this.bars === mostBars) {
      this.until = end;
      return;
    }
    this.bars++;
    const from = Math.max(assignedAt, this.at);
    const bar = { from, to: end, job: id, step: step.index, tasks: 1, runs: assignedAt <= this.at };
    mine.push(bar);
    const all = this.nodes.get(node.id);
    if (all === undefined) this.nodes.set(node.id, [bar]);
    else all.push(bar);
  };

  /** Without the jobs that have ended since; all of a node that is left out are not told. */
  of(node: NodeId, isOpen: (job: JobId) => boolean): PlannedRow {
    const bars = (this.nodes.get(node) ?? []).filter(({ job, from }) => from < this.until && isOpen(job));
    return { node, bars: bars.map((bar) => ({ ...bar, to: Math.min(bar.to, this.until) })) };
  }

  get all(): readonly NodeId[] {
    return [...this.nodes.keys()];
  }

  private endedAt(bars: readonly OpenBar[], time: number): OpenBar | null {
    for (let index = bars.length - 1; index >= Math.max(0, bars.length - mostAtOnce); index--) {
      const bar = bars[index];
      if (bar?.to === time) return bar;
    }
    return null;
  }

  private barsOf(node: NodeId, step: string): OpenBar[] {
    let ofNode = this.steps.get(node);
    if (ofNode === undefined) this.steps.set(node, (ofNode = new Map<string, OpenBar[]>()));
    let bars = ofNode.get(step);
    if (bars === undefined) ofNode.set(step, (bars = []));
    return bars;
  }
}
