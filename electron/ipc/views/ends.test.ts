import { describe, expect, it } from 'vitest';
import { differs } from './ends';

const minute = 60_000;
const end = (p50: number, p90 = p50 + 10 * minute) => ({ p50, p90, isGuess: false });

describe('an expected end is told again', () => {
  it('when it has moved by more than a tenth of what is left', () => {
    expect(differs(end(60 * minute), end(65 * minute), 0)).toBe(false);
    expect(differs(end(60 * minute), end(70 * minute), 0)).toBe(true);
    expect(differs(end(60 * minute), end(62 * minute), 55 * minute)).toBe(true);
    expect(differs(end(60 * minute), end(60 * minute, 90 * minute), 0)).toBe(true);
  });

  it('when it came, went, or is no guess any more, and not for less than a second', () => {
    expect(differs(null, end(1), 0)).toBe(true);
    expect(differs(end(1), null, 0)).toBe(true);
    expect(differs(null, null, 0)).toBe(false);
    expect(differs(end(minute), { ...end(minute), isGuess: true }, 0)).toBe(true);
    expect(differs(end(minute), end(minute + 900), minute)).toBe(false);
  });
});
