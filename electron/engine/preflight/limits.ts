/** Quotas, limits and licences that keep tasks from running for good, or hold them for a while. */
import { amountInWords, amountNames } from '../../../shared/model/amounts';
import type { About, Found } from '../../../shared/model/finding';
import { sharedAmount } from '../../../shared/model/settings';
import { limitInWords, type SettingsLimit } from '../../../shared/model/verdict';
import { codes } from '../counts';
import { newVector } from '../resources/vector';
import { sharedLimit, tenantLimit, userLimit } from '../schedule/limits';
import type { FarmState, StepRecord } from '../state';
import type { Fixes } from './fixes';
import { about, amountField } from './nodes';

/** Null: its tasks may run, sooner or later. */
export function* neverAllowed(
  state: FarmState,
  step: StepRecord,
  fixes: Fixes,
): Generator<undefined, Found | null> {
  const limit = limitForGood(state, step);
  if (limit === null) return null;
  return {
    severity: 'error',
    code: limit.of === 'farm' ? 'too-few' : 'quota',
    about: about(step, ...fieldOf(limit)),
    message: inWords(limit),
    fix: yield* fixes.for(step),
  };
}

/** It would stand in the way also if nothing else ran. */
function limitForGood(state: FarmState, step: StepRecord): SettingsLimit | null {
  const { settings, ownNames } = state;
  const { requestClass, job } = step;
  const { by, tenant } = job.batch;
  if (settings.perUser === 0) return { of: 'user', name: by, what: 'tasks', used: 0, most: 0, needed: 1 };
  const idle = { name: tenant.name, held: newVector(), running: 0, queued: 0, submissions: [] };
  const ofTenant = tenantLimit(state, idle, requestClass);
  if (ofTenant !== null) return ofTenant;
  for (const [name, needed] of requestClass.special) {
    const most = sharedAmount(settings, name);
    if (!ownNames.has(name) && needed > most) return { of: 'farm', name, what: name, used: 0, most, needed };
  }
  return null;
}

function inWords({ of, name, what, most, needed }: SettingsLimit): string {
  if (of === 'farm') return `a task needs ${needed} ${name}, and the farm has ${most}`;
  const whose = of === 'user' ? `the limit of user ${name}` : `the quota of tenant ${name}`;
  if (what === 'tasks') return `${whose} lets no task run`;
  const amount = amountNames.find((one) => one === what);
  const words = (n: number): string => (amount === undefined ? `${n} ${what}` : amountInWords(amount, n));
  return `a task needs ${words(needed)}, and ${whose} is ${words(most)}`;
}

function fieldOf({ of, name, what }: SettingsLimit): About['field'] {
  if (of === 'farm') return ['resources', 'uses', name];
  const amount = amountNames.find((one) => one === what);
  return amount === undefined ? [] : amountField(amount);
}

/** What holds the tasks of a step that could start, now that others of the batch have; null: room, or nothing. */
export function heldBy(state: FarmState, step: StepRecord): Found | null {
  if (step.counts[codes.QUEUED] === 0) return null;
  const { requestClass, job } = step;
  const limit =
    userLimit(state, step) ??
    tenantLimit(state, job.batch.tenant, requestClass) ??
    sharedLimit(state, requestClass);
  // That tasks hold a lock one after the other is what it is for.
  if (limit === null || (limit.of === 'farm' && isLock(state, limit.name))) return null;
  return {
    severity: 'note',
    code: limit.of === 'farm' ? 'licence' : 'quota',
    about: about(step, ...fieldOf(limit)),
    message: `${limitInWords(limit)}: tasks wait for that`,
    fix: null,
  };
}

/** A name that nobody has given an amount lets one task run at a time: seldom what a typing mistake is for. */
export function* locksFound(state: FarmState, step: StepRecord): Generator<Found> {
  if (step.count === 1) return;
  for (const [name, amount] of Object.entries(step.step.request.special)) {
    if (amount > 1 || !isLock(state, name)) continue;
    const known = [...new Set([...Object.keys(state.settings.shared), ...state.ownNames.keys()])].toSorted();
    const others = known.length === 0 ? '' : `; known are ${known.slice(0, mostNames).join(', ')}`;
    yield {
      severity: 'note',
      code: 'lock',
      about: about(step, 'resources', 'uses', name),
      message: `${name} is neither a licence of the farm nor something that a node has${others}: as a lock it lets one task run at a time`,
      fix: `tell how much of ${name} the farm has, in the settings under shared`,
    };
  }
}

const mostNames = 8;

const isLock = ({ settings, ownNames }: FarmState, name: string): boolean =>
  !(name in settings.shared) && !ownNames.has(name);
