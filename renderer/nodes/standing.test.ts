import { describe, expect, it } from 'vitest';
import { possibleWith, standingOf } from './standing';

describe('how a node stands', () => {
  it('says that it is not known, calmly', () => {
    expect(
      standingOf({ name: 'render1', state: 'STARTING', reason: 'unknown: it has not answered for a while' }),
    ).toEqual({
      state: 'UNKNOWN',
      reason: 'It has not answered for a while',
      tone: 'calm',
      isReached: true,
      isOfAnotherDrover: false,
    });
    expect(standingOf({ name: 'render1', state: 'STARTING', reason: null }).state).toBe('STARTING');
  });

  it('leaves names as they are written', () => {
    const offline = standingOf({ name: 'render1', state: 'OFFLINE', reason: 'render1 refuses connections' });
    expect([offline.reason, offline.isReached]).toEqual(['render1 refuses connections', false]);
  });

  it('can be taken over only when it works for another', () => {
    const other = standingOf({
      name: 'render1',
      state: 'ERROR',
      reason: 'it works for another Drover, that of ada@desk.',
    });
    expect([other.isOfAnotherDrover, other.tone]).toEqual([true, 'trouble']);
    expect(
      standingOf({ name: 'render1', state: 'ERROR', reason: 'Permission denied' }).isOfAnotherDrover,
    ).toBe(false);
  });
});

describe('what can be done with a node', () => {
  const added = { name: 'render1', address: 'render1', reason: null } as const;
  const possible = (node: Parameters<typeof possibleWith>[0]): readonly string[] =>
    Object.entries(possibleWith(node)).flatMap(([action, isPossible]) => (isPossible ? [action] : []));

  it('follows from its state', () => {
    expect(possible({ ...added, state: 'ONLINE' })).toEqual(['setAside', 'remove']);
    expect(possible({ ...added, state: 'MAINTENANCE' })).toEqual(['takeBack', 'remove']);
    expect(possible({ ...added, state: 'OFFLINE' })).toEqual(['connect', 'remove']);
    const reason = 'it works for another Drover, that of ada@desk';
    expect(possible({ ...added, state: 'ERROR', reason })).toEqual(['connect', 'takeOver', 'remove']);
  });

  it('leaves this machine where it is', () => {
    expect(possible({ ...added, address: null, state: 'ONLINE' })).toEqual(['setAside']);
    expect(possible({ ...added, address: null, state: 'OFFLINE' })).toEqual([]);
  });
});
