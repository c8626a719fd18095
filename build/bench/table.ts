import { isMet, ratioOf, type Measurement } from './measure';

/** A line for each: what, how much, beside what, and what it should be. */
export function tableOf(results: readonly Measurement[]): string {
  const width = Math.max(...results.map((measured) => measured.case.length));
  return results
    .map((measured) => {
      const { value, unit, reference, against } = measured;
      const amounts = `${amount(value)} ${unit}`.padStart(22);
      const ratio = `${amount(ratioOf(measured))} x`.padStart(9);
      return `  ${measured.case.padEnd(width)} ${amounts}  ${targetOf(measured)}\n  ${''.padEnd(width)} ${ratio} ${amount(reference)} ${unit}: ${against}`;
    })
    .join('\n');
}

function targetOf(measured: Measurement): string {
  const { of, is, amount: aim } = measured.target;
  const unit = of === 'ratio' ? 'x' : measured.unit;
  return `${isMet(measured) ? 'meets' : 'MISSES'} ${is === 'most' ? 'at most' : 'at least'} ${amount(aim)} ${unit}`;
}

const amount = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
