/** How far a connection came, step by step. */
import { connectSteps, type ConnectStep, type NodeTrial } from '../../../shared/ipc/nodes';
import type { Answer } from '../../../shared/ipc/messages';

/** What going to a machine has come to. */
export type Visit =
  | { readonly kind: 'none' }
  | { readonly kind: 'going' }
  /** The request itself was refused: a name that is taken, a Host that closes. */
  | { readonly kind: 'refused'; readonly message: string }
  | NodeTrial;

export function visitFrom(answer: Answer<'node.try' | 'node.add' | 'node.connect'>): Visit {
  return answer.ok ? answer.value : { kind: 'refused', message: answer.refusal.message };
}

/** waits: for an answer of the person who reads this. */
export type StepState = 'done' | 'waits' | 'failed' | 'not reached';

export interface StepRow {
  readonly step: ConnectStep;
  readonly words: string;
  readonly state: StepState;
}

const stepWords: Readonly<Record<ConnectStep, string>> = {
  configuration: 'Configuration',
  name: 'Name',
  reach: 'Reach',
  hostKey: 'Host key',
  logIn: 'Log in',
  files: 'Files',
  shell: 'Shell',
};

export function stepsOf(visit: Visit): readonly StepRow[] {
  const [at, state] = lastStep(visit);
  const place = at === null ? -1 : connectSteps.indexOf(at);
  return connectSteps.map((step, index) => ({
    step,
    words: stepWords[step],
    state: index < place ? 'done' : index === place ? state : 'not reached',
  }));
}

function lastStep(visit: Visit): readonly [ConnectStep | null, StepState] {
  if (visit.kind === 'failed') return [visit.step, 'failed'];
  if (visit.kind === 'found') return ['shell', 'done'];
  if (visit.kind === 'question') return [visit.question.kind === 'hostKey' ? 'hostKey' : 'logIn', 'waits'];
  return [null, 'not reached'];
}
