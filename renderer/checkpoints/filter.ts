/**
 * What is typed to see some of the checkpoints: words, and `job:melt`, `is:broken`, `at>1000`, `size>1GB`,
 * `age<2d`. What cannot be understood is told, and does not filter.
 */
import {
  checkpointNames,
  checkpointStandings,
  type CheckpointFilter,
  type CheckpointLimit,
  type CheckpointStanding,
  type CheckpointWord,
} from '../../shared/ipc/checkpoints';
import { nearestName } from '../../shared/nearest-name';
import { lengthOf, numberOf } from '../queue/filter/fields';
import { fieldPattern, placesIn, quoted, unquoted } from '../queue/filter/language';
import type { Mistake } from '../queue/filter/language';

export interface ParsedFilter {
  readonly filter: CheckpointFilter;
  readonly mistakes: readonly Mistake[];
}

type Term =
  | { readonly kind: 'word'; readonly word: CheckpointWord }
  | { readonly kind: 'standings'; readonly standings: readonly CheckpointStanding[] }
  | { readonly kind: 'limit'; readonly limit: CheckpointLimit }
  | { readonly kind: 'mistake'; readonly words: string; readonly instead: string | null }
  | { readonly kind: 'nothing' };

const longest = 4000;
const mostTerms = 50;

/** `now`: from where an age is counted. */
export function parseCheckpointFilter(text: string, now: number): ParsedFilter {
  const words: CheckpointWord[] = [];
  const standings = new Set<CheckpointStanding>();
  const limits: CheckpointLimit[] = [];
  const mistakes: Mistake[] = [];
  for (const { from, to } of placesIn(text.slice(0, longest)).slice(0, mostTerms)) {
    const term = termOf(text.slice(from, to), now);
    if (term.kind === 'word') words.push(term.word);
    else if (term.kind === 'limit') limits.push(term.limit);
    else if (term.kind === 'standings') for (const one of term.standings) standings.add(one);
    else if (term.kind === 'mistake') mistakes.push({ words: term.words, instead: term.instead, from, to });
  }
  return {
    filter: { words, standings: checkpointStandings.filter((one) => standings.has(one)), limits },
    mistakes,
  };
}

const names = checkpointNames.filter((name) => name !== 'any');
const fields = [...names, 'is', 'at', 'size', 'age'] as const;

function termOf(piece: string, now: number): Term {
  const isNot = piece.startsWith('-');
  const rest = isNot ? piece.slice(1) : piece;
  const [start, name, sign] = fieldPattern.exec(rest) ?? [];
  if (start === undefined || name === undefined || sign === undefined) return wordOf(rest, 'any', isNot);
  const field = fields.find((one) => one === name.toLowerCase());
  const value = unquoted(rest.slice(start.length)).trim();
  if (field === undefined) {
    const nearest = nearestName(name, fields);
    return {
      kind: 'mistake',
      words: `There is no field ${name}. Write ${quoted(rest)} for words with a colon in them.`,
      instead: nearest === null ? null : `${isNot ? '-' : ''}${nearest}${sign}${quoted(value)}`,
    };
  }
  if (value === '') return { kind: 'nothing' };
  if (field === 'at' || field === 'size' || field === 'age') {
    if (isNot)
      return { kind: 'mistake', words: `${field} takes no minus: turn the sign round.`, instead: null };
    return limitOf(field, sign, value, now);
  }
  if (sign !== ':' && sign !== '=')
    return {
      kind: 'mistake',
      words: `${field} is neither more nor less: write ${field}:${value}.`,
      instead: `${field}:${quoted(value)}`,
    };
  if (field !== 'is') return wordOf(value, field, isNot);
  return isNot
    ? { kind: 'mistake', words: 'is: takes no minus: name those that are to be seen.', instead: null }
    : standingsOf(value.toLowerCase());
}

function wordOf(text: string, of: CheckpointWord['of'], isNot: boolean): Term {
  const plain = (of === 'any' ? unquoted(text) : text).trim().slice(0, 200);
  return plain === '' ? { kind: 'nothing' } : { kind: 'word', word: { text: plain, isNot, of } };
}

function standingsOf(typed: string): Term {
  const standings: CheckpointStanding[] = [];
  for (const value of typed.split(',').filter((one) => one !== '')) {
    const meant = checkpointStandings.find((one) => one.startsWith(value));
    if (meant === undefined) {
      const nearest = nearestName(value, checkpointStandings);
      return {
        kind: 'mistake',
        words: `No checkpoint is ${value}. They are ${checkpointStandings.join(', ')}.`,
        instead: nearest === null ? null : `is:${nearest}`,
      };
    }
    standings.push(meant);
  }
  return { kind: 'standings', standings };
}

const turned = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const comparisonOf = (sign: string): CheckpointLimit['is'] =>
  sign === '<' || sign === '<=' || sign === '>' || sign === '>=' ? sign : '=';

function limitOf(field: 'at' | 'size' | 'age', sign: string, typed: string, now: number): Term {
  const is = comparisonOf(sign);
  const value = typed.toLowerCase();
  if (field === 'age') {
    const length = lengthOf(value);
    if (length === null || is === '=')
      return { kind: 'mistake', words: `Write an age such as age<2h or age>3d.`, instead: null };
    // Who is younger was made later.
    return { kind: 'limit', limit: { of: 'madeAt', is: turned[is], value: now - length } };
  }
  const number = field === 'size' ? bytesOf(value) : decimalOf(value);
  if (number === null)
    return {
      kind: 'mistake',
      words: `${typed} is no ${field === 'size' ? 'size: write size>10MB' : 'number: write at>1000'}.`,
      instead: null,
    };
  return { kind: 'limit', limit: { of: field === 'size' ? 'bytes' : 'at', is, value: number } };
}

/** Also with a fraction, a power or a minus: times of simulations are small or start below zero. */
function decimalOf(text: string): number | null {
  const whole = numberOf(text);
  if (whole !== null) return whole;
  return /^-?\d{1,15}(\.\d{1,15})?(e[+-]?\d{1,3})?$/.test(text) ? Number(text) : null;
}

const units: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };

/** `10MB`, `1.5 GiB`, `4096`. */
function bytesOf(text: string): number | null {
  const [, digits, unit, binary] = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmgt]?)(i?)b?$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return null;
  return Number(digits) * (binary === 'i' ? 1024 : 1000) ** (units[unit] ?? 0);
}

/** The text with a standing more, or less. */
export function withStanding(text: string, standing: CheckpointStanding, now: number): string {
  const { standings } = parseCheckpointFilter(text, now).filter;
  const wanted = standings.includes(standing)
    ? standings.filter((one) => one !== standing)
    : [...standings, standing];
  const others = placesIn(text)
    .map(({ from, to }) => text.slice(from, to))
    .filter((piece) => !/^is[:=]/i.test(piece));
  return [...others, ...(wanted.length === 0 ? [] : [`is:${wanted.join(',')}`])].join(' ');
}
