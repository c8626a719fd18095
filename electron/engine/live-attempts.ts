import type { AttemptId } from '../../shared/model/ids';
import type { LiveAttempt, NodeRecord } from './state';

const leastRows = 64;
const noRow = -1;
/** Ids are counted up: by so many of their last characters, nearly all of them differ. */
const charactersThatDiffer = 10;

/**
 * The attempts that run, or may run: by id, by node, and in the order in which they were assigned. They
 * are rows; numbers beside each row lead to the one before it among the same. A Map by id, and a list for
 * each node, would take longer to look into than all else that is done for an attempt.
 */
export class LiveAttempts {
  size = 0;
  /** Null where one has ended. */
  private rows: (LiveAttempt | null)[] = [];
  private hashes = new Int32Array(leastRows);
  /** The row before in the same bucket, and the last of each bucket; there are as many as rows may be. */
  private inBucket = new Int32Array(leastRows);
  private lastInBucket = new Int32Array(leastRows).fill(noRow);
  /** The row before on the same node, and the last of each node. */
  private onNode = new Int32Array(leastRows);
  private lastOnNode = new Int32Array(leastRows).fill(noRow);

  get(id: AttemptId): LiveAttempt | undefined {
    return this.rows[this.rowOf(id, hashOf(id))] ?? undefined;
  }

  has(id: AttemptId): boolean {
    return this.rowOf(id, hashOf(id)) !== noRow;
  }

  *values(): Generator<LiveAttempt, void> {
    for (const live of this.rows) if (live !== null) yield live;
  }

  /** Those of a node, the oldest first. */
  on({ index }: NodeRecord): LiveAttempt[] {
    const found: LiveAttempt[] = [];
    for (let row = this.lastOnNode[index] ?? noRow; row !== noRow; row = this.onNode[row] ?? noRow) {
      const live = this.rows[row];
      if (live !== undefined && live !== null) found.push(live);
    }
    return found.toReversed();
  }

  add(live: LiveAttempt): void {
    const hash = hashOf(live.id);
    if (this.rowOf(live.id, hash) !== noRow) throw new Error(`the attempt id ${live.id} was given twice`);
    if (this.rows.length === this.hashes.length) this.closeRanks();
    this.append(live, hash);
    this.size++;
  }

  delete({ id, node }: LiveAttempt): void {
    const hash = hashOf(id);
    const row = this.rowOf(id, hash);
    if (row === noRow) return;
    takeOut(row, this.bucketOf(hash), this.lastInBucket, this.inBucket);
    takeOut(row, node.index, this.lastOnNode, this.onNode);
    this.rows[row] = null;
    this.size--;
  }

  private rowOf(id: AttemptId, hash: number): number {
    let row = this.lastInBucket[this.bucketOf(hash)] ?? noRow;
    while (row !== noRow && !(this.hashes[row] === hash && this.rows[row]?.id === id))
      row = this.inBucket[row] ?? noRow;
    return row;
  }

  private bucketOf(hash: number): number {
    return hash & (this.lastInBucket.length - 1);
  }

  private append(live: LiveAttempt, hash: number): void {
    const row = this.rows.length;
    const node = live.node.index;
    if (node >= this.lastOnNode.length) this.lastOnNode = withRoom(this.lastOnNode, node + 1);
    this.rows.push(live);
    this.hashes[row] = hash;
    putLast(row, this.bucketOf(hash), this.lastInBucket, this.inBucket);
    putLast(row, node, this.lastOnNode, this.onNode);
  }

  /** Leaves out the rows of those that have ended, and makes room for as many again as there are. */
  private closeRanks(): void {
    const { rows, hashes } = this;
    let room = leastRows;
    while (room < 2 * this.size) room *= 2;
    this.rows = [];
    this.hashes = new Int32Array(room);
    this.inBucket = new Int32Array(room);
    this.lastInBucket = new Int32Array(room).fill(noRow);
    this.onNode = new Int32Array(room);
    this.lastOnNode.fill(noRow);
    rows.forEach((live, row) => {
      if (live !== null) this.append(live, hashes[row] ?? 0);
    });
  }
}

function putLast(row: number, of: number, last: Int32Array, before: Int32Array): void {
  before[row] = last[of] ?? noRow;
  last[of] = row;
}

function takeOut(row: number, of: number, last: Int32Array, before: Int32Array): void {
  const next = before[row] ?? noRow;
  let after = last[of] ?? noRow;
  if (after === row) {
    last[of] = next;
    return;
  }
  while (before[after] !== row) after = before[after] ?? noRow;
  before[after] = next;
}

function withRoom(last: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * last.length)).fill(noRow);
  larger.set(last);
  return larger;
}

function hashOf(id: AttemptId): number {
  let hash = id.length;
  for (let at = Math.max(0, id.length - charactersThatDiffer); at < id.length; at++)
    hash = (Math.imul(hash, 31) + id.charCodeAt(at)) | 0;
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
