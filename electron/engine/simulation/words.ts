/** Actions in words, as short as they can be read. */
import type { Batch, Job, Step, StepReference } from '../../../shared/model/batch';
import { taskCount } from '../../../shared/model/space';
import type { Action, Fault, Wish } from './actions';

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

export function inWords({ at, by, ...action }: Action): string {
  return `${seconds(at).padStart(12)}  ${describe(action, by)}`;
}

function describe(action: Wish | Fault, by: string): string {
  switch (action.kind) {
    case 'die': {
      const when = typeof action.when === 'number' ? `after ${action.when} effects` : action.when;
      return `the Host dies (${when}) and is back after ${seconds(action.lasts)}`;
    }
    case 'stop':
      return `the Host is closed and opened again after ${seconds(action.lasts)}`;
    case 'reboot':
    case 'hang':
    case 'cut':
    case 'flaky':
      return `${action.kind} of a node (${action.node.toFixed(2)}) for ${seconds(action.lasts)}`;
    case 'fullDisk':
    case 'slowDisk':
      return `${action.kind} for ${seconds(action.lasts)}`;
    case 'clock':
      return `the clock jumps by ${seconds(action.jump)}`;
    case 'submit':
      return `${by} submits ${batchInWords(action.batch)}`;
    case 'schedule':
      return `${by} schedules ${JSON.stringify(action.rule)}: ${batchInWords(action.batch)}`;
    default:
      return `${by}: ${plain(action)}`;
  }
}

const margin = `\n${' '.repeat(16)}`;

function batchInWords({ name, tenant, jobs, dependencies }: Batch): string {
  const steps = jobs.flatMap((job) => job.steps.map((step) => stepInWords(job, step)));
  const edges = dependencies.map(
    ({ from, to, relation, onFailure }) =>
      `${from === null ? '' : `${end(from)} `}-> ${end(to)}: ${plain(relation)}, on failure ${onFailure}`,
  );
  return [`${name} of ${tenant}`, ...steps, ...edges].join(margin);
}

function stepInWords({ name, kind, priority, deadline, most }: Job, step: Step): string {
  const { space, request, needs, retry, timeoutMs, preemptible, environment } = step;
  const wishes = { ...request, ...needs, deadline, most, timeoutMs, preemptible, retry };
  return `${name}/${step.name}: ${taskCount(space)} tasks, ${kind}, ${priority}, ${plain(wishes)}, ${plain(environment)}`;
}

const end = ({ job, step }: StepReference): string => (step === null ? job : `${job}/${step}`);

/** Without what says nothing. */
function plain(value: unknown): string {
  const text =
    JSON.stringify(value, (key, part: unknown) =>
      isNothing(part) && !/^\d+$/.test(key) ? undefined : part,
    ) ?? '';
  return text.replaceAll('"', '').replaceAll(',', ', ');
}

function isNothing(part: unknown): boolean {
  if (part === null || part === 0 || part === false || part === 'shared') return true;
  return typeof part === 'object' && Object.keys(part).length === 0;
}
