/** Changes of edges that are not applied yet, with what was drafted before for undo and redo. */
import type { EdgeWish } from '../../../shared/ipc/graph';
import type { NewEdge } from '../../../shared/model/edge';
import type { EdgeId } from '../../../shared/model/ids';
import { keyOf } from './graph';
import type { Edges, GraphEdge } from './graph';

export interface DraftEdge {
  readonly key: string;
  readonly spec: NewEdge;
}

export interface Draft {
  readonly added: readonly DraftEdge[];
  readonly removed: ReadonlySet<EdgeId>;
}

export interface Drafting {
  readonly present: Draft;
  readonly past: readonly Draft[];
  readonly future: readonly Draft[];
  readonly nextKey: number;
}

const noDraft: Draft = { added: [], removed: new Set() };
export const nothingDrafted: Drafting = { present: noDraft, past: [], future: [], nextKey: 1 };

export type DraftStep =
  | { readonly kind: 'add'; readonly specs: readonly NewEdge[] }
  | { readonly kind: 'remove'; readonly edges: readonly GraphEdge[] }
  /** Each becomes another one; one of the farm is replaced. */
  | { readonly kind: 'change'; readonly edges: readonly GraphEdge[]; readonly to: (spec: NewEdge) => NewEdge }
  /** What was removed of the farm stays after all. */
  | { readonly kind: 'keep'; readonly edges: readonly GraphEdge[] }
  | { readonly kind: 'undo' | 'redo' | 'discard' | 'forget' };

export function draftStep(drafting: Drafting, step: DraftStep): Drafting {
  const { present, past, future, nextKey } = drafting;
  switch (step.kind) {
    case 'undo': {
      const before = past.at(-1);
      if (before === undefined) return drafting;
      return { present: before, past: past.slice(0, -1), future: [present, ...future], nextKey };
    }
    case 'redo': {
      const [after, ...rest] = future;
      return after === undefined
        ? drafting
        : { present: after, past: [...past, present], future: rest, nextKey };
    }
    case 'discard':
      return isEmpty(present) ? drafting : follow(drafting, noDraft, 0);
    case 'forget':
      return { ...nothingDrafted, nextKey };
    case 'add': {
      const added = step.specs.map((spec, index) => ({ key: `d${nextKey + index}`, spec }));
      return follow(drafting, { ...present, added: [...present.added, ...added] }, added.length);
    }
    case 'remove':
      return follow(drafting, without(present, step.edges), 0);
    case 'keep': {
      const kept = new Set(step.edges.map(({ row }) => row?.id));
      return follow(
        drafting,
        { ...present, removed: new Set([...present.removed].filter((id) => !kept.has(id))) },
        0,
      );
    }
    case 'change': {
      const fresh = step.edges.filter(({ row }) => row !== null);
      const keys = new Map(fresh.map(({ key }, index) => [key, `d${nextKey + index}`]));
      const drafted = new Set(step.edges.filter(({ row }) => row === null).map(({ key }) => key));
      const added = [
        ...present.added.map((one) => (drafted.has(one.key) ? { ...one, spec: step.to(one.spec) } : one)),
        ...fresh.map(({ key, spec }) => ({ key: keys.get(key) ?? key, spec: step.to(spec) })),
      ];
      return follow(drafting, { added, removed: without(present, fresh).removed }, fresh.length);
    }
  }
}

function follow({ present, past, nextKey }: Drafting, next: Draft, keys: number): Drafting {
  return { present: next, past: [...past, present], future: [], nextKey: nextKey + keys };
}

function without({ added, removed }: Draft, edges: readonly GraphEdge[]): Draft {
  const keys = new Set(edges.map(({ key }) => key));
  return {
    added: added.filter(({ key }) => !keys.has(key)),
    removed: new Set([...removed, ...edges.flatMap(({ row }) => (row === null ? [] : [row.id]))]),
  };
}

/** As it is with the draft, what it removes among it. */
export function drafted(edges: Edges, { added, removed }: Draft): readonly GraphEdge[] {
  return [
    ...[...edges.values()].map((row): GraphEdge => {
      const { from, to, relation, onFailure } = row;
      return {
        key: keyOf(row.id),
        spec: { from, to, relation, onFailure },
        row,
        change: removed.has(row.id) ? 'removed' : 'none',
      };
    }),
    ...added.map(({ key, spec }): GraphEdge => ({ key, spec, row: null, change: 'added' })),
  ];
}

/** What the Host is asked: an edge that somebody else has removed in the meantime need not be, and one that was drafted back is let alone. */
export function wishOf(edges: Edges, { added, removed }: Draft): Pick<EdgeWish, 'add' | 'remove'> {
  const taken = new Map<string, EdgeId[]>();
  for (const id of removed) {
    const row = edges.get(id);
    if (row === undefined) continue;
    const spec = textOf(row);
    taken.set(spec, [...(taken.get(spec) ?? []), id]);
  }
  const add: NewEdge[] = [];
  for (const { spec } of added) if (taken.get(textOf(spec))?.pop() === undefined) add.push(spec);
  return { add, remove: [...taken.values()].flat() };
}

function textOf({ from, to, relation, onFailure }: NewEdge): string {
  return JSON.stringify([from?.job, from?.step, to.job, to.step, relation, onFailure]);
}

export const isEmpty = ({ added, removed }: Draft): boolean => added.length === 0 && removed.size === 0;
