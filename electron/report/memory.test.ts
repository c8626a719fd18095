import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Attempt } from '../../shared/model/attempt';
import { attempt, done, inputOf, start } from './report-for-tests';
import { writeReport } from './write-report';

const mebibyte = 2 ** 20;

/** All that is reachable. */
function kept(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('there is no way to collect garbage');
  // Twice: what lies outside of the heap goes when its owner has gone.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mebibyte;
}

/** In MiB: the most that was held at once while a report of so many attempts was written. */
async function mostHeld(folder: string, many: number): Promise<number> {
  const before = kept();
  let most = 0;
  function* attempts(): Generator<Attempt> {
    for (let task = 0; task < many; task++) {
      if (task % (many / 5) === many / 5 - 1) most = Math.max(most, kept() - before);
      yield attempt(task, task % 50 === 0 ? { kind: 'exited', code: task % 7 } : done, {
        node: `n${task % 40}`,
        assignedAt: start + task,
        endedAt: start + task + 900,
        usage: { peakMemoryMiB: 100 + (task % 900), cpuMs: 700, wallMs: 900 },
      });
    }
  }
  await writeReport(inputOf(folder, attempts()));
  return most;
}

test('a hundred thousand attempts need no more memory than a few thousand', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'drover-memory-'));
  try {
    await mostHeld(folder, 5000);
    const few = await mostHeld(folder, 5000);
    const many = await mostHeld(folder, 100_000);
    expect(many, `${few.toFixed(1)} MiB of a few thousand`).toBeLessThan(few + 8);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
