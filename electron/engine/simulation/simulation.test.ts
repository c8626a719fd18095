import { describe, expect, test } from 'vitest';
import { runSeed } from './run-seed';
import { simulate } from './simulate';

const parts = 6;
const seedsOfPart = 50;

describe('the engine among nodes, links, disks and people that do what they want', () => {
  test.each(Array.from({ length: parts }, (_, part) => 1 + part * seedsOfPart))(
    'keeps its promises: 50 seeds from %d',
    { timeout: 120_000 },
    async (first) => {
      expect(await simulate(first, seedsOfPart, () => {})).toBeNull();
    },
  );

  test('the same seed gives the same run, to the bit', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const one = (await runSeed(seed)).statistics;
      const other = (await runSeed(seed)).statistics;
      expect(other).toEqual(one);
      expect((await runSeed(seed + 1)).statistics.digest).not.toBe(one.digest);
    }
  });
});
