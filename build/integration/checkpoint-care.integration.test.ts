/** What people do with checkpoints beside going on from them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { test, type Farm } from './farm';

/** Saves a state in each of so many steps, and fails behind the last. */
const work = (batch: string, steps: number): string => `
drover: 1
batch: ${batch}
output: ${batch}
jobs:
  work:
    run: |
      cd "{{Output}}"
      mkdir -p saved
      step=0
      for state in saved/step_*.state; do [ ! -e "$state" ] || step=\${state#saved/step_}; done
      step=\${step%.state}
      echo "from \${step}"
      while [ "$step" -lt ${steps} ]; do
        step=$((step + 1))
        head -c 5000 /dev/urandom | od -x >saved/.part
        mv saved/.part "saved/step_$step.state"
        while [ ! -e go_$step ]; do sleep 0.05; done
      done
      [ -e well ]
    checkpoints:
      files: ["saved/*.state"]
      at: 'step_(?<at>[0-9]+)'
      keep: { last: 10 }
`;

const listed = z.object({
  checkpoints: z.array(z.object({ id: z.string(), at: z.number(), dropped: z.boolean() })),
});

const present = async (farm: Farm, ...what: readonly string[]): Promise<ReadonlyMap<number, string>> => {
  const { out } = await farm.drover('checkpoints', 'list', ...what, '--json');
  const there = listed.parse(JSON.parse(out)).checkpoints.filter(({ dropped }) => !dropped);
  return new Map(there.map(({ at, id }) => [at, id]));
};

/** When it has saved all of them and has failed. */
async function saved(farm: Farm, batch: string, steps: number): Promise<ReadonlyMap<number, string>> {
  for (let step = 1; step <= steps; step++) {
    while (!(await present(farm)).has(step));
    writeFileSync(join(farm.folder, batch, `go_${step}`), '');
  }
  await farm.reaches('b1.work', 'FAILED');
  return present(farm);
}

const patience = { timeout: 120_000 };

test(
  'they have notes, and room is made by another rule, but never of what is needed',
  patience,
  async ({ farm }) => {
    await farm.serve(farm.recipe(work('Saving', 4)));
    const ids = await saved(farm, 'Saving', 4);
    const [first = '', third = ''] = [ids.get(1), ids.get(3)];
    expect((await farm.drover('checkpoints', 'note', first, 'still calm')).status).toBe(0);
    expect((await farm.drover('checkpoints', 'show', first)).out).toContain('still calm');
    expect((await farm.drover('checkpoints', 'note', first)).out).toContain('has no note');
    expect((await farm.drover('checkpoints', 'show', first)).out).not.toContain('still calm');
    expect((await farm.drover('history', 'b1')).out).toContain(`wrote a note on ${first}`);
    expect((await farm.drover('checkpoints', 'tag', first, 'calm')).status).toBe(0);

    expect((await farm.drover('checkpoints', 'usage')).out).toMatch(/b1\.work +4 /);
    expect((await farm.drover('checkpoints', 'prune')).err).toContain('takes --last N, --every SPAN or both');
    const asked = await farm.drover('checkpoints', 'prune', 'b1', '--last', '1', '--dry-run', '--json');
    const trial = z
      .object({ frees: z.number(), jobs: z.array(z.object({ givenUp: z.number() })) })
      .parse(JSON.parse(asked.out));
    expect(trial.jobs).toEqual([{ givenUp: 2 }]);
    expect(trial.frees).toBeGreaterThan(1000);
    expect([...(await present(farm)).keys()]).toEqual([4, 3, 2, 1]);

    expect((await farm.drover('checkpoints', 'prune', '--last', '1')).out).toContain('2 were given up');
    expect([...(await present(farm)).keys()]).toEqual([4, 1]);
    expect((await farm.drover('checkpoints', 'show', third)).out).toContain('deleted');
    writeFileSync(join(farm.folder, 'Saving', 'well'), '');
    await farm.drover('retry', 'b1.work');
    await farm.reaches('b1.work', 'COMPLETED');
    expect((await farm.drover('logs', 'b1.work')).out).toContain('from 4');
  },
);

test(
  'one is exported, imported into another job, and gone on from; nothing else is believed',
  patience,
  async ({ farm }) => {
    await farm.serve(farm.recipe(work('Saving', 2)));
    const first = (await saved(farm, 'Saving', 2)).get(1) ?? '';
    const archive = join(farm.folder, 'c1.tar');
    const exported = await farm.drover('checkpoints', 'export', first, archive);
    expect(exported).toMatchObject({ status: 0, out: expect.stringContaining(archive) });
    expect((await farm.drover('checkpoints', 'export', first, archive)).err).toContain('is there already');
    expect((await farm.drover('checkpoints', 'export', first, archive, '--force')).status).toBe(0);

    const other = join(farm.folder, 'other.yaml');
    const held = work('Other', 2).replace('  work:\n', '  work:\n    notBefore: 2099-01-01 00:00\n');
    writeFileSync(other, held);
    expect((await farm.drover('submit', other)).status).toBe(0);
    const into = (file: string, job = 'b2.work') =>
      farm.drover('checkpoints', 'import', file, '--job', job, '--why', 'as it was calm');
    const damaged = join(farm.folder, 'damaged.tar');
    const bytes = readFileSync(archive);
    bytes[bytes.length - 2000] = 0xff;
    writeFileSync(damaged, bytes);
    expect(await into(damaged)).toMatchObject({ status: 2, err: expect.stringContaining('is damaged') });
    expect((await into(join(farm.folder, 'none.tar'))).err).toContain('was not imported');
    expect((await into(archive, 'b2/nothing')).err).toContain('has no step nothing');

    expect((await into(archive)).out).toContain('is what the task goes on from');
    expect((await farm.drover('history', 'b2')).out).toContain('into b2.work');
    const [imported = ''] = (await present(farm, 'b2')).values();
    expect((await farm.drover('checkpoints', 'verify', imported)).status).toBe(0);
    for (const file of ['go_2', 'well']) {
      mkdirSync(join(farm.folder, 'Other'), { recursive: true });
      writeFileSync(join(farm.folder, 'Other', file), '');
    }
    expect((await farm.drover('why', 'b2.work', '--apply')).status).toBe(0);
    await farm.reaches('b2.work', 'COMPLETED');
    expect((await farm.drover('logs', 'b2.work')).out).toContain('from 1');
  },
);
