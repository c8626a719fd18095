import type { Request } from '../../../shared/model/amounts';
import type { NodeId } from '../../../shared/model/ids';
import type { Requirements } from '../../../shared/model/requirements';
import type { JobKind } from '../../../shared/model/states';
import { needVector, type Vector } from './vector';

/** Steps that ask for the same are alike to the scheduler: what does not fit for one fits for none. */
export interface RequestClass {
  /** Its place in the list of them. */
  readonly number: number;
  readonly request: Request;
  readonly needs: Requirements;
  readonly kind: JobKind;
  readonly vector: Vector;
  readonly special: readonly (readonly [name: string, amount: number])[];
  /** The node that it keeps off as long as another one could take it. */
  readonly avoids: NodeId | null;
  /** Only its vector counts: no devices, no cores of its own, nothing named. */
  readonly isPlain: boolean;
}

/** What is asked for never changes, and every copy of the farm asks for the same. */
const texts = new WeakMap<object, string>();

function textOf(asked: Request | Requirements): string {
  const known = texts.get(asked) ?? JSON.stringify(asked);
  texts.set(asked, known);
  return known;
}

export class RequestClasses {
  readonly list: RequestClass[] = [];
  private readonly byKey = new Map<string, RequestClass>();

  /** `locks`: what RESOURCE dependencies add to the named amounts. */
  of(
    request: Request,
    needs: Requirements,
    kind: JobKind,
    locks: Readonly<Record<string, number>>,
    avoids: NodeId | null = null,
  ): RequestClass {
    const named = new Map(Object.entries(request.special));
    for (const [name, amount] of Object.entries(locks)) named.set(name, (named.get(name) ?? 0) + amount);
    const special = [...named].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const key = `${textOf(request)}${textOf(needs)}${kind}${special.length === 0 ? '' : JSON.stringify(special)}${avoids === null ? '' : JSON.stringify(avoids)}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const made: RequestClass = {
      number: this.list.length,
      request,
      needs,
      kind,
      vector: needVector(request),
      special,
      avoids,
      isPlain: request.cores === 'shared' && request.gpu === 0 && special.length === 0,
    };
    this.byKey.set(key, made);
    this.list.push(made);
    return made;
  }
}
