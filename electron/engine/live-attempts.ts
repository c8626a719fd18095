import type { AttemptId } from '../../shared/model/ids';
import type { LiveAttempt } from './state';

const leastRows = 64;
const noRow = -1;
/** Ids are counted up: by so many of their last characters, nearly all of them differ. */
const charactersThatDiffer = 10;

/**
 * The attempts that run, or may run, by their ids; in the order in which they were assigned. As a Map,
 * but it does not have V8 work out the hash of each new text, which takes longer than all the rest.
 */
export class LiveAttempts {
  size = 0;
  /** Null where one has ended. */
  private rows: (LiveAttempt | null)[] = [];
  /** Of each row, and the row before it in its bucket. */
  private hashes = new Int32Array(leastRows);
  private before = new Int32Array(leastRows);
  /** The last row of each bucket; as many as there may be rows, which is a power of two. */
  private buckets = new Int32Array(leastRows).fill(noRow);

  get(id: AttemptId): LiveAttempt | undefined {
    return this.rows[this.rowOf(id, hashOf(id))] ?? undefined;
  }

  has(id: AttemptId): boolean {
    return this.rowOf(id, hashOf(id)) !== noRow;
  }

  add(live: LiveAttempt): void {
    const hash = hashOf(live.id);
    if (this.rowOf(live.id, hash) !== noRow) throw new Error(`the attempt id ${live.id} was given twice`);
    if (this.rows.length === this.buckets.length) this.closeRanks();
    this.append(live, hash);
    this.size++;
  }

  delete({ id }: LiveAttempt): void {
    const hash = hashOf(id);
    const row = this.rowOf(id, hash);
    if (row === noRow) return;
    const bucket = this.bucketOf(hash);
    let after = this.buckets[bucket] ?? noRow;
    if (after === row) this.buckets[bucket] = this.before[row] ?? noRow;
    else {
      while (this.before[after] !== row) after = this.before[after] ?? noRow;
      this.before[after] = this.before[row] ?? noRow;
    }
    this.rows[row] = null;
    this.size--;
  }

  *values(): Generator<LiveAttempt, void> {
    for (const live of this.rows) if (live !== null) yield live;
  }

  private rowOf(id: AttemptId, hash: number): number {
    let row = this.buckets[this.bucketOf(hash)] ?? noRow;
    while (row !== noRow && !(this.hashes[row] === hash && this.rows[row]?.id === id))
      row = this.before[row] ?? noRow;
    return row;
  }

  private bucketOf(hash: number): number {
    return hash & (this.buckets.length - 1);
  }

  private append(live: LiveAttempt, hash: number): void {
    const row = this.rows.length;
    const bucket = this.bucketOf(hash);
    this.rows.push(live);
    this.hashes[row] = hash;
    this.before[row] = this.buckets[bucket] ?? noRow;
    this.buckets[bucket] = row;
  }

  /** Leaves out the rows of those that have ended, and makes room for as many again as there are. */
  private closeRanks(): void {
    const { rows, hashes } = this;
    let room = leastRows;
    while (room < 2 * this.size) room *= 2;
    this.rows = [];
    this.hashes = new Int32Array(room);
    this.before = new Int32Array(room);
    this.buckets = new Int32Array(room).fill(noRow);
    rows.forEach((live, row) => {
      if (live !== null) this.append(live, hashes[row] ?? 0);
    });
  }
}

function hashOf(id: AttemptId): number {
  let hash = id.length;
  for (let at = Math.max(0, id.length - charactersThatDiffer); at < id.length; at++)
    hash = (Math.imul(hash, 31) + id.charCodeAt(at)) | 0;
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
