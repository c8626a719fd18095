import { describe, expect, it } from 'vitest';
import { standingOf } from './standing';

describe('how a node stands', () => {
  it('says that it is not known, calmly', () => {
    expect(standingOf({ state: 'STARTING', reason: 'unknown: it has not answered for a while' })).toEqual({
      state: 'UNKNOWN',
      reason: 'It has not answered for a while',
      tone: 'calm',
      isOfAnotherDrover: false,
    });
    expect(standingOf({ state: 'STARTING', reason: null }).state).toBe('STARTING');
  });

  it('can be taken over only when it works for another', () => {
    const other = standingOf({ state: 'ERROR', reason: 'it works for another Drover, that of ada@desk.' });
    expect([other.isOfAnotherDrover, other.tone]).toEqual([true, 'trouble']);
    expect(standingOf({ state: 'ERROR', reason: 'Permission denied' }).isOfAnotherDrover).toBe(false);
  });
});
