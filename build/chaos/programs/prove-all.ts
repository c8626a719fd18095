import { spawnSync } from 'node:child_process';
import { seededRandom } from '../../bench/measure';
import { Ground } from './ground';
import { proofs } from './proofs';

export interface ProofPlan {
  /** Each is proved so often, with other moments. */
  readonly rounds: number;
  readonly seed: number;
  /** The built program of the terminal. */
  readonly cli: string;
  readonly tell: (line: string) => void;
}

export const isInstalled = (program: string | null): boolean =>
  program === null || spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** How many were not proved. */
export async function proveAll({ rounds, seed, cli, tell }: ProofPlan): Promise<number> {
  let failed = 0;
  for (const { title, program, prove } of proofs)
    for (let round = 0; round < rounds; round++) {
      if (!isInstalled(program)) {
        tell(`  - skipped, as ${program} is not installed here: ${title}`);
        break;
      }
      const started = Date.now();
      const ground = await Ground.open(cli);
      try {
        const complaints = await prove(ground, seededRandom(seed + round));
        const seconds = Math.round((Date.now() - started) / 1000);
        tell(`  ${complaints.length === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
        for (const complaint of complaints) tell(`    ✗ ${complaint}`);
        if (complaints.length > 0) failed++;
      } catch (error) {
        failed++;
        tell(`  ✗ ${title}: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        await ground.close();
      }
    }
  return failed;
}
