import { describe, expect, it } from 'vitest';
import { stepsOf, type Visit } from './progress';

const states = (visit: Visit): string =>
  stepsOf(visit)
    .map(({ state }) => state[0])
    .join('');

describe('the steps of a connection', () => {
  it('are done up to the one that failed', () => {
    expect(states({ kind: 'failed', step: 'reach', message: 'Nobody listens there.' })).toBe('ddfnnnn');
    expect(states({ kind: 'failed', step: 'configuration', message: '' })).toBe('fnnnnnn');
  });

  it('wait where a person is asked', () => {
    const hostKey = { kind: 'hostKey', host: 'a', port: 22, keyType: 'ssh-rsa', fingerprint: '' } as const;
    const passphrase = { kind: 'passphrase', id: '', keyFile: '', again: false } as const;
    expect(states({ kind: 'question', question: hostKey })).toBe('dddwnnn');
    expect(states({ kind: 'question', question: passphrase })).toBe('ddddwnn');
  });

  it('are not known before there is an answer', () => {
    expect(states({ kind: 'going' })).toBe('nnnnnnn');
  });
});
