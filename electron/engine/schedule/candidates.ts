import { unmetRequirement } from '../../../shared/model/requirements';
import { isAvoided } from '../resources/avoids';
import { whatIsShort } from '../resources/kinds';
import { isTakenWhole } from '../resources/placement';
import type { RequestClass } from '../resources/classes';
import { width } from '../resources/vector';
import type { FarmState, NodeRecord } from '../state';

interface ClassView {
  readonly requestClass: RequestClass;
  /** A superset of the nodes that have room for it: a bit is taken away when a look shows that it has none. */
  bits: Uint32Array;
  /** The bits before this word are all taken away. */
  firstWord: number;
  /** Up to here it has looked at the nodes that got room. */
  seen: number;
  cursor: number;
  /** Whether each node may do its work at all: 0 not known, 1 yes, 2 no. */
  allowed: Uint8Array;
}

/** The nodes that may have room, for each class of requests. When a node gets room, only that node is looked at again. */
export class Candidates {
  private readonly views = new Map<RequestClass, ClassView>();
  /** Of classes that keep off a node. */
  private readonly avoiding: ClassView[] = [];
  /** Nodes that got room, in order. */
  private gained: number[] = [];
  private usable = new Uint8Array(0);
  /** Nodes that are online and have any part of a core left. */
  open = 0;

  constructor(private readonly state: FarmState) {}

  /** A node may have got room, or come or gone. */
  gain(node: NodeRecord): void {
    this.noteOpen(node);
    if (node.state !== 'ONLINE') {
      this.lookForOthers();
      return;
    }
    this.gained.push(node.index);
    if (this.gained.length > 4 * this.state.nodeList.length + 1024) {
      this.gained = [];
      for (const view of this.views.values()) this.startOver(view);
    }
  }

  /** Labels, pools or settings of the node are others. */
  forget(node: NodeRecord): void {
    for (const view of this.views.values()) view.allowed[node.index] = 0;
    this.lookForOthers();
  }

  /** A node that was to be avoided may be the only one by now. */
  private lookForOthers(): void {
    for (const view of this.avoiding) this.startOver(view);
  }

  /** After an assignment. */
  noteOpen(node: NodeRecord): void {
    if (node.index >= this.usable.length) this.usable = grown(this.usable, node.index + 1);
    const free = this.state.room.free[node.index * width] ?? 0;
    const is = node.state === 'ONLINE' && free > 0 ? 1 : 0;
    this.open += is - (this.usable[node.index] ?? 0);
    this.usable[node.index] = is;
  }

  /** The nodes with room for the class, from the cursor on, as long as `visit` wishes for more. */
  each(requestClass: RequestClass, fromCursor: boolean, visit: (node: NodeRecord) => boolean): void {
    const view = this.upToDate(requestClass);
    const { bits } = view;
    const words = bits.length;
    const start = fromCursor ? Math.min(view.cursor >>> 5, words - 1) : view.firstWord;
    let at = start;
    for (let i = fromCursor ? 0 : start; i < words; i++, at = at + 1 === words ? 0 : at + 1) {
      for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
        const index = (at << 5) | (31 - Math.clz32(word & -word));
        // Most that do not fit are found out without a look at the node.
        const node = this.state.room.fits(index, requestClass.vector)
          ? this.state.nodeList[index]
          : undefined;
        if (node === undefined || !this.fits(view, node)) {
          bits[at] = (bits[at] ?? 0) & ~(1 << (index & 31));
          continue;
        }
        if (!visit(node)) {
          view.cursor = index + 1;
          return;
        }
      }
      if (at === view.firstWord && bits[at] === 0) view.firstWord++;
    }
  }

  /** Whether a task of this class could start on the node now. */
  hasRoom(requestClass: RequestClass, node: NodeRecord): boolean {
    return this.fits(this.viewOf(requestClass), node);
  }

  mayUse(requestClass: RequestClass, node: NodeRecord): boolean {
    return (
      this.isAllowed(this.viewOf(requestClass), node) &&
      (requestClass.avoids === null || !isAvoided(this.state, requestClass, node))
    );
  }

  private fits(view: ClassView, node: NodeRecord): boolean {
    const { requestClass } = view;
    if (node.state !== 'ONLINE' || !this.state.room.fits(node.index, requestClass.vector)) return false;
    if (!this.isAllowed(view, node) || isTakenWhole(node)) return false;
    if (requestClass.avoids !== null && isAvoided(this.state, requestClass, node)) return false;
    return requestClass.isPlain || whatIsShort(this.state, node, requestClass) === null;
  }

  private isAllowed(view: ClassView, node: NodeRecord): boolean {
    if (node.index >= view.allowed.length) view.allowed = grown(view.allowed, node.index + 1);
    const known = view.allowed[node.index];
    if (known !== 0) return known === 1;
    const allowed = unmetRequirement(view.requestClass.needs, node.labels, node.pools) === null;
    view.allowed[node.index] = allowed ? 1 : 2;
    return allowed;
  }

  private upToDate(requestClass: RequestClass): ClassView {
    const view = this.viewOf(requestClass);
    const words = (this.state.nodeList.length + 31) >>> 5;
    if (view.bits.length < words) {
      const bits = new Uint32Array(Math.max(words, view.bits.length * 2));
      bits.set(view.bits);
      view.bits = bits;
    }
    const { free } = this.state.room;
    const cpu = requestClass.vector[0] ?? 0;
    for (; view.seen < this.gained.length; view.seen++) {
      const index = this.gained[view.seen] ?? 0;
      if ((free[index * width] ?? 0) < cpu) continue;
      const word = index >>> 5;
      view.bits[word] = (view.bits[word] ?? 0) | (1 << (index & 31));
      if (word < view.firstWord) view.firstWord = word;
    }
    return view;
  }

  private viewOf(requestClass: RequestClass): ClassView {
    const known = this.views.get(requestClass);
    if (known !== undefined) return known;
    const view: ClassView = {
      requestClass,
      bits: new Uint32Array(0),
      firstWord: 0,
      seen: 0,
      cursor: 0,
      allowed: new Uint8Array(this.state.nodeList.length),
    };
    this.views.set(requestClass, view);
    if (requestClass.avoids !== null) this.avoiding.push(view);
    this.startOver(view);
    return view;
  }

  private startOver(view: ClassView): void {
    view.bits = new Uint32Array(Math.max(1, (this.state.nodeList.length + 31) >>> 5)).fill(0xffffffff);
    view.firstWord = 0;
    view.seen = this.gained.length;
  }
}

function grown(array: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, array.length * 2, 64));
  larger.set(array);
  return larger;
}
