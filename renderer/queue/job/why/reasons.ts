/** What the panel "Why isn't it running?" is made from. */
import type { NodeWhy, StepWhy } from '../../../../shared/ipc/plans';
import { isCommanded, type Cheapest, type FarmChange } from '../../../../shared/model/farm-change';
import { reasonKey, type NodeReason, type Verdict } from '../../../../shared/model/verdict';

/**
 * Differs when something else may help than before. How many tasks are to go and how much is free changes all the
 * time, and for an answer the farm is tried some thirty times.
 */
export function signatureOf(verdicts: readonly Verdict[]): string {
  return verdicts.map(subjectOf).toSorted().join('\n');
}

function subjectOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'waitsFor':
      return `${verdict.kind} ${verdict.job} ${verdict.step}`;
    case 'upstreamFailed':
      return `${verdict.kind} ${verdict.job}`;
    case 'limit':
      return `${verdict.kind} ${verdict.limit.of} ${verdict.limit.name} ${verdict.limit.what} ${verdict.limit.most}`;
    case 'nodes':
      return `${verdict.kind} ${subjectOfReason(verdict.reason)} ${verdict.names.join()}`;
    case 'tooLarge':
      return `${verdict.kind} ${signatureOf(verdict.what)}`;
    case 'triedAgain':
    case 'othersFirst':
    case 'noNodes':
      return verdict.kind;
    case 'held':
    case 'notYet':
    case 'condition':
      return JSON.stringify(verdict);
  }
}

const subjectOfReason = (reason: NodeReason): string =>
  'largest' in reason ? `${reasonKey(reason)} ${reason.need}` : reasonKey(reason);

/** The nodes that a verdict tells of: all of them, where it names only the first. */
export function nodesUnder(verdict: Verdict, nodes: readonly NodeWhy[]): readonly NodeWhy[] {
  if (verdict.kind !== 'nodes') return [];
  const key = reasonKey(verdict.reason);
  return nodes.filter(({ reason }) => reasonKey(reason) === key);
}

/** A change that helps, and the steps that it helps. */
export interface Offer {
  readonly change: FarmChange;
  readonly startsNow: boolean;
  readonly steps: readonly StepWhy[];
}

/** Each change once: what one step needs often helps another. What Drover can do itself comes first. */
export function offersOf(steps: readonly StepWhy[]): readonly Offer[] {
  const offers = new Map<string, Offer>();
  for (const step of steps) {
    const { cheapest } = step;
    if (cheapest?.kind !== 'change') continue;
    const key = JSON.stringify(cheapest.change);
    const known = offers.get(key);
    offers.set(key, {
      change: cheapest.change,
      startsNow: cheapest.startsNow || known?.startsNow === true,
      steps: [...(known?.steps ?? []), step],
    });
  }
  return [...offers.values()].toSorted(
    (a, b) => Number(isCommanded(b.change)) - Number(isCommanded(a.change)),
  );
}

/** What is said where no change is offered. */
export function noOfferInWords(cheapest: Cheapest | null): string {
  switch (cheapest?.kind) {
    case 'startsAnyway':
      return 'Nothing has to be changed: it is about to start.';
    case 'notTried':
      return 'What would help was not looked for: the farm is too large, or too much waits at once.';
    case 'change':
    case undefined:
      return 'No single change would let it start.';
  }
}
