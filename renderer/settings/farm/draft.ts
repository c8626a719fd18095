/** The settings of the farm as the fields of the page hold them, until they are saved. */
import type { FarmSettings, NodeChoice } from '../../../shared/model/settings';
import { readNumber, typedNumber } from './numbers';
import type { NumberRule, Read } from './numbers';
import { tenantDraft, tenantFrom } from './tenant-draft';
import type { TenantDraft } from './tenant-draft';

export interface FarmDraft {
  readonly order: OrderDraft;
  readonly rules: Readonly<Record<RuleField, string>>;
  readonly perUser: string;
  readonly shared: readonly SharedDraft[];
  readonly tenants: readonly TenantDraft[];
  readonly others: TenantDraft;
}

export interface OrderDraft {
  readonly priority: string;
  readonly ageing: string;
  readonly deadline: string;
  readonly fairShare: boolean;
  readonly reserveMinutes: string;
  readonly preempt: boolean;
  readonly choice: NodeChoice;
}

export type RuleField = 'nodeAfterJobs' | 'jobAfterNodes' | 'losses';

/** A licence or the like. */
export interface SharedDraft {
  /** Tells rows apart while they are typed. */
  readonly key: number;
  readonly name: string;
  readonly amount: string;
}

const minute = 60_000;

export function draftOf(settings: FarmSettings): FarmDraft {
  const { order, rules } = settings;
  return {
    order: {
      priority: typedNumber(order.priority),
      ageing: typedNumber(order.ageing),
      deadline: typedNumber(order.deadline),
      fairShare: order.fairShare,
      reserveMinutes: typedNumber(order.reserveAfterMs === null ? null : order.reserveAfterMs / minute),
      preempt: order.preempt,
      choice: order.choice,
    },
    rules: {
      nodeAfterJobs: typedNumber(rules.nodeAfterJobs),
      jobAfterNodes: typedNumber(rules.jobAfterNodes),
      losses: typedNumber(rules.losses),
    },
    perUser: typedNumber(settings.perUser),
    shared: Object.entries(settings.shared).map(([name, amount], key) => ({
      key,
      name,
      amount: typedNumber(amount),
    })),
    tenants: Object.entries(settings.tenants).map(([name, tenant], key) => tenantDraft(key, name, tenant)),
    others: tenantDraft(-1, '', settings.otherTenants),
  };
}

/** What is wrong, by the place of the field: `order.priority`, `tenants.3.weight`. */
export type Mistakes = ReadonlyMap<string, string>;

export interface ReadDraft {
  /** What has mistakes stays as it was. */
  readonly settings: FarmSettings;
  readonly mistakes: Mistakes;
}

const weight: NumberRule = { least: 0, most: 1000, isWhole: false, mayBeEmpty: false };
const minutes: NumberRule = { least: 0, most: 10_000, isWhole: false, mayBeEmpty: true };
const times: NumberRule = { least: 1, most: 1_000_000, isWhole: true, mayBeEmpty: true };
const losses: NumberRule = { least: 0, most: 1_000_000, isWhole: true, mayBeEmpty: false };
const stock: NumberRule = { least: 0, most: 1e9, isWhole: false, mayBeEmpty: false };

export function readDraft(draft: FarmDraft, before: FarmSettings): ReadDraft {
  const mistakes = new Map<string, string>();
  const read: Read = (place, typed, rule, old) => {
    const number = readNumber(typed, rule);
    if (number.ok) return number.value;
    mistakes.set(place, number.mistake);
    return old;
  };
  const { order, rules } = draft;
  const reserve = read('order.reserveMinutes', order.reserveMinutes, minutes, null);
  const settings: FarmSettings = {
    ...before,
    order: {
      priority: read('order.priority', order.priority, weight, 0) ?? 0,
      ageing: read('order.ageing', order.ageing, weight, 0) ?? 0,
      deadline: read('order.deadline', order.deadline, weight, 0) ?? 0,
      fairShare: order.fairShare,
      reserveAfterMs: reserve === null ? null : Math.round(reserve * minute),
      preempt: order.preempt,
      choice: order.choice,
    },
    rules: {
      nodeAfterJobs: read('rules.nodeAfterJobs', rules.nodeAfterJobs, times, null),
      jobAfterNodes: read('rules.jobAfterNodes', rules.jobAfterNodes, times, null),
      losses: read('rules.losses', rules.losses, losses, 0) ?? 0,
    },
    perUser: read('perUser', draft.perUser, times, null),
    shared: Object.fromEntries(
      named('shared', draft.shared, mistakes).map(({ key, name, amount }) => [
        name,
        read(`shared.${key}.amount`, amount, stock, 0) ?? 0,
      ]),
    ),
    tenants: Object.fromEntries(
      named('tenants', draft.tenants, mistakes).map((tenant) => [
        tenant.name,
        tenantFrom(tenant, `tenants.${tenant.key}`, read),
      ]),
    ),
    otherTenants: tenantFrom(draft.others, 'others', read),
  };
  return { settings, mistakes };
}

const longestName = 200;

/** Rows with their names, which have to be there, and each once. */
function named<Row extends { readonly key: number; readonly name: string }>(
  place: string,
  rows: readonly Row[],
  mistakes: Map<string, string>,
): readonly Row[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const name = row.name.trim();
    const mistake =
      name === ''
        ? 'It needs a name.'
        : seen.has(name)
          ? `${name} is there already.`
          : name.length > longestName
            ? `At most ${longestName} characters.`
            : null;
    if (mistake !== null) mistakes.set(`${place}.${row.key}.name`, mistake);
    seen.add(name);
    return { ...row, name };
  });
}

const parts = ['order', 'rules', 'perUser', 'shared', 'tenants', 'others'] as const;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const isChanged = (draft: FarmDraft, base: FarmDraft): boolean =>
  parts.some((part) => !same(draft[part], base[part]));

/** The settings were changed elsewhere meanwhile: parts that the person has not touched follow. */
export function rebased(draft: FarmDraft, base: FarmDraft, next: FarmDraft): FarmDraft {
  const keep = <Part extends (typeof parts)[number]>(part: Part): FarmDraft[Part] =>
    same(draft[part], base[part]) ? next[part] : draft[part];
  return {
    order: keep('order'),
    rules: keep('rules'),
    perUser: keep('perUser'),
    shared: keep('shared'),
    tenants: keep('tenants'),
    others: keep('others'),
  };
}

/** For a row that is added. */
export const nextKey = (rows: readonly { readonly key: number }[]): number =>
  rows.reduce((most, { key }) => Math.max(most, key), -1) + 1;
