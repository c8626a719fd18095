import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { nearestName } from '../document/suggest';
import { quote, thousands } from '../document/words';

interface Measure {
  /** `no amount of memory` */
  readonly what: string;
  readonly units: Readonly<Record<string, bigint>>;
  /** How many of the smallest units are one of what it is counted in. */
  readonly per: bigint;
  readonly most: bigint;
  readonly mostInWords: string;
  readonly examples: string;
}

const bytes: Readonly<Record<string, bigint>> = {
  B: 1n,
  KB: 1000n,
  KiB: 1024n,
  MB: 1000n ** 2n,
  MiB: 1024n ** 2n,
  GB: 1000n ** 3n,
  GiB: 1024n ** 3n,
  TB: 1000n ** 4n,
  TiB: 1024n ** 4n,
};

const inMebibytes = (what: string): Measure => ({
  what,
  units: bytes,
  per: 1024n ** 2n,
  most: 2n ** 30n,
  mostInWords: '1024 TiB',
  examples: '512 MiB, 1.5 GiB or 8 GB',
});
const memory = inMebibytes('memory');
const storage = inMebibytes('disk');
const network: Measure = {
  what: 'network bandwidth',
  units: { 'bit/s': 1n, 'kbit/s': 1000n, 'Mbit/s': 1000n ** 2n, 'Gbit/s': 1000n ** 3n },
  per: 1000n ** 2n,
  most: 10n ** 9n,
  mostInWords: '1,000,000 Gbit/s',
  examples: '100 Mbit/s or 2.5 Gbit/s',
};

/** In MiB. */
export const parseMemory = (text: string): Parsed<number> => parseAmount(text, memory);
/** In MiB. */
export const parseStorage = (text: string): Parsed<number> => parseAmount(text, storage);
/** In Mbit/s. */
export const parseNetwork = (text: string): Parsed<number> => parseAmount(text, network);

/** A whole number, rounded up. Exact: `0.1 GiB` does not lose a byte to binary fractions. */
function parseAmount(text: string, measure: Measure): Parsed<number> {
  const allowed = `allowed is a number with a unit, such as ${measure.examples}`;
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?\s*([A-Za-z][A-Za-z/]*)?$/.exec(text.trim());
  if (match === null) return refused(`${quote(text)} is no amount of ${measure.what}; ${allowed}`);
  const [, whole = '', fraction = '', written = ''] = match;
  const amount = BigInt(whole + fraction);
  if (written === '') return amount === 0n ? accepted(0) : refused(`${quote(text)} has no unit; ${allowed}`);
  const units = Object.keys(measure.units);
  const unit = units.find((name) => name.toLowerCase() === written.toLowerCase());
  const size = unit === undefined ? undefined : measure.units[unit];
  if (size === undefined) {
    const nearest = nearestName(written, units);
    const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`;
    return refused(`${quote(text)} has the unknown unit ${written}${hint}; units are ${units.join(', ')}`);
  }
  const parts = 10n ** BigInt(fraction.length) * measure.per;
  const value = (amount * size + parts - 1n) / parts;
  return value > measure.most
    ? refused(`${quote(text)} is more than the largest amount allowed, ${measure.mostInWords}`)
    : accepted(Number(value));
}

interface Range {
  /** `no number of cores` */
  readonly what: string;
  readonly least: number;
  readonly most: number;
  /** After the point. */
  readonly digits: number;
}

/** A number that says by itself what it counts. */
export function parseNumber(text: string, { what, least, most, digits }: Range): Parsed<number> {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(text.trim());
  const value = match === null ? Number.NaN : Number(text);
  if (value >= least && value <= most && (match?.[2]?.length ?? 0) <= digits) return accepted(value);
  const kind = digits === 0 ? 'a whole number' : 'a number';
  const fineness = digits === 0 ? '' : ` with at most ${digits} digits after the point`;
  return refused(
    `${quote(text)} is no ${what}; allowed is ${kind} from ${thousands(least)} to ${thousands(most)}${fineness}`,
  );
}

export const parseCores = (text: string): Parsed<number> =>
  parseNumber(text, { what: 'number of cores', least: 0.01, most: 65_536, digits: 2 });

export const parseDevices = (text: string): Parsed<number> =>
  parseNumber(text, { what: 'number of GPUs', least: 0, most: 1024, digits: 4 });

export const parseCount = (what: string, least: number, most: number) => (text: string) =>
  parseNumber(text, { what, least, most, digits: 0 });

/** `50%` is 0.5 and `max` 1, of whatever there is; null for what is an amount by itself. */
export function parsePart(text: string): Parsed<number> | null {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'max') return accepted(1);
  if (!trimmed.endsWith('%')) return null;
  const part = parseNumber(trimmed.slice(0, -1).trim(), {
    what: 'part',
    least: 0.01,
    most: 100,
    digits: 2,
  });
  return part.ok
    ? accepted(part.value / 100)
    : refused(`${quote(text)} is no part of a node; allowed are 0.01% to 100%, and max`);
}
