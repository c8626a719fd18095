/** Numbers as templates and people write them: with base 10, and integers of 64 bits. */
import { thousands } from '../document/words';
import type { Float } from './model';

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

const integerForm = /^[+-]?[0-9]{1,400}$/;
const floatForm = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const longestNumber = 400;

/** Null: this is no integer, or one that does not fit in 64 bits. */
export function parseInteger(text: string): bigint | null {
  if (!integerForm.test(text)) return null;
  const value = BigInt(text.replace(/^\+/, ''));
  return value < least || value > most ? null : value;
}

/** They say nothing of the number, and `--scale 02.5` may be read as another; those at its end tell how exact it is. */
const zerosAtStart = /^([+-]?)0+(?=[0-9])/;

/** Null: this is no number, or none that a computer can hold. */
export function parseFloat64(text: string): Float | null {
  if (text.length > longestNumber || !floatForm.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? { text: text.replace(zerosAtStart, '$1'), value } : null;
}

export const anInteger = `a whole number from ${least} to ${most}`;
export const aNumber = 'a number such as 2, 0.5 or 1e-3';

/** What a number may be. */
export interface NumberRule {
  readonly whole: boolean;
  readonly least: number;
  /** It has to be more than `least`. */
  readonly above?: boolean;
  readonly most?: number;
}

export function ruleInWords({ whole, least: from, above = false, most: to }: NumberRule): string {
  const sort = whole ? 'a whole number' : 'a number';
  if (above) return `${sort} above ${from}`;
  return to === undefined ? `${sort} from ${from}` : `${sort} from ${from} to ${thousands(to)}`;
}

/** Null: it is not what the rule allows. */
export function numberBy(rule: NumberRule, text: string): number | null {
  const parsed = rule.whole ? parseInteger(text) : parseFloat64(text)?.value;
  if (parsed === undefined || parsed === null) return null;
  const value = Number(parsed);
  const enough = rule.above === true ? value > rule.least : value >= rule.least;
  return enough && value <= (rule.most ?? Infinity) ? value : null;
}

export const timeoutRule: NumberRule = { whole: true, least: 1 };
export const notifyPeriodRule: NumberRule = { whole: true, least: 1, most: 600 };
export const amountMinRule: NumberRule = { whole: false, least: 0 };
export const amountMaxRule: NumberRule = { whole: false, least: 0, above: true };
export const chunkCountRule: NumberRule = { whole: true, least: 1 };
export const chunkSecondsRule: NumberRule = { whole: true, least: 0 };
