import type { NodeUse } from '../../../shared/model/forecast';
import { dimensions } from '../resources/vector';
import type { FarmState, LiveAttempt, NodeRecord } from '../state';

const mostPoints = 96;
/** In a larger farm only the sum of the others is told. */
const mostNodes = 200;
const firstEach = 1000;

/** Adds up who uses how many cores when, without knowing how long it will go on: points are joined as it does. */
export class UseOverTime {
  private each = firstEach;
  private points = 0;
  private readonly all = new Float64Array(mostPoints);
  private readonly byNode = new Map<NodeRecord, Float64Array>();

  constructor(private readonly from: number) {}

  add({ node, held, assignedAt }: LiveAttempt, end: number): void {
    const cores = (held[0] ?? 0) / dimensions[0].scale;
    if (end <= this.from || cores === 0) return;
    while (end > this.from + this.each * mostPoints) this.joinPoints();
    const mine = this.rowOf(node);
    for (let time = Math.max(assignedAt, this.from); time < end;) {
      const point = Math.floor((time - this.from) / this.each);
      const until = Math.min(end, this.from + (point + 1) * this.each);
      const amount = cores * (until - time);
      this.all[point] = (this.all[point] ?? 0) + amount;
      if (mine !== null) mine[point] = (mine[point] ?? 0) + amount;
      this.points = Math.max(this.points, point + 1);
      time = until;
    }
  }

  summary(state: FarmState): NodeUse {
    const online = state.nodeList.filter((node) => node.state === 'ONLINE' || this.byNode.has(node));
    const coresOf = ({ index }: NodeRecord): number =>
      (state.room.limitOf(index)[0] ?? 0) / dimensions[0].scale;
    const mean = (row: Float64Array): readonly number[] =>
      [...row.subarray(0, this.points)].map((amount) => Math.round((100 * amount) / this.each) / 100);
    return {
      from: this.from,
      each: this.each,
      cores: online.reduce((sum, node) => sum + coresOf(node), 0),
      used: mean(this.all),
      nodes: [...this.byNode].map(([node, row]) => ({
        node: node.id,
        cores: coresOf(node),
        used: mean(row),
      })),
    };
  }

  private rowOf(node: NodeRecord): Float64Array | null {
    const known = this.byNode.get(node);
    if (known !== undefined || this.byNode.size >= mostNodes) return known ?? null;
    const made = new Float64Array(mostPoints);
    this.byNode.set(node, made);
    return made;
  }

  private joinPoints(): void {
    for (const row of [this.all, ...this.byNode.values()]) {
      for (let i = 0; i < mostPoints; i++)
        row[i] = i < mostPoints / 2 ? (row[2 * i] ?? 0) + (row[2 * i + 1] ?? 0) : 0;
    }
    this.points = Math.ceil(this.points / 2);
    this.each *= 2;
  }
}
