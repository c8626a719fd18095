/** What people type as the values of options. */
import { priorities, type Priority } from '../../shared/model/states';
import { parseWhen } from '../submit/values/moments';
import type { Parsed } from '../submit/document/parsed';
import { UsageError } from './arguments';

export function valueOfOption<Value>(option: string, parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw new UsageError(`--${option}: ${parsed.message}`);
}

export const whenOf = (option: string, text: string): number =>
  valueOfOption(option, parseWhen(text, Date.now()));

export function priorityOf(level: string): Priority {
  const priority = priorities.find((one) => one === level.toUpperCase());
  if (priority === undefined)
    throw new UsageError(`${level} is no priority; there are ${priorities.join(', ').toLowerCase()}`);
  return priority;
}

export function oneOf<Value extends string>(option: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new UsageError(`--${option} is one of ${values.join(', ')}; not '${text}'`);
  return found;
}

/** `JOB=VALUE` */
export function assignmentOf(
  option: string,
  text: string,
): { readonly what: string; readonly value: string } {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new UsageError(`--${option} takes JOB=VALUE, not '${text}'`);
  return { what: text.slice(0, at), value: text.slice(at + 1) };
}

/** `NODE` or `NODExN`: so many of them. A node whose own name ends so is written `NODEx1`. */
export function nodesOf(text: string): { readonly like: string; readonly count: number } {
  const [, like = text, count = '1'] = /^(.+)x(\d{1,4})$/.exec(text) ?? [];
  if (Number(count) < 1 || Number(count) > 1000)
    throw new UsageError(`--with takes NODExN, where N is 1 to 1000; not '${text}'`);
  return { like, count: Number(count) };
}
