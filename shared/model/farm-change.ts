/** What could be changed about a farm for the sake of work that waits. */
import { amountInWords, type AmountName } from './amounts';
import type { EdgeId, JobId, NodeId } from './ids';
import type { Priority } from './states';
import type { SettingsLimit } from './verdict';

interface OfJob {
  readonly job: JobId;
  readonly jobName: string;
}
interface OfNode {
  readonly node: NodeId;
  readonly nodeName: string;
}

/** Those that a command makes. */
export type CommandedChange =
  | ({ readonly kind: 'release' } & OfJob)
  | ({ readonly kind: 'takeBack' } & OfNode)
  | { readonly kind: 'bypass'; readonly edge: EdgeId; readonly what: string }
  | { readonly kind: 'raise'; readonly limit: SettingsLimit; readonly to: number }
  | ({ readonly kind: 'unreserve'; readonly reservation: number } & OfNode)
  | ({ readonly kind: 'priority'; readonly to: Priority } & OfJob)
  | ({
      readonly kind: 'label';
      readonly add: readonly string[];
      readonly remove: readonly string[];
      readonly pool: string | null;
    } & OfNode)
  | ({ readonly kind: 'cancel'; readonly batchName: string; readonly running: number } & OfJob);

/** One change to the farm, or to what was submitted. */
export type FarmChange =
  | CommandedChange
  /** It is reached again. */
  | ({ readonly kind: 'nodeBack' } & OfNode)
  /** Of each task; it has to be submitted anew for that. */
  | { readonly kind: 'smaller'; readonly amount: AmountName; readonly from: number; readonly to: number }
  | ({ readonly kind: 'addNode' } & OfNode);

/** The first in the order of their cost that lets a task start, tried on a copy of the farm. */
export type Cheapest =
  | {
      readonly kind: 'change';
      readonly change: FarmChange;
      /** False: no node could ever have done it; now it waits for room. */
      readonly startsNow: boolean;
    }
  | { readonly kind: 'startsAnyway' }
  /** The farm is too large to try, or too much was asked about at once. */
  | { readonly kind: 'notTried' };

export function isCommanded(change: FarmChange): change is CommandedChange {
  return change.kind !== 'nodeBack' && change.kind !== 'smaller' && change.kind !== 'addNode';
}

/** How it is taken back: by undo, by another command, or not at all. */
export function wayBack(change: CommandedChange): 'undo' | 'setAside' | 'retry' | null {
  switch (change.kind) {
    case 'release':
    case 'raise':
    case 'priority':
    case 'label':
      return 'undo';
    case 'takeBack':
      return 'setAside';
    case 'cancel':
      return 'retry';
    case 'bypass':
    case 'unreserve':
      return null;
  }
}

export function changeInWords(change: FarmChange): string {
  switch (change.kind) {
    case 'release':
      return `release ${jobInWords(change)}`;
    case 'takeBack':
      return `let ${nodeInWords(change)} take work again`;
    case 'nodeBack':
      return `get ${nodeInWords(change)} back`;
    case 'bypass':
      return `do not wait for ${change.what}`;
    case 'raise':
      return raiseInWords(change.limit, change.to);
    case 'unreserve':
      return `give up reservation ${change.reservation} on ${nodeInWords(change)}`;
    case 'priority':
      return `raise the priority of ${jobInWords(change)} to ${change.to}`;
    case 'smaller':
      return `ask for ${amountInWords(change.amount, change.to)} instead of ${amountInWords(change.amount, change.from)}`;
    case 'label':
      return `${labelInWords(change)} ${nodeInWords(change)}`;
    case 'cancel':
      return `cancel ${change.jobName} of ${change.batchName} (${change.job}), of which ${change.running} ${change.running === 1 ? 'task runs' : 'tasks run'}`;
    case 'addNode':
      return `add a node like ${called(change.nodeName, change.node)}`;
  }
}

const called = (name: string, id: string): string => (name === id ? id : `${name} (${id})`);
const jobInWords = ({ job, jobName }: OfJob): string => called(jobName, job);
const nodeInWords = ({ node, nodeName }: OfNode): string => `node ${called(nodeName, node)}`;

function raiseInWords({ of, name, what, most }: SettingsLimit, to: number): string {
  const whose =
    of === 'farm'
      ? `the amount of ${name}`
      : `the ${of === 'tenant' ? 'quota of tenant' : `limit of ${of}`} ${name}`;
  const unit =
    of === 'farm' ? '' : what === 'tasks' ? ' tasks at once' : ` ${what === 'cpu' ? 'cores' : what}`;
  return `raise ${whose} from ${round(most)} to ${round(to)}${unit}`;
}

function labelInWords({ add, remove, pool }: Extract<FarmChange, { kind: 'label' }>): string {
  const what = [
    ...(add.length > 0 ? [`the label ${add.join(' and ')}`] : []),
    ...(pool === null ? [] : [`a place in pool ${pool}`]),
  ].join(' and ');
  if (what === '') return `take the label ${remove.join(' and ')} from`;
  return remove.length === 0
    ? `give ${what} to`
    : `give ${what}, without the label ${remove.join(' and ')}, to`;
}

const round = (amount: number): number => Number(amount.toFixed(2));
