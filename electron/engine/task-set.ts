/**
 * A set of task indices that finds its least member quickly: bits, above them a bit for every word
 * that has any, and so on. A million tasks need four looks.
 */
export class TaskSet {
  private readonly levels: Uint32Array[] = [];
  private members = 0;

  constructor(readonly limit: number) {
    let length = limit;
    do {
      length = Math.max(1, Math.ceil(length / 32));
      this.levels.push(new Uint32Array(length));
    } while (length > 1);
  }

  get size(): number {
    return this.members;
  }

  has(task: number): boolean {
    return (((this.levels[0]?.[task >>> 5] ?? 0) >>> (task & 31)) & 1) === 1;
  }

  add(task: number): void {
    if (this.has(task)) return;
    this.members++;
    let at = task;
    for (const level of this.levels) {
      const word = level[at >>> 5] ?? 0;
      level[at >>> 5] = word | (1 << (at & 31));
      if (word !== 0) return;
      at >>>= 5;
    }
  }

  delete(task: number): void {
    if (!this.has(task)) return;
    this.members--;
    let at = task;
    for (const level of this.levels) {
      const word = (level[at >>> 5] ?? 0) & ~(1 << (at & 31));
      level[at >>> 5] = word;
      if (word !== 0) return;
      at >>>= 5;
    }
  }

  /** The least member; -1 when there is none. */
  first(): number {
    if (this.members === 0) return -1;
    let at = 0;
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const word = this.levels[level]?.[at] ?? 0;
      at = (at << 5) | (31 - Math.clz32(word & -word));
    }
    return at;
  }

  /** Takes up every task for which this holds, and no other. */
  setAll(isMember: (task: number) => boolean): void {
    this.clear();
    for (let task = 0; task < this.limit; task++) if (isMember(task)) this.add(task);
  }

  fill(): void {
    let length = this.limit;
    for (const level of this.levels) {
      level.fill(0xffffffff, 0, length >>> 5);
      if ((length & 31) !== 0) level[length >>> 5] = 2 ** (length & 31) - 1;
      length = Math.ceil(length / 32);
    }
    this.members = this.limit;
  }

  clear(): void {
    for (const level of this.levels) level.fill(0);
    this.members = 0;
  }
}
