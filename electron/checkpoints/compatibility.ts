/** What is risky about going on from a checkpoint, by what is known of it and of the work that would. */
import { bytesInWords } from '../../shared/model/bytes-in-words';
import type { Action, Step } from '../../shared/model/batch';
import { bytesOf, type Checkpoint, type Risk } from '../../shared/model/checkpoint';
import { placeholder } from '../../shared/model/placeholder';
import { filledName, type Values } from './names';

export interface Continuation {
  readonly checkpoint: Pick<Checkpoint, 'id' | 'type' | 'files' | 'programs'>;
  /** The one before it; null: there is none. */
  readonly before: Pick<Checkpoint, 'id' | 'files'> | null;
  readonly was: StepThen;
  readonly is: StepThen;
  /** Those that could do it. */
  readonly nodes: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** What came before it, which is not run again; values may have changed for it, too. */
  readonly earlier: readonly { readonly name: string; readonly text: string }[];
  /** Files of this machine that it reads, and that were changed since. */
  readonly changedInputs: readonly string[];
  /** What is to be copied, and what is free where it is to lie; null: nothing is copied. */
  readonly room: { readonly bytes: number; readonly free: number } | null;
}

/** As it is to run, with the values of its task. */
export interface StepThen {
  readonly step: Pick<Step, 'action' | 'checkpoints' | 'environment' | 'files' | 'folder'>;
  readonly values: Values;
}

/** The worst first. */
export function risksOf(continuation: Continuation): readonly Risk[] {
  const risks = [
    ...roomRisks(continuation),
    ...valueRisks(continuation),
    ...earlierRisks(continuation),
    ...ruleRisks(continuation),
    ...programRisks(continuation),
    ...continuation.changedInputs.map((path) => risky(`${path} was changed after it was saved`)),
    ...sizeRisks(continuation),
  ];
  const levels: readonly Risk['level'][] = ['refused', 'risky', 'note'];
  return risks.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}

/** Which programs a step runs, with their versions, by the labels of the node: `gmx:2023.3`. */
export function programsOf(
  { action, needs }: Pick<Step, 'action' | 'needs'>,
  labels: readonly string[],
): readonly string[] {
  const words = new Set(textOf(action).split(/[^\w.+-]+/));
  return labels.filter((label) => {
    const [, name = '', version] = /^([^:]+):(\d.*)$/.exec(label) ?? [];
    return version !== undefined && (words.has(name) || needs.allOf.includes(`program:${name}`));
  });
}

function roomRisks({ room }: Continuation): readonly Risk[] {
  if (room === null || room.bytes <= room.free) return [];
  const text = `${bytesInWords(room.bytes)} are to be copied, and ${bytesInWords(room.free)} are free there`;
  return [{ level: 'refused', text }];
}

function valueRisks({ was, is }: Continuation): readonly Risk[] {
  const state = is.step.checkpoints?.state ?? [];
  const names = [...new Set([...Object.keys(was.values), ...Object.keys(is.values)])];
  return names.flatMap((name): readonly Risk[] => {
    const [before, now] = [was.values[name], is.values[name]];
    if (before === now) return [];
    const words = `${name} was ${shown(before)} and would be ${shown(now)}`;
    return state.includes(name)
      ? [{ level: 'refused', text: `${words}: what was saved is of no use with another value` }]
      : [{ level: 'note', text: words }];
  });
}

/** What the earlier work would have made with other values is not there. */
function earlierRisks({ was, is, earlier }: Continuation): readonly Risk[] {
  const changed = Object.keys(is.values).filter((name) => was.values[name] !== is.values[name]);
  return earlier.flatMap(({ name, text }) => {
    const used = changed.filter((one) => namedIn(text).includes(one));
    return used.length === 0
      ? []
      : [risky(`${name} is not run again, so what it has made is not with the other ${used.join(', ')}`)];
  });
}

const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name = '']) => name);

function ruleRisks({ checkpoint, was, is }: Continuation): readonly Risk[] {
  const risks: Risk[] = [];
  const named = ({ step, values }: StepThen): string =>
    (step.checkpoints?.files ?? []).map((name) => filledName(name, values)).join(', ');
  if (named(was) !== named(is))
    risks.push(risky(`its name is that of ${named(was)}, and the program would look for ${named(is)}`));
  if (textOf(was.step.action) !== textOf(is.step.action))
    risks.push(risky('the command is another one than then'));
  if (JSON.stringify(was.step.environment) !== JSON.stringify(is.step.environment))
    risks.push(risky('variables of the environment are others than then'));
  if (checkpoint.type === 'METADATA')
    risks.push(risky('it tells only how far the work was, and has none of it'));
  return risks;
}

function programRisks({ checkpoint: { programs = [] }, nodes }: Continuation): readonly Risk[] {
  return programs.flatMap((label) => {
    const name = label.slice(0, label.indexOf(':'));
    const versions = nodes.flatMap(({ name: node, labels }) => {
      const version = labels.includes(label) ? label : labels.find((one) => isVersionOf(one, name));
      return version === undefined ? [] : [{ node, version }];
    });
    const others = versions.filter(({ version }) => version !== label);
    if (versions.length === 0) return [risky(`it was saved by ${label}, which no node has that is known`)];
    if (others.length === 0) return [];
    return [
      risky(`it was saved by ${label}, but ${listed(others.map((one) => `${one.node} has ${one.version}`))}`),
    ];
  });
}

const isVersionOf = (label: string, name: string): boolean =>
  label.startsWith(`${name}:`) && /^\d/.test(label.slice(name.length + 1));

/** Less than this part of the one before is odd. */
const oddPart = 0.5;

function sizeRisks({ checkpoint, before }: Continuation): readonly Risk[] {
  if (before === null) return [];
  const [bytes, usual] = [bytesOf(checkpoint), bytesOf(before)];
  return bytes >= usual * oddPart
    ? []
    : [risky(`it has ${bytesInWords(bytes)}, and the one before, ${before.id}, has ${bytesInWords(usual)}`)];
}

export function textOf(action: Action): string {
  return action.kind === 'command' ? action.argv.join('\0') : action.text;
}

const risky = (text: string): Risk => ({ level: 'risky', text });
const shown = (value: string | undefined): string =>
  value === undefined ? 'not there' : value === '' ? 'empty' : value;
const mostListed = 3;
const listed = (texts: readonly string[]): string =>
  texts.length <= mostListed
    ? texts.join(', ')
    : `${texts.slice(0, mostListed).join(', ')} and ${texts.length - mostListed} more are others`;
