/** Why work waits, and what would let it start. */
import type { NodeWhy, StepWhy } from '../../shared/ipc/plans';
import { farmSettings } from '../../shared/ipc/settings-schema';
import type { Cheapest } from '../../shared/model/farm-change';
import type { Verdict } from '../../shared/model/verdict';
import { countOf } from '../engine/counts';
import { batchState, jobState } from '../engine/derived';
import { cheapestChange } from '../engine/explain/cheapest';
import { commandFor } from '../engine/explain/cheapest-command';
import { waitingClass } from '../engine/explain/cheapest-candidates';
import { explainStep, reasonsOfNodes } from '../engine/explain/explain';
import type { StepRecord } from '../engine/state';
import type { Host } from '../host';
import { changed } from './done';
import { find, findNode, jobsOf, Refused } from './find';
import type { Handlers } from './handlers';
import { inBackground } from './in-background';

/** Nobody reads more. */
const mostSteps = 100;
const mostNodes = 1_000;
/** For each of them the farm is copied some thirty times. */
const mostTried = 10;

export const whyHandlers: Handlers<'job.why' | 'change.apply'> = {
  'job.why': async (host, { what }) => {
    const found = find(host.state, what);
    const isBatch = 'jobs' in found;
    const waiting = jobsOf(found)
      .flatMap(({ steps }) => steps)
      .filter((step) => waitingTasks(step) > 0);
    const steps: StepWhy[] = [];
    for (const step of waiting.slice(0, mostSteps))
      steps.push(await stepWhy(host, step, steps.length < mostTried));
    return {
      batch: isBatch ? found.id : found.batch.id,
      job: isBatch ? null : found.id,
      name: isBatch ? found.batch.name : found.job.name,
      state: isBatch ? batchState(found) : jobState(found),
      steps,
      left: Math.max(0, waiting.length - mostSteps),
    };
  },
  'change.apply': async (host, { change, why }) => {
    if (change.kind === 'label') findNode(host.state, change.node);
    const command = commandFor(host.state, change, host.user);
    if (command.kind === 'configure' && !farmSettings.safeParse(command.settings).success)
      throw new Refused({ code: 'refused', message: 'The settings do not allow such a value.' });
    return changed(await host.command({ ...command, why }));
  },
};

async function stepWhy(host: Host, step: StepRecord, isTried: boolean): Promise<StepWhy> {
  const { job, index } = step;
  const at = host.now();
  const verdicts = explainStep(host.scheduler, step, at);
  const waiting = waitingTasks(step);
  const cheapest: Cheapest | null = isTried
    ? await inBackground(host, cheapestChange(host.state, job.id, index, at))
    : { kind: 'notTried' };
  return {
    job: job.id,
    jobName: job.job.name,
    batchName: job.batch.batch.name,
    step: index,
    stepName: job.steps.length === 1 ? null : step.step.name,
    waiting,
    verdicts,
    nodes: verdicts.some(isOfNodes) ? nodesAgainst(host, step, at) : [],
    cheapest,
  };
}

const isOfNodes = ({ kind }: Verdict): boolean => kind === 'nodes' || kind === 'tooLarge';

function nodesAgainst({ state }: Host, step: StepRecord, at: number): readonly NodeWhy[] {
  return reasonsOfNodes(state, step, waitingClass(step), at)
    .flatMap(({ node, reason }) => (reason === null ? [] : [{ node: node.id, name: node.name, reason }]))
    .slice(0, mostNodes);
}

const waitingTasks = ({ counts }: StepRecord): number =>
  countOf(counts, 'PENDING') + countOf(counts, 'QUEUED');
