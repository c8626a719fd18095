/** How often work should save itself, by what it was seen to cost. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { test } from './farm';

/** Each state takes a while to be written. */
const work = `
cd "$1"
for step in 1 2 3 4; do
  { printf 'state '; sleep 0.3; printf '%s' $step; } >.part
  mv .part "step_$step.state"
  sleep 1.2
done
exit 1
`;

const planned = z.object({
  plans: z.array(
    z.object({
      cost: z.object({ milliseconds: z.number(), from: z.string(), of: z.number() }),
      interruptions: z.object({ count: z.number(), meanMs: z.number() }),
      ...{ youngMs: z.number(), dalyMs: z.number(), lostMs: z.number(), limitMs: z.number() },
      present: z.object({ intervalMs: z.number(), lostMs: z.number() }),
      parameter: z.object({ name: z.string(), value: z.string() }),
      curve: z.array(z.object({ lostMs: z.number() })),
    }),
  ),
});

describe('the plan of intervals', { timeout: 120_000 }, () => {
  test('goes by the times of the files, by what was interrupted and by the time limit', async ({ farm }) => {
    writeFileSync(join(farm.folder, 'work.sh'), work);
    await farm.serve(
      farm.recipe(`
drover: 1
parameters: { SaveEvery: 5 }
jobs:
  never: { run: 'true', checkpoints: { files: [x] } }
  work:
    command: [sh, work.sh, "{{Output}}"]
    timeout: 2 h
    checkpoints:
      files: ["*.state"]
      keep: { last: 9 }
      interval: { parameter: SaveEvery, unit: min }
`),
    );
    await farm.reaches('b1.work', 'FAILED');
    expect((await farm.drover('checkpoints', 'plan', 'b1.never')).out).toContain('--cost 20s tells it');
    const { out } = await farm.drover('checkpoints', 'plan', 'b1.work', '--json');
    const [plan] = planned.parse(JSON.parse(out)).plans;
    if (plan === undefined) throw new Error(out);
    expect(plan.cost).toMatchObject({ from: 'measured' });
    expect(plan.cost.milliseconds).toBeGreaterThanOrEqual(300);
    expect(plan.interruptions.count).toBe(1);
    expect(plan.limitMs).toBe(7_200_000);
    expect(plan.present.intervalMs).toBeGreaterThanOrEqual(1500);
    expect(plan.present.lostMs).toBeGreaterThan(plan.lostMs);
    expect(Number(plan.parameter.value) * 60_000).toBeCloseTo(plan.dalyMs, -5);
    expect(Math.min(...plan.curve.map(({ lostMs }) => lostMs))).toBeCloseTo(plan.lostMs, 6);

    const told = await farm.drover('checkpoints', 'plan', 'b1.work', '--cost', '20 s');
    expect(told.out).toMatch(/^b1\.work: save every \d+ min.*: SaveEvery=[\d.]+$/m);
    expect(told.out).toContain('writing one takes 20 s (as you say)');
    expect(told.out).toMatch(/ proposed$/m);
    expect(await farm.drover('checkpoints', 'plan', 'b1', '--cost', 'much')).toMatchObject({ status: 2 });
  });
});
