/** Which nodes could do a step's work, and what stands against the others for good. */
import type { NodeReason } from '../../../shared/model/verdict';
import { hasNeverTold, whyNever } from '../explain/explain';
import type { RequestClass } from '../resources/classes';
import type { FarmState, NodeRecord } from '../state';
import { slotsOn } from './slots';

export interface Fit {
  /** The same list for all that the same nodes could do. */
  readonly able: readonly NodeRecord[];
  /** How many tasks the nodes that take work could run at once, if they had nothing else to do. */
  readonly slots: number;
  readonly unable: readonly { readonly node: NodeRecord; readonly reason: NodeReason }[];
  /** They have never told what they have. */
  readonly unknown: readonly NodeRecord[];
}

const nodesBetweenRests = 1000;

/** Steps that ask for the same fit alike. */
export class Fits {
  private readonly known = new Map<RequestClass, Fit>();
  private readonly lists = new Map<string, readonly NodeRecord[]>();

  constructor(private readonly state: FarmState) {}

  *of(requestClass: RequestClass): Generator<undefined, Fit> {
    const known = this.known.get(requestClass);
    if (known !== undefined) return known;
    const able: NodeRecord[] = [];
    const unable: Fit['unable'][number][] = [];
    const unknown: NodeRecord[] = [];
    let looked = 0;
    let slots = 0;
    for (const node of this.state.nodes.values()) {
      const reason = whyNever(this.state, node, requestClass);
      if (hasNeverTold(node)) unknown.push(node);
      else if (reason === null) {
        able.push(node);
        if (takesWork(node)) slots += slotsOn(this.state, node, requestClass);
      } else unable.push({ node, reason });
      if (++looked % nodesBetweenRests === 0) yield;
    }
    yield;
    const key = able.map(({ index }) => index).join();
    const list = this.lists.get(key) ?? able;
    this.lists.set(key, list);
    const fit = { able: list, slots, unable, unknown };
    this.known.set(requestClass, fit);
    return fit;
  }
}

export const takesWork = ({ state }: NodeRecord): boolean => state === 'ONLINE' || state === 'STARTING';
