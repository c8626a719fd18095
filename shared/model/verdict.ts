import { amountInWords, amountsInWords, type AmountName, type Request } from './amounts';
import type { JobId } from './ids';
import type { NodeState } from './states';

/** A limit that something ran into. `what`: tasks, an amount, or a named one. */
export interface Limit {
  readonly of: 'tenant' | 'user' | 'job' | 'farm';
  readonly name: string;
  readonly what: string;
  readonly used: number;
  readonly most: number;
  readonly needed: number;
}

/** One of the settings; that of a job was set when it was submitted. */
export type SettingsLimit = Limit & { readonly of: Exclude<Limit['of'], 'job'> };

/** Why a node does not take a task. */
export type NodeReason =
  | { readonly kind: 'state'; readonly state: NodeState; readonly reason: string | null }
  | { readonly kind: 'requirement'; readonly text: string }
  | {
      readonly kind: 'tooSmall';
      readonly amount: AmountName;
      readonly need: number;
      readonly largest: number;
    }
  | { readonly kind: 'noRoom'; readonly amount: AmountName; readonly need: number; readonly largest: number }
  | { readonly kind: 'named'; readonly name: string; readonly need: number }
  | { readonly kind: 'tooFew'; readonly name: string; readonly need: number; readonly has: number }
  | { readonly kind: 'noDevice'; readonly text: string }
  | { readonly kind: 'avoided' }
  | { readonly kind: 'reserved'; readonly holder: string };

/** Why work does not run now: the scheduler's own findings as data. */
export type Verdict =
  | {
      readonly kind: 'waitsFor';
      readonly job: JobId;
      readonly jobName: string;
      readonly step: string | null;
      readonly open: number;
    }
  | {
      readonly kind: 'upstreamFailed';
      readonly job: JobId;
      readonly jobName: string;
      readonly failed: number;
    }
  | { readonly kind: 'held'; readonly by: string; readonly why: string | null }
  | { readonly kind: 'notYet'; readonly what: string; readonly at: number | null }
  | { readonly kind: 'condition'; readonly what: string; readonly jobName: string; readonly failed: boolean }
  | { readonly kind: 'triedAgain'; readonly tasks: number; readonly at: number }
  | { readonly kind: 'limit'; readonly limit: Limit }
  | {
      readonly kind: 'nodes';
      readonly reason: NodeReason;
      readonly count: number;
      readonly names: readonly string[];
    }
  | { readonly kind: 'tooLarge'; readonly request: Request; readonly what: readonly Verdict[] }
  | { readonly kind: 'othersFirst'; readonly steps: number }
  | { readonly kind: 'noNodes' };

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

export function verdictInWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'waitsFor': {
      const what = verdict.step === null ? verdict.jobName : `${verdict.jobName}/${verdict.step}`;
      return `waits for ${what}: ${count(verdict.open, 'task')} to go`;
    }
    case 'upstreamFailed':
      return `held: ${count(verdict.failed, 'task')} of ${verdict.jobName} did not complete; retry ${verdict.jobName} to go on`;
    case 'held':
      return `held by ${verdict.by}${verdict.why === null ? '' : `: ${verdict.why}`}; release the job to go on`;
    case 'notYet':
      return verdict.at === null ? verdict.what : `${verdict.what}: ${timeInWords(verdict.at)}`;
    case 'condition':
      return verdict.failed
        ? `held: ${verdict.jobName} has ended, but ${verdict.what}`
        : `waits until ${verdict.what} in ${verdict.jobName}`;
    case 'triedAgain':
      return `${count(verdict.tasks, 'task')} will be tried again, the first at ${timeInWords(verdict.at)}`;
    case 'limit':
      return limitInWords(verdict.limit);
    case 'nodes':
      return `${nodesInWords(verdict.count, verdict.names)}: ${reasonInWords(verdict.reason)}`;
    case 'tooLarge':
      return `a task needs ${amountsInWords(verdict.request, verdict.request.special)}, which no node could give; ${verdict.what.map(verdictInWords).join('; ')}`;
    case 'othersFirst':
      return verdict.steps === 0
        ? 'is next as soon as a node has room'
        : `${count(verdict.steps, 'step')} that ask for the same come first`;
    case 'noNodes':
      return 'there is no node to run on';
  }
}

/** `a, b`, or of many their number and the first. */
export const nodesInWords = (all: number, names: readonly string[]): string =>
  all <= names.length ? names.join(', ') : `${count(all, 'node')} (${names.join(', ')}, ...)`;

/** The same for nodes of which one verdict tells: of amounts it has the largest. */
export const reasonKey = (reason: NodeReason): string =>
  'largest' in reason ? `${reason.kind} ${reason.amount}` : JSON.stringify(reason);

export function reasonInWords(reason: NodeReason): string {
  switch (reason.kind) {
    case 'state':
      return reason.reason === null ? reason.state : `${reason.state}, ${reason.reason}`;
    case 'requirement':
      return reason.text;
    case 'tooSmall':
      return `needs ${amountInWords(reason.amount, reason.need)}, the largest has ${amountInWords(reason.amount, reason.largest)}`;
    case 'noRoom':
      return `needs ${amountInWords(reason.amount, reason.need)}, most that is free is ${amountInWords(reason.amount, reason.largest)}`;
    case 'named':
      return `needs ${reason.need} ${reason.name}, which is taken`;
    case 'tooFew':
      return `needs ${reason.need} ${reason.name}, and has ${reason.has === 0 ? 'none' : reason.has}`;
    case 'noDevice':
      return reason.text;
    case 'avoided':
      return 'these tasks were sent elsewhere from there';
    case 'reserved':
      return `reserved for ${reason.holder}`;
  }
}

export function limitInWords({ of, name, what, used, most, needed }: Limit): string {
  const round = (n: number): number => Number(n.toFixed(2));
  const unit = what === 'tasks' ? 'tasks at once' : what === 'cpu' ? 'cores' : what;
  const more =
    needed > 1 || what !== 'tasks' ? `, ${round(needed)} more ${needed === 1 ? 'is' : 'are'} needed` : '';
  if (of === 'farm') return `${name}: ${round(used)} of ${round(most)} in use${more}`;
  const whose =
    of === 'job' ? 'limit of the job' : of === 'user' ? `limit of user ${name}` : `quota of tenant ${name}`;
  return `${whose}: ${round(used)} of ${round(most)} ${unit}${more}`;
}

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const timeInWords = (at: number): string => moments.format(at);
