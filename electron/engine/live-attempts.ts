import type { AttemptId } from '../../shared/model/ids';
import type { StopReason } from './facts';
import type { FarmState, LiveAttempt, NodeRecord } from './state';

const leastRows = 64;
const noRow = -1;
/** Ids are counted up: by so many of their last characters, nearly all of them differ. */
const charactersThatDiffer = 10;

/** The whole numbers of a row. The time takes the place of the last two. */
const hashAt = 0;
/** The row before in the same bucket, and the one before on the same node. */
const inBucketAt = 1;
const onNodeAt = 2;
const nodeAt = 3;
const stepAt = 4;
const taskAt = 5;
const classAt = 6;
const stoppingAt = 7;
const width = 10;
/** Among the numbers with a fraction, of which half as many fit in. */
const assignedAt = 4;

const stopReasons: readonly (StopReason | null)[] = [null, 'cancelled', 'preempted', 'timeout'];
type Particulars = Pick<LiveAttempt, 'held' | 'placement' | 'ofNode'>;
const nothingNamed: readonly string[] = [];

/**
 * The attempts that run, or may run: by id, by node, and in the order in which they were assigned. Each is a
 * row of numbers that lies together in memory, and is told of as an object to whoever asks: tens of thousands of
 * objects that live for a while would be moved about by the collection of garbage, and lie far from each other.
 */
export class LiveAttempts {
  size = 0;
  /** Null where one has ended. */
  private ids: (AttemptId | null)[] = [];
  private numbers = new Int32Array(leastRows * width);
  private times = new Float64Array(this.numbers.buffer);
  private room = leastRows;
  /** The last row of each bucket, of which there are as many as rows may be; and that of each node. */
  private lastInBucket = new Int32Array(leastRows).fill(noRow);
  private lastOnNode = new Int32Array(leastRows).fill(noRow);
  /** Of those whose class does not say it all. */
  private particulars = new Map<number, Particulars>();
  /** Of the few that were asked to save their work. */
  private saving = new Map<number, LiveAttempt['saving']>();
  /** What is asked for is mostly asked for again. */
  private lastFound = noRow;

  constructor(private readonly state: Pick<FarmState, 'steps' | 'nodeList' | 'classes'>) {}

  /** As it is now. */
  get(id: AttemptId): LiveAttempt | undefined {
    const row = this.rowOf(id);
    return row === noRow ? undefined : this.told(row, id);
  }

  has(id: AttemptId): boolean {
    return this.rowOf(id) !== noRow;
  }

  *values(): Generator<LiveAttempt, void> {
    for (const [row, id] of this.ids.entries()) if (id !== null) yield this.told(row, id);
  }

  /** Those of a node, the oldest first. */
  on({ index }: NodeRecord): LiveAttempt[] {
    const found: LiveAttempt[] = [];
    for (let row = this.lastOnNode[index] ?? noRow; row !== noRow; row = this.number(row, onNodeAt)) {
      const id = this.ids[row];
      if (id !== undefined && id !== null) found.push(this.told(row, id));
    }
    return found.toReversed();
  }

  add(live: LiveAttempt): LiveAttempt {
    const { id, step, task, node, requestClass, stopping } = live;
    const hash = hashOf(id);
    if (this.search(id, hash) !== noRow) throw new Error(`the attempt id ${id} was given twice`);
    if (this.ids.length === this.room) this.closeRanks();
    const row = this.ids.length;
    const first = row * width;
    const { numbers } = this;
    numbers[first + hashAt] = hash;
    numbers[first + nodeAt] = node.index;
    numbers[first + stepAt] = step.number;
    numbers[first + taskAt] = task;
    numbers[first + classAt] = requestClass.number;
    numbers[first + stoppingAt] = stopReasons.indexOf(stopping);
    this.times[first / 2 + assignedAt] = live.assignedAt;
    if (!requestClass.isPlain) {
      const { held, placement, ofNode } = live;
      this.particulars.set(row, { held, placement, ofNode });
    }
    if (live.saving !== null) this.saving.set(row, live.saving);
    this.append(id);
    this.size++;
    return this.told(row, id);
  }

  stop(id: AttemptId, reason: StopReason, saving: LiveAttempt['saving']): void {
    const row = this.rowOf(id);
    if (row === noRow) return;
    this.numbers[row * width + stoppingAt] = stopReasons.indexOf(reason);
    this.saving.delete(row);
    if (saving !== null) this.saving.set(row, saving);
  }

  delete(id: AttemptId): void {
    const row = this.rowOf(id);
    if (row === noRow) return;
    this.takeOut(row, this.bucketOf(this.number(row, hashAt)), this.lastInBucket, inBucketAt);
    this.takeOut(row, this.number(row, nodeAt), this.lastOnNode, onNodeAt);
    this.ids[row] = null;
    if (this.particulars.size > 0) this.particulars.delete(row);
    if (this.saving.size > 0) this.saving.delete(row);
    this.size--;
  }

  private told(row: number, id: AttemptId): LiveAttempt {
    const { state, numbers } = this;
    const first = row * width;
    const step = state.steps[numbers[first + stepAt] ?? noRow];
    const node = state.nodeList[numbers[first + nodeAt] ?? noRow];
    const requestClass = state.classes.list[numbers[first + classAt] ?? noRow];
    if (step === undefined || node === undefined || requestClass === undefined)
      throw new Error(`of the attempt ${id} nobody knows what it is of`);
    const particulars = requestClass.isPlain ? undefined : this.particulars.get(row);
    return {
      id,
      step,
      task: numbers[first + taskAt] ?? 0,
      node,
      assignedAt: this.times[first / 2 + assignedAt] ?? 0,
      requestClass,
      held: particulars?.held ?? requestClass.vector,
      placement: particulars?.placement ?? null,
      ofNode: particulars?.ofNode ?? nothingNamed,
      stopping: stopReasons[numbers[first + stoppingAt] ?? 0] ?? null,
      saving: this.saving.get(row) ?? null,
    };
  }

  private number(row: number, at: number): number {
    return this.numbers[row * width + at] ?? noRow;
  }

  private rowOf(id: AttemptId): number {
    if (this.lastFound === noRow || this.ids[this.lastFound] !== id)
      this.lastFound = this.search(id, hashOf(id));
    return this.lastFound;
  }

  private search(id: AttemptId, hash: number): number {
    let row = this.lastInBucket[this.bucketOf(hash)] ?? noRow;
    while (row !== noRow && !(this.number(row, hashAt) === hash && this.ids[row] === id))
      row = this.number(row, inBucketAt);
    return row;
  }

  private bucketOf(hash: number): number {
    return hash & (this.lastInBucket.length - 1);
  }

  /** The numbers of the row are there; it becomes the last of its bucket and of its node. */
  private append(id: AttemptId): void {
    const row = this.ids.length;
    const node = this.number(row, nodeAt);
    if (node >= this.lastOnNode.length) this.lastOnNode = withRoom(this.lastOnNode, node + 1);
    this.ids.push(id);
    this.putLast(row, this.bucketOf(this.number(row, hashAt)), this.lastInBucket, inBucketAt);
    this.putLast(row, node, this.lastOnNode, onNodeAt);
  }

  private putLast(row: number, of: number, last: Int32Array, before: number): void {
    this.numbers[row * width + before] = last[of] ?? noRow;
    last[of] = row;
  }

  private takeOut(row: number, of: number, last: Int32Array, before: number): void {
    const next = this.number(row, before);
    let after = last[of] ?? noRow;
    if (after === row) {
      last[of] = next;
      return;
    }
    while (this.number(after, before) !== row) after = this.number(after, before);
    this.numbers[after * width + before] = next;
  }

  /** Leaves out the rows of those that have ended, and makes room for as many again as there are. */
  private closeRanks(): void {
    const { ids, numbers, particulars, saving } = this;
    this.room = leastRows;
    while (this.room < 2 * this.size) this.room *= 2;
    this.ids = [];
    this.numbers = new Int32Array(this.room * width);
    this.times = new Float64Array(this.numbers.buffer);
    this.lastInBucket = new Int32Array(this.room).fill(noRow);
    this.lastOnNode.fill(noRow);
    this.particulars = new Map();
    this.saving = new Map();
    this.lastFound = noRow;
    ids.forEach((id, row) => {
      if (id === null) return;
      const now = this.ids.length;
      for (let at = 0; at < width; at++) this.numbers[now * width + at] = numbers[row * width + at] ?? 0;
      const own = particulars.get(row);
      if (own !== undefined) this.particulars.set(now, own);
      const asked = saving.get(row);
      if (asked !== undefined) this.saving.set(now, asked);
      this.append(id);
    });
  }
}

function withRoom(last: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * last.length)).fill(noRow);
  larger.set(last);
  return larger;
}

/** Of ids that are counted up, numbers that are: their buckets lie beside each other, and none is shared. */
function hashOf(id: AttemptId): number {
  let hash = 0;
  for (let at = Math.max(0, id.length - charactersThatDiffer); at < id.length; at++)
    hash = (Math.imul(hash, 10) + id.charCodeAt(at)) | 0;
  return hash;
}
