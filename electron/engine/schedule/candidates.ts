import { unmetRequirement } from '../../../shared/model/requirements';
import { isAvoided } from '../resources/avoids';
import { whatIsShort } from '../resources/kinds';
import { isTakenWhole } from '../resources/placement';
import type { RequestClass } from '../resources/classes';
import { width } from '../resources/vector';
import type { FarmState, NodeRecord } from '../state';
import { nextWord, OpenNodesByAmount, type OpenNodes } from './open-nodes';

interface ClassView {
  readonly requestClass: RequestClass;
  /** The nodes with as much of a processor left as it asks for. */
  readonly open: OpenNodes;
  /** A superset of those that have all else: a bit is taken away when a look shows that it has not. */
  bits: Uint32Array;
  /** How many bits are taken away. */
  ruledOut: number;
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
  private readonly openNodes = new OpenNodesByAmount();

  constructor(private readonly state: FarmState) {}

  /** Nodes that are online and have any part of a core left. */
  get open(): number {
    return this.openNodes.open;
  }

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
    this.openNodes.note(node, this.freeOf(node.index));
  }

  /** The nodes with room for the class, from the cursor on, as long as `visit` wishes for more. */
  each(requestClass: RequestClass, fromCursor: boolean, visit: (node: NodeRecord) => boolean): void {
    const view = this.upToDate(requestClass);
    const start = fromCursor ? view.cursor >>> 5 : 0;
    if (this.eachBetween(view, start, Infinity, visit)) this.eachBetween(view, 0, start, visit);
  }

  /** In these words; false: `visit` wishes for no more. */
  private eachBetween(
    view: ClassView,
    start: number,
    end: number,
    visit: (node: NodeRecord) => boolean,
  ): boolean {
    const { bits, open } = view;
    for (let at = nextWord(open, start); at < end; at = nextWord(open, at + 1)) {
      for (let word = (open.bits[at] ?? 0) & (bits[at] ?? 0); word !== 0; word &= word - 1) {
        const index = (at << 5) | (31 - Math.clz32(word & -word));
        const node = this.state.nodeList[index];
        if (node === undefined || !this.fits(view, node)) {
          bits[at] = (bits[at] ?? 0) & ~(1 << (index & 31));
          view.ruledOut++;
          continue;
        }
        if (!visit(node)) {
          view.cursor = index + 1;
          return false;
        }
      }
    }
    return true;
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
    // Most that do not fit are found out without a look at the node.
    if (!this.state.room.fits(node.index, requestClass.vector) || node.state !== 'ONLINE') return false;
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
      const bits = new Uint32Array(Math.max(words, view.bits.length * 2)).fill(0xffffffff);
      bits.set(view.bits);
      view.bits = bits;
    }
    // Most classes rule nobody out: what they lack is a processor.
    for (; view.seen < this.gained.length && view.ruledOut > 0; view.seen++) {
      const index = this.gained[view.seen] ?? 0;
      const word = view.bits[index >>> 5] ?? 0;
      const bit = 1 << (index & 31);
      if ((word & bit) !== 0) continue;
      view.bits[index >>> 5] = word | bit;
      view.ruledOut--;
    }
    view.seen = this.gained.length;
    return view;
  }

  private viewOf(requestClass: RequestClass): ClassView {
    const known = this.views.get(requestClass);
    if (known !== undefined) return known;
    const view: ClassView = {
      requestClass,
      open: this.openNodes.with(requestClass.vector[0] ?? 0, (node) => this.freeOf(node)),
      bits: new Uint32Array(0),
      ruledOut: 0,
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
    view.ruledOut = 0;
    view.seen = this.gained.length;
  }

  private freeOf(node: number): number {
    return this.state.room.free[node * width] ?? 0;
  }
}

function grown(array: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, array.length * 2, 64));
  larger.set(array);
  return larger;
}
