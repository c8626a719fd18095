import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { test, type Farm } from './farm';

/**
 * Goes from step to step, and saves each. At the second it waits until it may go on, and at the third it fails
 * once if it is to.
 */
const work = `
cd "$1"
step=0
for state in saved/step_*.state; do
  case $(cat "$state" 2>/dev/null) in STATE*END) step=\${state#saved/step_}; step=\${step%.state} ;; esac
done
[ "$step" = 0 ] || echo "going on from step $step with $DROVER_CHECKPOINT"
echo $$ >pid
mkdir -p saved
while [ "$step" -lt 4 ]; do
  step=$((step + 1))
  echo "$step" >>ledger
  printf 'STATE %s END' "$step" >saved/.part
  mv saved/.part "saved/step_$step.state"
  while [ "$step" = 2 ] && [ ! -e go ]; do sleep 0.05; done
  if [ "$step" = 3 ] && [ -e fail ]; then rm fail; exit 1; fi
done
`;

const rule = (resumed: string): string => `
    checkpoints:
      files: ["saved/*.state"]
      at: 'step_(?<at>[0-9]+)'
      whole: { begins: "5354415445", ends: "454e44" }
      keep: { last: 10 }
      resumed: '${resumed}'`;

function recipe(farm: Farm, retry: number, resumed = 'going on from step (?<from>[0-9]+)'): string {
  writeFileSync(join(farm.folder, 'work.sh'), work);
  return farm.recipe(`
drover: 1
batch: Saving
output: out
jobs:
  work:
    command: [sh, work.sh, "{{Output}}"]
    retry: { times: ${retry} }${rule(resumed)}
`);
}

const listed = z.object({
  checkpoints: z.array(
    z.object({ id: z.string(), at: z.number(), broken: z.string().nullable(), dropped: z.boolean() }),
  ),
});

/** When those that are there are like this. */
async function untilSaved(farm: Farm, ats: readonly number[]): Promise<readonly string[]> {
  for (;;) {
    const { out } = await farm.drover('checkpoints', '--json');
    const { checkpoints } = listed.parse(JSON.parse(out));
    const found = ats.map((at) => checkpoints.find((one) => one.at === at)?.id);
    const ids = found.filter((id) => id !== undefined);
    if (ids.length === ats.length) return ids;
  }
}

const inOutput = (farm: Farm, name: string): string => join(farm.folder, 'out', name);
const ledger = (farm: Farm): string =>
  readFileSync(inOutput(farm, 'ledger'), 'utf8').trim().replaceAll('\n', ' ');

const patience = { timeout: 120_000 };

describe('what tasks go on from', patience, () => {
  test('a task that was killed goes on from what it had saved, which is put back where it was damaged', async ({
    farm,
  }) => {
    const host = await farm.serve(recipe(farm, 1));
    await untilSaved(farm, [2]);
    truncateSync(inOutput(farm, 'saved/step_2.state'), 7);
    process.kill(Number(readFileSync(inOutput(farm, 'pid'), 'utf8')), 'SIGKILL');
    writeFileSync(inOutput(farm, 'go'), '');
    await farm.reaches('b1.work', 'COMPLETED');
    expect(ledger(farm)).toBe('1 2 3 4');
    expect(existsSync(inOutput(farm, 'saved/.step_2.state.damaged'))).toBe(true);
    const state = inOutput(farm, 'saved/step_2.state');
    expect((await farm.drover('logs', 'b1.work')).out).toContain(`going on from step 2 with ${state}`);
    expect((await farm.drover('history')).out).not.toContain('began anew');

    await farm.kill(host);
    await farm.serve();
    const verified = await farm.drover('checkpoints', 'verify');
    expect(verified).toMatchObject({ status: 0, out: expect.stringContaining('are as they were') });
  });

  test('one that printed nothing of going on has begun anew, which is told', async ({ farm }) => {
    await farm.serve(recipe(farm, 1, 'no such line'));
    await untilSaved(farm, [2]);
    process.kill(Number(readFileSync(inOutput(farm, 'pid'), 'utf8')), 'SIGKILL');
    writeFileSync(inOutput(farm, 'go'), '');
    await farm.reaches('b1.work', 'COMPLETED');
    expect((await farm.drover('history', 'b1')).out).toContain('a task of b1.work began anew');
  });

  test('a person chooses from where it goes on; what has a tag stays, what is needed too', async ({
    farm,
  }) => {
    await farm.serve(recipe(farm, 0));
    const [first = '', second = ''] = await untilSaved(farm, [1, 2]);
    writeFileSync(inOutput(farm, 'fail'), '');
    expect(await farm.drover('checkpoints', 'resume', first)).toMatchObject({
      status: 2,
      err: expect.stringContaining('The task runs. Cancel it first'),
    });
    writeFileSync(inOutput(farm, 'go'), '');
    await farm.reaches('b1.work', 'FAILED');
    const [third = ''] = await untilSaved(farm, [3]);
    expect((await farm.drover('checkpoints', 'delete', third)).err).toContain('would go on from');
    expect((await farm.drover('checkpoints', 'tag', second, 'calm')).status).toBe(0);
    expect((await farm.drover('checkpoints', 'delete', second)).err).toContain('has the tag calm');

    expect((await farm.drover('checkpoints', 'resume', first)).status).toBe(0);
    await farm.reaches('b1.work', 'COMPLETED');
    expect(ledger(farm)).toBe('1 2 3 2 3 4');
    expect(existsSync(inOutput(farm, 'saved/.step_3.state.later'))).toBe(true);
    expect((await farm.drover('checkpoints', 'delete', first)).status).toBe(0);
    expect((await farm.drover('checkpoints', 'show', first)).out).toContain('deleted');
    expect((await farm.drover('checkpoints', 'show', second)).out).toContain('kept as calm');
  });
});
