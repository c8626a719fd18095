import { width, type Vector } from './vector';

/** What the nodes have left: a row for each, all in one array, so that looking over many is quick. */
export class Room {
  free: Int32Array = new Int32Array(16 * width);
  private limits: Int32Array = new Int32Array(16 * width);
  nodes = 0;

  addNode(): number {
    if ((this.nodes + 1) * width > this.free.length) {
      this.free = grown(this.free);
      this.limits = grown(this.limits);
    }
    return this.nodes++;
  }

  /** What it holds already stays held, even if that is more than it has now. */
  setLimit(node: number, limit: Vector): void {
    for (let i = 0; i < width; i++) {
      const at = node * width + i;
      const change = (limit[i] ?? 0) - (this.limits[at] ?? 0);
      this.limits[at] = limit[i] ?? 0;
      this.free[at] = (this.free[at] ?? 0) + change;
    }
  }

  limitOf(node: number): Vector {
    return this.limits.subarray(node * width, (node + 1) * width);
  }

  /** As {@link limitOf}, without a view of the array for each of many nodes. */
  addLimit(node: number, to: Vector): void {
    for (let i = 0; i < width; i++) to[i] = (to[i] ?? 0) + (this.limits[node * width + i] ?? 0);
  }

  coresOf(node: number): number {
    return this.limits[node * width] ?? 0;
  }

  freeOf(node: number): Vector {
    return this.free.subarray(node * width, (node + 1) * width);
  }

  hold(node: number, vector: Vector): void {
    this.change(node, vector, -1);
  }

  release(node: number, vector: Vector): void {
    this.change(node, vector, 1);
  }

  private change(node: number, vector: Vector, times: 1 | -1): void {
    const first = node * width;
    for (let i = 0; i < width; i++)
      this.free[first + i] = (this.free[first + i] ?? 0) + times * (vector[i] ?? 0);
  }

  fits(node: number, vector: Vector): boolean {
    return within(vector, this.free, node * width);
  }

  couldEverFit(node: number, vector: Vector): boolean {
    return within(vector, this.limits, node * width);
  }
}

/** Nothing is asked of what is not needed, be it overdrawn or not. */
function within(vector: Vector, amounts: Int32Array, offset: number): boolean {
  for (let i = 0; i < width; i++) {
    const need = vector[i] ?? 0;
    if (need > 0 && need > (amounts[offset + i] ?? 0)) return false;
  }
  return true;
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
