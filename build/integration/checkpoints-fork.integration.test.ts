/** Branches: another batch begins from a checkpoint, and the original stays as it is. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { test, type Farm } from './farm';

/** Saves each step; of what `prepare` has made it needs the mesh. */
const work = `
cd "$1"
cat mesh >/dev/null || exit 9
step=0
for state in saved/step_*.state; do
  [ -e "$state" ] || continue
  step=\${state#saved/step_}; step=\${step%.state}
done
[ "$step" = 0 ] || echo "going on from step $step with $DROVER_CHECKPOINT"
mkdir -p saved
while [ "$step" -lt "$2" ]; do
  step=$((step + 1))
  echo "$step of $2" >>"ledger-$2"
  echo "$step" >>all-steps
  printf 'state %s' "$step" >saved/.part
  mv saved/.part "saved/step_$step.state"
  case $step in 2 | 5) while [ ! -e "$3-$step" ]; do sleep 0.05; done ;; esac
done
`;

const listed = z.object({
  checkpoints: z.array(
    z.object({
      id: z.string(),
      job: z.string(),
      at: z.number(),
      parent: z.string().nullable(),
      branches: z.array(z.string()),
    }),
  ),
});
type Listed = z.infer<typeof listed>['checkpoints'];

const checkpoints = async (farm: Farm): Promise<Listed> =>
  listed.parse(JSON.parse((await farm.drover('checkpoints', '--json')).out)).checkpoints;

async function untilSaved(farm: Farm, job: string, at: number): Promise<Listed[number]> {
  for (;;) {
    const found = (await checkpoints(farm)).find((one) => one.job === job && one.at === at);
    if (found !== undefined) return found;
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('a branch', { timeout: 120_000 }, () => {
  test('begins from a checkpoint, with other parameters, in a folder as it was then', async ({ farm }) => {
    writeFileSync(join(farm.folder, 'work.sh'), work);
    const go = join(farm.folder, 'go');
    await farm.serve(
      farm.recipe(`
drover: 1
batch: Study
output: out
parameters: { Steps: 4, Atoms: 500 }
jobs:
  prepare: { run: 'cd "{{Output}}" && echo once >>prepared && echo mesh >mesh' }
  work:
    after: prepare
    command: [sh, work.sh, "{{Output}}", "{{Steps}}", "${go}"]
    checkpoints:
      files: ["saved/*.state"]
      at: 'step_(?<at>[0-9]+)'
      resumed: '^going on from step (?<from>\\d+)'
      keep: { last: 10 }
      state: [Atoms]
      along: [all-steps]
  film: { after: work, run: 'ls "{{Output}}/saved" >"{{Output}}/film"' }
`),
    );
    const { id: second } = await untilSaved(farm, 'b1.work', 2);
    writeFileSync(`${go}-2`, '');
    await farm.reaches('b1.film', 'COMPLETED');
    const original = join(farm.folder, 'out');
    const before = filesIn(original);

    const refused = await farm.drover('checkpoints', 'fork', second, '--output', join(original, 'more'));
    expect(refused).toMatchObject({ status: 2, err: expect.stringContaining('A branch needs another one') });
    const wrong = await farm.drover('checkpoints', 'fork', second, '-p', 'Stepz=6');
    expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('Stepz') });
    const other = await farm.drover('checkpoints', 'fork', second, '-p', 'Atoms=600', '--force');
    expect(other).toMatchObject({
      status: 2,
      err: expect.stringContaining('Atoms was 500 and would be 600'),
    });
    const recipe = join(farm.folder, 'recipe.yaml');
    writeFileSync(recipe, readFileSync(recipe, 'utf8').replace(`"${go}"`, `"${go}", again`));
    const fork = ['checkpoints', 'fork', second, '-p', 'Steps=6', '--why', 'longer'];
    const risky = await farm.drover(...fork);
    expect(risky).toMatchObject({
      status: 2,
      err: expect.stringMatching(/risky .* the command is another one than then/),
    });
    const forked = await farm.drover(...fork, '--force');
    expect(forked.err).toContain('note: Steps was 4 and would be 6');
    expect(forked).toMatchObject({ status: 0, out: expect.stringContaining(`${original}-${second}`) });
    await untilSaved(farm, 'b2.work', 5);
    const own = (await checkpoints(farm)).filter(({ job }) => job === 'b2.work');
    expect(own.map(({ parent }) => parent)).toContain(second);
    expect(own.map(({ at }) => at).toSorted((a, b) => a - b)).toEqual([3, 4, 5].slice(-own.length));
    writeFileSync(`${go}-5`, '');
    await farm.reaches('b2.film', 'COMPLETED');

    const branch = `${original}-${second}`;
    const ledger = readFileSync(join(branch, 'ledger-6'), 'utf8');
    expect(ledger).toBe('3 of 6\n4 of 6\n5 of 6\n6 of 6\n');
    expect(readFileSync(join(branch, 'all-steps'), 'utf8')).toBe('1\n2\n3\n4\n3\n4\n5\n6\n');
    expect(readFileSync(join(branch, 'prepared'), 'utf8')).toBe('once\n');
    expect(existsSync(join(branch, 'ledger-4'))).toBe(false);
    expect(readFileSync(join(branch, 'film'), 'utf8').trim().split('\n')).toHaveLength(6);
    expect(filesIn(original)).toEqual(before);

    const { out } = await farm.drover('logs', 'b2.work');
    expect(out).toContain(`going on from step 2 with ${branch}/saved/step_2.state`);
    expect((await farm.drover('show', 'b2.work')).out).toContain(`branch of b1.work at 2 (${second})`);
    expect((await farm.drover('checkpoints', 'show', second)).out).toMatch(/branches +b2\.work/);
    expect((await farm.drover('history', 'b1')).out).toContain(`as a branch of b1.work at ${second}`);
  });

  test('is kept from beginning anew where its checkpoint cannot be had, and says so', async ({ farm }) => {
    writeFileSync(join(farm.folder, 'work.sh'), work);
    mkdirSync(join(farm.folder, 'out'));
    writeFileSync(join(farm.folder, 'out', 'mesh'), '');
    const go = join(farm.folder, 'go');
    await farm.serve(
      farm.recipe(`
drover: 1
output: out
jobs:
  work:
    command: [sh, work.sh, "{{Output}}", "4", "${go}"]
    checkpoints: { files: ["saved/*.state"], at: 'step_(?<at>[0-9]+)' }
`),
    );
    const { id } = await untilSaved(farm, 'b1.work', 2);
    await farm.drover('cancel', 'b1.work');
    await farm.reaches('b1.work', 'CANCELLED');
    await farm.aside('local');
    expect((await farm.drover('checkpoints', 'fork', id)).status).toBe(0);
    expect(await farm.drover('checkpoints', 'delete', id)).toMatchObject({
      status: 2,
      err: expect.stringContaining(`b2 is a branch from ${id}`),
    });
    // The copy and the file that the program wrote.
    const damaged = join(farm.folder, 'out', 'saved', 'step_2.state');
    writeFileSync(damaged, 'other');
    const packs = join(farm.data, 'checkpoints', 'packs');
    for (const name of readdirSync(packs)) writeFileSync(join(packs, name), 'nothing');
    expect((await farm.drover('back', 'local')).status).toBe(0);
    await farm.reaches('b2.work', 'FAILED');
    const { out } = await farm.drover('show', 'b2.work');
    expect(out).toContain(`could not start: ${id} of b1.work, from which it is a branch, cannot be used`);
    expect((await farm.drover('logs', 'b2.work')).out).not.toContain('step');
    expect(existsSync(join(farm.folder, `out-${id}`, 'saved', 'step_3.state'))).toBe(false);
  });
});
