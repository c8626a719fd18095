/** The values that the fields of a recipe have, and what is said of those that they cannot have. */
import { z } from 'zod';
import { parameterNameForm } from '../recipe/placeholders';
import { describe, quote } from '../document/words';

interface Found {
  readonly input?: unknown;
}
export const only = (allowed: string) => ({
  error: ({ input }: Found) =>
    input === undefined
      ? `is missing; allowed is ${allowed}`
      : `found ${describe(input)}; allowed is ${allowed}`,
});

export const text = z.string(only('text; in quotes where YAML would read something else'));
export const plain = z.union([z.string(), z.number(), z.boolean()], only('text, a number, true or false'));
export const textOrNumber = (allowed: string) => z.union([z.string(), z.number()], only(allowed));
export const truth = z.boolean(only('true or false'));
export const list = (what: string, allowed: string) =>
  z.union([z.string(), z.number(), z.array(textOrNumber(what))], only(allowed));
export const duration = textOrNumber('a time such as 30 s, 5 min or 2 h');
export const moment = textOrNumber('a date and time such as 2026-12-01 18:00');

export const workName = z.string(only('a name')).regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u, {
  error: ({ input }) => `${quote(String(input))} cannot be a name; ${nameRule}`,
});
export const nameRule =
  'allowed are up to 64 letters, digits and _ . - where the first is a letter, a digit or _';
export const isName = (name: string): boolean => workName.safeParse(name).success;

export const variableName = z.string().regex(parameterNameForm, {
  error: ({ input }) =>
    `${quote(String(input))} cannot be a name; allowed are letters A to Z, digits and _ where the first is no digit`,
});

/** One of these words. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, only(words.join(', ')));

/** In which a program is told how often it is to save. */
export const intervalUnits = ['ms', 's', 'min', 'h'] as const;
export const unitMs: Readonly<Record<(typeof intervalUnits)[number], number>> = {
  ...{ ms: 1, s: 1000, min: 60_000, h: 3_600_000 },
};
export const intervalParameter = z.strictObject(
  { parameter: z.string(only('a name of a parameter')), unit: word(intervalUnits) },
  only('a map such as { parameter: SaveEvery, unit: min }'),
);
