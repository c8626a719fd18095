/** How a task's script joins the session of its step on a node. See resources/agent/session.sh. */
import { createHash } from 'node:crypto';
import type { SessionEnvironment } from '../../shared/model/batch';
import type { Order } from '../engine/effects';
import { sessionFolderVariable } from '../../shared/model/task-variables';
import { fill, fillScript, type Values } from './fill';
import { escapeForPrintf, shellQuote } from './quote';

/** A session in which nothing has run for so long is left, also when no Drover is there any more. */
const idleSeconds = 300;

export type SessionStep = Pick<Order, 'batch' | 'job'> & { readonly step: { readonly name: string } };

/** Of all sessions of a step; another Host's are never the same. */
export function sessionKey(host: string, { batch, job, step }: SessionStep): string {
  const hash = createHash('sha256').update(JSON.stringify([host, batch, job, step.name]));
  return `s-${hash.digest('hex').slice(0, 24)}`;
}

export interface SessionPlaces {
  /** The agent's folder: a word for the shell. */
  readonly root: string;
  /** The library of sessions: a word for the shell. */
  readonly sessions: string;
}

/**
 * Lines that join it before the task has anything of its own. `base` sets what all scripts of the
 * session find.
 */
export function joinLines(
  key: string,
  order: Order,
  places: SessionPlaces,
  base: readonly string[],
  values: Values,
): readonly string[] {
  const { environments } = order.step;
  const definition = [
    words('session', String(idleSeconds), text(base)),
    ...environments.map((environment) => environmentLine(environment, values)),
  ].join('\n');
  const join = `sh ${places.sessions} join ${places.root} ${key} ${shellQuote(order.attempt)} $$`;
  return [
    // Not a here-document: old shells are led astray by one within $( ).
    `drover_what=${shellQuote(definition)}`,
    `drover_session=$(printf '%s\\n' "$drover_what" | ${join}) || exit 70`,
    'unset drover_what',
  ];
}

/** Lines that set what the session has set. */
export const sessionLines: readonly string[] = [
  `export ${sessionFolderVariable}="$drover_session/work"`,
  '. "$drover_session/variables"',
  'unset drover_session',
];

function environmentLine(
  { name, variables, enter, leave, timeoutMs, isPrepared }: SessionEnvironment,
  values: Values,
): string {
  const word = (value: string): string => (isPrepared ? value : shellQuote(fill(value, values)));
  const script = (text: string | null): string =>
    text === null || isPrepared ? (text ?? '') : fillScript(text, values);
  const set = Object.entries(variables).map(([variable, value]) => `export ${variable}=${word(value)}`);
  return words(
    'environment',
    name,
    String(Math.ceil((timeoutMs ?? 0) / 1000)),
    text(set),
    script(enter),
    script(leave),
  );
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const words = (first: string, ...others: readonly string[]): string =>
  [first, ...others.map((word) => `:${escapeForPrintf(word).replaceAll(' ', '\\0040')}`)].join(' ');
