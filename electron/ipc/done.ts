import type { Changed } from '../../shared/ipc/contract';
import type { CommandResult } from '../engine/engine';
import type { Result } from '../submissions';
import { Refused } from './find';

type Outcome = Extract<CommandResult, { kind: 'done' }>['outcome'];

/** What came of a command; thrown when it was refused. */
export function done(result: CommandResult): Outcome {
  if (result.kind === 'refused') throw new Refused(result.refusal);
  return result.outcome;
}

export function changed(result: CommandResult): Changed {
  const { jobs, tasks, change } = done(result);
  return { jobs, tasks, change };
}

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Refused(result.refusal);
  return result.value;
}
