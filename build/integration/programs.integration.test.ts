/** Real programs are killed at their work on real nodes, go on, and come to the same end. */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../bench/measure';
import { Ground } from '../chaos/programs/ground';
import { proofs } from '../chaos/programs/proofs';
import { isInstalled } from '../chaos/programs/prove-all';
import { hasSshd } from './sshd/sshd';

const cli = resolve(import.meta.dirname, '../../out/main/cli.js');

/** What is skipped is not proved, so it is said. */
function isThere(program: string | null): boolean {
  if (!isInstalled(program))
    console.warn(`Skipped: ${program} is not installed here, so nothing is proved of it.`);
  return isInstalled(program);
}

describe.skipIf(!hasSshd)('what is killed goes on (with sshd)', { timeout: 300_000 }, () => {
  for (const { title, program, prove } of proofs)
    test.skipIf(!isThere(program))(title, async () => {
      const seed = Date.now() % 1_000_000;
      const ground = await Ground.open(cli);
      try {
        expect({ seed, complaints: await prove(ground, seededRandom(seed)) }).toEqual({
          seed,
          complaints: [],
        });
      } finally {
        await ground.close();
      }
    });
});
