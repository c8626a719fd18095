/** Findings as people read them: what is the same told once, the worst first, and not without end. */
import { aboutBatch, severities, type Found } from '../../shared/model/finding';

export const mostFindings = 50;

export function gather(all: readonly Found[]): readonly Found[] {
  const same = new Map<string, { first: Found; abouts: Set<string> }>();
  for (const found of all) {
    const { code, message, about } = found;
    const key = `${code} ${message}`;
    const known = same.get(key) ?? { first: found, abouts: new Set<string>() };
    const { severity } = rankOf(found) < rankOf(known.first) ? found : known.first;
    known.first = { ...known.first, severity };
    known.abouts.add(`${about.job}/${about.step}`);
    same.set(key, known);
  }
  const told = [...same.values()].map(({ first, abouts }) => {
    const more = abouts.size - 1;
    const also = more === 0 ? '' : ` (and so for ${more} more ${more === 1 ? 'step' : 'steps'})`;
    return { ...first, message: first.message + also };
  });
  const sorted = told.toSorted((a, b) => rankOf(a) - rankOf(b));
  if (sorted.length <= mostFindings) return sorted;
  const shown = sorted.slice(0, mostFindings - 1);
  const left = sorted.length - shown.length;
  const { severity } = sorted[shown.length] ?? { severity: 'note' as const };
  return [
    ...shown,
    { severity, code: 'more', about: aboutBatch(), message: `${left} more were found`, fix: null },
  ];
}

const rankOf = ({ severity }: Found): number => severities.indexOf(severity);
