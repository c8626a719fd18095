import { nearestName } from './suggest';
import { quote, thousands } from './words';

export type Amount =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string };

const bytesIn: Readonly<Record<string, bigint>> = {
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
const units = Object.keys(bytesIn);
const mostMiB = 2n ** 30n;
const allowed = 'allowed is a number with a unit, such as 512 MiB, 1.5 GiB or 8 GB';

/** In MiB, rounded up. Exact: `0.1 GiB` does not lose a byte to binary fractions. */
export function parseMemory(text: string): Amount {
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?\s*([A-Za-z]*)$/.exec(text.trim());
  if (match === null) return { ok: false, message: `${quote(text)} is no amount of memory; ${allowed}` };
  const [, whole = '', fraction = '', written = ''] = match;
  const amount = BigInt(whole + fraction);
  if (written === '') {
    return amount === 0n
      ? { ok: true, value: 0 }
      : { ok: false, message: `${quote(text)} has no unit; ${allowed}` };
  }
  const unit = units.find((name) => name.toLowerCase() === written.toLowerCase());
  const bytes = unit === undefined ? undefined : bytesIn[unit];
  if (bytes === undefined) {
    const nearest = nearestName(written, units);
    const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`;
    return {
      ok: false,
      message: `${quote(text)} has the unknown unit ${written}${hint}; units are ${units.join(', ')}`,
    };
  }
  const parts = 10n ** BigInt(fraction.length) * 1024n ** 2n;
  const mebibytes = (amount * bytes + parts - 1n) / parts;
  if (mebibytes > mostMiB)
    return { ok: false, message: `${quote(text)} is more than the largest amount allowed, 1024 TiB` };
  return { ok: true, value: Number(mebibytes) };
}

const mostCores = 65_536;

export function parseCores(text: string): Amount {
  const trimmed = text.trim();
  const value = /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : 0;
  return value >= 1 && value <= mostCores
    ? { ok: true, value }
    : {
        ok: false,
        message: `${quote(text)} is no number of cores; allowed is a whole number from 1 to ${thousands(mostCores)}`,
      };
}
