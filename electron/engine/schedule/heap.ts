/** The least of many, again and again. */
export class Heap<Item> {
  private readonly items: Item[] = [];

  constructor(private readonly compare: (a: Item, b: Item) => number) {}

  get size(): number {
    return this.items.length;
  }

  first(): Item | undefined {
    return this.items[0];
  }

  push(item: Item): void {
    const { items } = this;
    items.push(item);
    let at = items.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  pop(): Item | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (items.length > 0 && last !== undefined) {
      items[0] = last;
      this.sink();
    }
    return first;
  }

  /** To be called when the first has become larger. */
  sink(): void {
    const { items } = this;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const right = left + 1;
      if (left >= items.length) return;
      const child = right < items.length && this.isLess(right, left) ? right : left;
      if (!this.swapIfLess(child, at)) return;
      at = child;
    }
  }

  private isLess(a: number, b: number): boolean {
    const first = this.items[a];
    const second = this.items[b];
    return first !== undefined && second !== undefined && this.compare(first, second) < 0;
  }

  private swapIfLess(a: number, b: number): boolean {
    const first = this.items[a];
    const second = this.items[b];
    if (first === undefined || second === undefined || this.compare(first, second) >= 0) return false;
    this.items[a] = second;
    this.items[b] = first;
    return true;
  }
}
