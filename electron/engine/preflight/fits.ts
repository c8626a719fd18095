/** Which nodes could do a step's work, and what stands against the others for good. */
import type { NodeReason } from '../../../shared/model/verdict';
import { hasNeverTold, whyNever } from '../explain/explain';
import type { RequestClass } from '../resources/classes';
import type { FarmState, NodeRecord } from '../state';

export interface Fit {
  readonly able: readonly NodeRecord[];
  readonly unable: readonly { readonly node: NodeRecord; readonly reason: NodeReason }[];
  /** They have never told what they have. */
  readonly unknown: readonly NodeRecord[];
}

const nodesBetweenRests = 1000;

/** Steps that ask for the same fit alike. */
export class Fits {
  private readonly known = new Map<RequestClass, Fit>();

  constructor(private readonly state: FarmState) {}

  *of(requestClass: RequestClass): Generator<undefined, Fit> {
    const known = this.known.get(requestClass);
    if (known !== undefined) return known;
    const able: NodeRecord[] = [];
    const unable: Fit['unable'][number][] = [];
    const unknown: NodeRecord[] = [];
    let looked = 0;
    for (const node of this.state.nodes.values()) {
      const reason = whyNever(this.state, node, requestClass);
      if (hasNeverTold(node)) unknown.push(node);
      else if (reason === null) able.push(node);
      else unable.push({ node, reason });
      if (++looked % nodesBetweenRests === 0) yield;
    }
    yield;
    const fit = { able, unable, unknown };
    this.known.set(requestClass, fit);
    return fit;
  }
}
