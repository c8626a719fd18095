import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { killAgainAndAgain } from '../chaos/kills';
import { hasSshd } from './sshd/sshd';

const cli = resolve(import.meta.dirname, '../../out/main/cli.js');

describe.skipIf(!hasSshd)('the Host is killed again and again (with sshd)', () => {
  test('every task runs exactly once, on this machine and over SSH', { timeout: 120_000 }, async () => {
    const seed = Date.now() % 1_000_000;
    const { complaints, kills } = await killAgainAndAgain({ kills: 5, tasks: 60, nodes: 2, seed, cli });
    expect({ seed, complaints }).toEqual({ seed, complaints: [] });
    expect(kills).toBe(5);
  });
});
