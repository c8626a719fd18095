/** Steps that no node could ever do, or none of those that take work now. */
import type { AmountName } from '../../../shared/model/amounts';
import { aboutStep, type About, type Found } from '../../../shared/model/finding';
import { verdictInWords, type NodeReason } from '../../../shared/model/verdict';
import { groupReasons, whyAway } from '../explain/explain';
import type { StepRecord } from '../state';
import type { Fit } from './fits';
import type { Fixes } from './fixes';

const fieldOfAmount: Readonly<Record<AmountName, string>> = {
  cpu: 'cpu',
  memoryMiB: 'memory',
  gpu: 'gpu',
  gpuMemoryMiB: 'gpuMemory',
  storageMiB: 'storage',
  networkMbps: 'network',
};

export const amountField = (amount: AmountName): About['field'] => ['resources', fieldOfAmount[amount]];

export function* nodesFound(step: StepRecord, fit: Fit, fixes: Fixes): Generator<undefined, Found | null> {
  if (fit.able.length === 0) return yield* neverRuns(step, fit, fixes);
  if (fit.able.some(({ state }) => state === 'ONLINE' || state === 'STARTING')) return null;
  const away = fit.able.flatMap((node) => {
    const reason = whyAway(node);
    return reason === null ? [] : [{ node, reason }];
  });
  return {
    severity: 'warning',
    code: 'nodes-away',
    about: about(step),
    message: `no node that could do it takes work now; ${groupReasons(away).map(verdictInWords).join('; ')}`,
    fix: yield* fixes.for(step),
  };
}

/** Null: there is no node at all, which is nothing about the step. */
function* neverRuns(step: StepRecord, fit: Fit, fixes: Fixes): Generator<undefined, Found | null> {
  if (fit.unable.length === 0) return null;
  const what = groupReasons(fit.unable);
  const words = verdictInWords({ kind: 'tooLarge', request: step.requestClass.request, what });
  const [first] = what;
  const reason = first?.kind === 'nodes' ? first.reason : null;
  const isSure = fit.unknown.length === 0;
  const rest = fit.unknown.map(({ name }) => name).join(', ');
  return {
    severity: isSure ? 'error' : 'warning',
    code: 'never-runs',
    about: about(step, ...(reason === null ? [] : fieldOf(reason))),
    message: isSure ? words : `${words}; what ${rest} could give is not known yet`,
    fix: yield* fixes.for(step),
  };
}

function fieldOf(reason: NodeReason): About['field'] {
  switch (reason.kind) {
    case 'tooSmall':
      return amountField(reason.amount);
    case 'tooFew':
      return ['resources', 'uses', reason.name];
    case 'requirement':
      return ['needs'];
    default:
      return [];
  }
}

export const about = ({ job, step }: StepRecord, ...field: About['field']): About =>
  aboutStep(job.job.name, step.name, ...field);
