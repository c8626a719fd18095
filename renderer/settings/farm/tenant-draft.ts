/** A tenant's share, what it is guaranteed and what it may use at most, as fields. */
import { defaultSettings } from '../../../shared/model/settings';
import type { TenantSettings } from '../../../shared/model/settings';
import type { Amounts } from '../../../shared/model/amounts';
import { typedNumber } from './numbers';
import type { NumberRule, Read } from './numbers';

export interface TenantDraft {
  /** Tells rows apart while they are typed. */
  readonly key: number;
  readonly name: string;
  readonly fields: Readonly<Record<TenantField, string>>;
  /** With what there are no fields for. */
  readonly before: TenantSettings;
}

export const shareFields = ['weight', 'ownCpu', 'ownMemory', 'ownGpu'] as const;
export const quotaFields = ['running', 'queued', 'cpu', 'memory', 'gpu', 'submissions'] as const;
export type TenantField = (typeof shareFields)[number] | (typeof quotaFields)[number];

const gibibyte = 1024;

export function tenantDraft(key: number, name: string, settings: TenantSettings): TenantDraft {
  const { weight, guaranteed, most } = settings;
  const inGibibytes = (mebibytes: number | undefined): number | undefined =>
    mebibytes === undefined ? undefined : mebibytes / gibibyte;
  return {
    key,
    name,
    before: settings,
    fields: {
      weight: typedNumber(weight),
      ownCpu: typedNumber(guaranteed.cpu),
      ownMemory: typedNumber(inGibibytes(guaranteed.memoryMiB)),
      ownGpu: typedNumber(guaranteed.gpu),
      running: typedNumber(most.running),
      queued: typedNumber(most.queued),
      cpu: typedNumber(most.amounts.cpu),
      memory: typedNumber(inGibibytes(most.amounts.memoryMiB)),
      gpu: typedNumber(most.amounts.gpu),
      submissions: typedNumber(most.submissions),
    },
  };
}

export const newTenant = (key: number): TenantDraft => tenantDraft(key, '', defaultSettings.otherTenants);

const weight: NumberRule = { least: 0.001, most: 1000, isWhole: false, mayBeEmpty: false };
const own: NumberRule = { least: 0, most: 900_000, isWhole: false, mayBeEmpty: false };
const count: NumberRule = { least: 0, most: 1e9, isWhole: true, mayBeEmpty: true };
const amount: NumberRule = { least: 0, most: 900_000, isWhole: false, mayBeEmpty: true };
const aMinute: NumberRule = { least: 1, most: 1000, isWhole: true, mayBeEmpty: true };

export function tenantFrom({ fields, before }: TenantDraft, place: string, read: Read): TenantSettings {
  const of = (field: TenantField, rule: NumberRule): number | null =>
    read(`${place}.${field}`, fields[field], rule, rule.mayBeEmpty ? null : 1);
  const mebibytes = (gibibytes: number | null): number | null =>
    gibibytes === null ? null : Math.round(gibibytes * gibibyte);
  const amounts = withMost(before.most.amounts, {
    cpu: of('cpu', amount),
    memoryMiB: mebibytes(of('memory', amount)),
    gpu: of('gpu', amount),
  });
  return {
    weight: of('weight', weight) ?? before.weight,
    guaranteed: {
      ...before.guaranteed,
      cpu: of('ownCpu', own) ?? 0,
      memoryMiB: mebibytes(of('ownMemory', own)) ?? 0,
      gpu: of('ownGpu', own) ?? 0,
    },
    most: {
      running: of('running', count),
      queued: of('queued', count),
      amounts,
      submissions: of('submissions', aMinute),
    },
  };
}

/** Null: no limit any more. */
function withMost(
  before: Readonly<Partial<Amounts>>,
  most: Readonly<Record<'cpu' | 'memoryMiB' | 'gpu', number | null>>,
): Partial<Amounts> {
  const { cpu: _cpu, memoryMiB: _memoryMiB, gpu: _gpu, ...rest } = before;
  return {
    ...rest,
    ...(most.cpu === null ? {} : { cpu: most.cpu }),
    ...(most.memoryMiB === null ? {} : { memoryMiB: most.memoryMiB }),
    ...(most.gpu === null ? {} : { gpu: most.gpu }),
  };
}
