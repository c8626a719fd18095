/**
 * Numbered files of which a step names many at once: `plate.####.exr`, `plate.%04d.exr`, `plate.[1-100].exr`,
 * and `plate.{{Frame}}.exr`, of which each task reads its own.
 */
import { posix } from 'node:path';
import type { About } from '../../../shared/model/finding';
import { aboutStep } from '../../../shared/model/finding';
import { inputArguments } from './arguments';
import { commandsOf, isWithin, makesNothing, type CommandWord, type WantedOf } from './commands';

export interface Sequence {
  /** As it is written; empty: the step's own. */
  readonly folder: string;
  readonly before: string;
  readonly after: string;
  /** Numbers are written with at least so many; null: with any. */
  readonly digits: number | null;
  /** Null: it does not say which. */
  readonly span: readonly [first: number, last: number] | null;
}

export interface NamedSequence extends Sequence {
  /** As it is written. */
  readonly name: string;
  readonly about: About;
  /** It is read for sure, and not only where it is there. */
  readonly isSure: boolean;
}

const mark = /#{2,}|(?<=[._-])#(?=[._-])|%(?:0(\d{1,2}))?d|\[(\d{1,9})-(\d{1,9})\]|\{\{\s*Frame\s*\}\}/g;

/** Null: it is the path of one file. */
export function asSequence(path: string): Sequence | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.slice(0, path.length - name.length);
  const [found, ...others] = name.matchAll(mark);
  if (found === undefined || others.length > 0 || /\{\{|%0?\d*d|##/.test(folder)) return null;
  const [sign, padded, first, last] = found;
  const after = name.slice(found.index + sign.length);
  // Frames are pictures or caches, and have an ending.
  if (!/^[^/]*\.\w{1,12}$/.test(after)) return null;
  const span = first === undefined || last === undefined ? null : ([Number(first), Number(last)] as const);
  return { folder, before: name.slice(0, found.index), after, digits: digitsOf(sign, padded ?? first), span };
}

function digitsOf(sign: string, written: string | undefined): number | null {
  if (sign.startsWith('%')) return Number(written ?? 1);
  if (sign.startsWith('[')) return (written ?? '').length;
  if (sign.startsWith('{')) return 1;
  return sign.length === 1 ? null : sign.length;
}

/** The number of a file of the sequence; null: it is none of it. */
export function numberIn({ before, after, digits }: Sequence, file: string): number | null {
  if (file.length <= before.length + after.length || !file.startsWith(before) || !file.endsWith(after))
    return null;
  const written = file.slice(before.length, file.length - after.length);
  if (!/^\d{1,9}$/.test(written)) return null;
  const number = Number(written);
  return digits === null || written === String(number).padStart(digits, '0') ? number : null;
}

/** What a step reads of such, as far as it is known before it runs. */
export function sequencesOf(of: WantedOf): readonly NamedSequence[] {
  const found: NamedSequence[] = [];
  const add = (name: string, about: About, isSure: boolean): void => {
    const sequence = asSequence(name);
    if (sequence !== null && !isWithin(name, of.output.folder))
      found.push({ ...sequence, name, about, isSure });
  };
  const { action, parameters, name: step } = of.step;
  if (action.kind === 'prepared') {
    for (const name of action.reads) add(parameters[name] ?? '', aboutStep(of.job, step), true);
    return found;
  }
  const texts = action.kind === 'command' ? action.argv : [action.text];
  const values = Object.values(parameters);
  if (![...texts, ...values].some((text) => text.search(mark) >= 0)) return found;
  for (const { words, reads, mustWork } of commandsOf(of, 'Frame')) {
    const [program, ...rest] = words;
    const name = program?.text ?? '';
    for (const { text, about } of reads) if (text !== null) add(text, about, mustWork);
    const given = rest.map(({ text }: CommandWord) => text);
    for (const { index, isSure } of inputArguments(name, given)) {
      const word = rest[index];
      if (word !== undefined && word.text !== null) add(word.text, word.about, isSure && mustWork);
    }
    if (!makesNothing.has(posix.basename(name))) break;
  }
  return found;
}
