/** How an attempt is asked to save its work, as its node is told. See resources/agent/saving.sh. */
import { canBeAsked } from '../../shared/model/making';
import type { Order } from '../engine/effects';
import { escapeForPrintf } from './quote';
import { scriptFor, type NodePlaces, type ScriptFor } from './script';

export interface AttemptSaving {
  /** A signal in small letters, or `command`. */
  readonly how: string;
  /** 0: only when it is to make way. */
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** Of a command. */
  readonly script: string | null;
}

/** Null: it cannot be asked. */
export function savingFor(order: Order, places: NodePlaces, node: ScriptFor): AttemptSaving | null {
  const { checkpoints: rule } = order.step;
  if (rule?.made === undefined || rule.made.kind === 'itself' || !canBeAsked(rule)) return null;
  const { made } = rule;
  const everyMs = made.everyMs ?? 0;
  if (made.kind === 'signal') return { how: made.signal.toLowerCase(), everyMs, timeoutMs: 0, script: null };
  // It does not enter what tasks share: its task is there already.
  const step = { ...order.step, action: made.action, environments: [] };
  const script = scriptFor({ ...order, step }, places, node);
  return { how: 'command', everyMs, timeoutMs: made.timeoutMs, script };
}

export function savingLine(attempt: string, { how, everyMs, timeoutMs, script }: AttemptSaving): string {
  const seconds = [everyMs, timeoutMs].map((milliseconds) => Math.ceil(milliseconds / 1000));
  const text = script === null ? '' : escapeForPrintf(script);
  const line = `SAVING ${attempt} ${seconds[0]} ${how} ${seconds[1]} ${text.length}`;
  return text === '' ? line : `${line}\n${text}`;
}
