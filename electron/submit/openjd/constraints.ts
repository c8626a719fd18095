/** What the value of a parameter has to be like; the same for defaults, allowed values and given ones. */
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';
import { charactersIn } from './characters';
import { longestValue } from './limits';
import type { FloatParameter, IntParameter, StringParameter } from './model';

/** What is wrong with a value; null: nothing. */
export type Complaint = string | null;

export type TextLimits = Pick<StringParameter, 'minLength' | 'maxLength' | 'allowedValues'>;

export function wrongText(value: string, limits: TextLimits): Complaint {
  const { allowedValues } = limits;
  return allowedValues === null || allowedValues.includes(value)
    ? wrongLength(value, limits)
    : notAllowed(quote(value), allowedValues.map(quote), didYouMean(value, allowedValues));
}

export function wrongLength(
  value: string,
  { minLength, maxLength }: Pick<TextLimits, 'minLength' | 'maxLength'>,
): Complaint {
  const length = charactersIn(value);
  const found = `${quote(value)} has ${length} ${length === 1 ? 'character' : 'characters'}`;
  if (minLength !== null && length < minLength) return `${found}; minLength is ${minLength}`;
  if (maxLength !== null && length > maxLength) return `${found}; maxLength is ${maxLength}`;
  return null;
}

export function longerThanAny(value: string): Complaint {
  return value.length > longestValue && charactersIn(value) > longestValue
    ? `found ${charactersIn(value)} characters; at most ${longestValue} are allowed`
    : null;
}

/** An integer or a float, and how it was written. */
export interface Numeric {
  readonly text: string;
  readonly value: bigint | number;
}

export interface NumericLimits {
  readonly allowedValues: readonly Numeric[] | null;
  readonly minValue: Numeric | null;
  readonly maxValue: Numeric | null;
}

export const numeric = (value: bigint): Numeric => ({ text: `${value}`, value });

export function numericLimits(
  limits: Pick<IntParameter | FloatParameter, 'allowedValues' | 'minValue' | 'maxValue'>,
): NumericLimits {
  const one = (value: bigint | Numeric): Numeric => (typeof value === 'bigint' ? numeric(value) : value);
  return {
    allowedValues: limits.allowedValues?.map(one) ?? null,
    minValue: limits.minValue === null ? null : one(limits.minValue),
    maxValue: limits.maxValue === null ? null : one(limits.maxValue),
  };
}

export function wrongNumber(number: Numeric, limits: NumericLimits): Complaint {
  const { allowedValues } = limits;
  return allowedValues === null || allowedValues.some(({ value }) => value === number.value)
    ? outOfRange(number, limits)
    : notAllowed(
        number.text,
        allowedValues.map(({ text }) => text),
      );
}

export function outOfRange(
  { text, value }: Numeric,
  { minValue, maxValue }: Pick<NumericLimits, 'minValue' | 'maxValue'>,
): Complaint {
  if (minValue !== null && value < minValue.value) return `found ${text}; minValue is ${minValue.text}`;
  if (maxValue !== null && value > maxValue.value) return `found ${text}; maxValue is ${maxValue.text}`;
  return null;
}

const notAllowed = (found: string, allowed: readonly string[], near = ''): string =>
  `found ${found}; allowed is ${listNames(allowed)}${near}`;
